package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	servingv1 "knative.dev/serving/pkg/apis/serving/v1"
	"sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// checkManifest reads each document strictly: a field that its type does not have is an error.
func checkManifest(path string) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	documents := utilyaml.NewDocumentDecoder(file)
	buffer := make([]byte, 1<<20)
	for count := 0; ; count++ {
		size, err := documents.Read(buffer)
		if errors.Is(err, io.EOF) {
			return count, nil
		}
		if err == nil {
			err = checkDocument(buffer[:size])
		}
		if err != nil {
			return count, fmt.Errorf("document %d: %w", count+1, err)
		}
	}
}

func checkDocument(document []byte) error {
	var kind struct{ APIVersion, Kind string }
	if err := yaml.Unmarshal(document, &kind); err != nil {
		return err
	}
	switch kind.APIVersion + " " + kind.Kind {
	case "serving.knative.dev/v1 Service":
		return checkKnativeService(document)
	case "apps/v1 Deployment":
		return checkDeployment(document)
	case "v1 Service":
		return readStrictly(document, new(corev1.Service))
	}
	return fmt.Errorf("nobody here knows a %q of %q", kind.Kind, kind.APIVersion)
}

// readStrictly takes no field that the type has not, none twice, and none in another case, as the API server with strict validation.
func readStrictly(document []byte, object any) error {
	text, err := yaml.YAMLToJSONStrict(document)
	if err != nil {
		return err
	}
	strict, err := json.UnmarshalStrict(text, object)
	return errors.Join(append(strict, err)...)
}

// checkKnativeService does what Knative's webhook does with a new service.
func checkKnativeService(document []byte) error {
	var service servingv1.Service
	if err := readStrictly(document, &service); err != nil {
		return err
	}
	ctx := context.Background()
	service.SetDefaults(ctx)
	if err := service.Validate(ctx); err != nil {
		return err
	}
	spec := service.Spec.Template.Spec
	environment := variables(spec.Containers[0])
	if said := environment["FGRUNTIME_CONCURRENCY"]; said != strconv.FormatInt(*spec.ContainerConcurrency, 10) {
		return fmt.Errorf("containerConcurrency is %d, but FGRUNTIME_CONCURRENCY is %q", *spec.ContainerConcurrency, said)
	}
	return checkFunction(spec.PodSpec, *spec.TimeoutSeconds)
}

func checkDeployment(document []byte) error {
	var deployment appsv1.Deployment
	if err := readStrictly(document, &deployment); err != nil {
		return err
	}
	for name, value := range deployment.Spec.Selector.MatchLabels {
		if deployment.Spec.Template.Labels[name] != value {
			return fmt.Errorf("the selector asks for %s=%s, which the template has not", name, value)
		}
	}
	pod := deployment.Spec.Template.Spec
	environment := variables(pod.Containers[0])
	if port := strconv.Itoa(int(pod.Containers[0].Ports[0].ContainerPort)); environment["PORT"] != port {
		return fmt.Errorf("containerPort is %s, but PORT is %q", port, environment["PORT"])
	}
	return checkFunction(pod, *pod.TerminationGracePeriodSeconds)
}

// checkFunction compares what is said in two places, and what the images of deploy/ need.
func checkFunction(pod corev1.PodSpec, grace int64) error {
	container := pod.Containers[0]
	environment := variables(container)
	own, err := strconv.ParseInt(environment["FGRUNTIME_GRACE"], 10, 64)
	if err != nil || own >= grace {
		return fmt.Errorf("FGRUNTIME_GRACE is %q, but SIGKILL comes after %d seconds", environment["FGRUNTIME_GRACE"], grace)
	}
	timeout, err := strconv.ParseInt(environment["RUNTIME_TIMEOUT"], 10, 64)
	if err != nil || timeout >= own {
		return fmt.Errorf("RUNTIME_TIMEOUT is %q, but FGRUNTIME_GRACE is %d", environment["RUNTIME_TIMEOUT"], own)
	}
	for _, probe := range []*corev1.Probe{container.ReadinessProbe, container.LivenessProbe} {
		if probe == nil || probe.HTTPGet == nil || probe.HTTPGet.Path != environment["FGRUNTIME_HTTP_HEALTH"] {
			return errors.New("a probe asks for another path than FGRUNTIME_HTTP_HEALTH")
		}
	}
	context := container.SecurityContext
	if context == nil || context.RunAsUser == nil || *context.RunAsUser != 1003 || *context.RunAsGroup != 1003 {
		return errors.New("the images are made for user and group 1003")
	}
	return nil
}

func variables(container corev1.Container) map[string]string {
	values := map[string]string{}
	for _, variable := range container.Env {
		values[variable.Name] = variable.Value
	}
	return values
}
