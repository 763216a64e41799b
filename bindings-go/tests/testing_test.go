//go:build go1.24
// +build go1.24

package tests

import (
	stdcontext "context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"huaweicloud.com/go-runtime/events/apig"
	"huaweicloud.com/go-runtime/events/event"
	"huaweicloud.com/go-runtime/events/eventgrid"
	"huaweicloud.com/go-runtime/events/kafka"
	"huaweicloud.com/go-runtime/events/obs"
	"huaweicloud.com/go-runtime/fgruntime"
	"huaweicloud.com/go-runtime/fgruntime/fgruntimetest"
)

func TestSampleOfEveryKind(t *testing.T) {
	kinds := fgruntimetest.Kinds()
	if len(kinds) != len(typedKinds) || len(kinds) != 18 {
		t.Errorf("there are samples of %d kinds, and types of %d", len(kinds), len(typedKinds))
	}
	for _, kind := range kinds {
		payload := fgruntimetest.Sample(kind)
		read := typedKinds[kind]()
		if err := read.UnmarshalPayload(payload); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if findings := reflect.ValueOf(read).Elem().FieldByName("Findings"); findings.Len() > 0 {
			t.Errorf("%s: %v", kind, findings)
		}
		// Authorizers are never taken from the shape.
		if shown, err := event.Parse(payload); err != nil || shown.Kind != kind && kind != "apig_authorizer" {
			t.Errorf("%s: %v %v", kind, shown, err)
		}
	}
}

func TestSamplesWithOtherMembers(t *testing.T) {
	read, err := kafka.Parse(fgruntimetest.Sample("kafka", fgruntimetest.Set{"records.0.topic_id": "orders", "region": nil},
		fgruntimetest.Set{"event_time": 1767593700, "more.and.more": true}))
	must(err)
	if read.Records[0].TopicID != "orders" || read.Region != "" || read.At.Unix() != 1767593700 {
		t.Error(read)
	}
	for _, one := range []struct {
		kind, path, message string
	}{
		{"nothing", "", `there is no sample event "nothing"; there are apig, `},
		{"kafka", "records.9.topic_id", "9 is no index of an array of "},
		{"kafka", "region.name", "name is in neither an object nor an array"},
	} {
		message := panicOf(func() { fgruntimetest.Sample(one.kind, fgruntimetest.Set{one.path: 1}) })
		if !strings.Contains(message, one.message) {
			t.Errorf("%s %s: %s", one.kind, one.path, message)
		}
	}
}

func panicOf(do func()) (message string) {
	defer func() { message = fmt.Sprint(recover()) }()
	do()
	return ""
}

func TestContextsForTests(t *testing.T) {
	t.Setenv("RUNTIME_MEMORY", "4096")
	var log fgruntimetest.Log
	request := fgruntimetest.NewContext(fgruntimetest.Options{
		RequestID: "r1", FunctionName: "greet", Timeout: time.Minute, UserData: map[string]string{"table": "orders"},
		Headers: map[string]string{"X-CFF-Security-Token": "a-secret-token"}, Variables: map[string]string{"RUNTIME_CPU": "500"}, Log: &log,
	})
	given := []any{request.GetRequestID(), request.GetFunctionName(), request.GetVersion(), request.GetPackage(), request.GetProjectID(),
		request.GetRunningTimeInSeconds(), request.GetMemorySize(), request.GetCPUNumber(), request.GetUserData("table"), request.GetSecurityToken()}
	wanted := []any{"r1", "greet", "latest", "default", "test-project", 60, 256, 500, "orders", "a-secret-token"}
	if !reflect.DeepEqual(given, wanted) {
		t.Errorf("%v", given)
	}
	if left := request.GetRemainingTimeInMilliSeconds(); left <= 0 || left > 60_000 {
		t.Error(left)
	}
	request.GetLogger().Logf("token %s\nand %d", "a-secret-token", 1)
	ctx := fgruntime.NewContext(t.Context(), request)
	fgruntime.Logger(ctx).Debug("details", "n", 1)
	records := []fgruntimetest.Record{{Level: "INFO", Message: "token ********\nand 1", RequestID: "r1"}, {Level: "DEBUG", Message: "details n=1", RequestID: "r1"}}
	if !reflect.DeepEqual(log.Records(), records) || log.Messages()[1] != "details n=1" {
		t.Errorf("%q", log.Records())
	}
	quiet := fgruntimetest.NewContext(fgruntimetest.Options{})
	quiet.GetLogger().Logf("dropped")
	if quiet.GetRequestID() != "test-request" || quiet.GetRunningTimeInSeconds() != 30 || len(log.Records()) != 2 {
		t.Error(quiet, log.Records())
	}
	if message := panicOf(func() { fgruntimetest.NewContext(fgruntimetest.Options{FunctionName: "\xff"}) }); !strings.Contains(message, "variables") {
		t.Error(message)
	}
}

// A handler may be called with both, as the documents show.
func TestHandlersInTests(t *testing.T) {
	greet := func(ctx stdcontext.Context, event *apig.Event) (*apig.Response, error) {
		fgruntime.Logger(ctx).Info("greeting " + event.QueryStringParameters.Get("name"))
		return apig.Text(200, "Hello!"), nil
	}
	var log fgruntimetest.Log
	read, err := apig.Parse(fgruntimetest.Sample("apig", fgruntimetest.Set{"queryStringParameters.name": "Ada"}))
	must(err)
	answer, err := greet(fgruntime.NewContext(t.Context(), fgruntimetest.NewContext(fgruntimetest.Options{Log: &log})), read)
	if err != nil || answer.Body != "Hello!" || !reflect.DeepEqual(log.Messages(), []string{"greeting Ada"}) {
		t.Error(answer, err, log.Messages())
	}
}

// Handlers may ask for events of every kind: one of a package that is generated as a whole, too.
func TestHandlersOfGeneratedEvents(t *testing.T) {
	handler := fgruntime.Wrap(func(_ stdcontext.Context, event *eventgrid.Event) (obs.Record, error) { return event.DataFields, nil })
	result, err := handler.Handle(fgruntimetest.Sample("eventgrid"), fgruntimetest.NewContext(fgruntimetest.Options{}))
	if record, ok := result.(obs.Record); err != nil || !ok || record.DecodedKey == "" || record.BucketName == "" {
		t.Error(result, err)
	}
	if _, err := handler.Handle([]byte("{"), fgruntimetest.NewContext(fgruntimetest.Options{})); err == nil {
		t.Error("what is no JSON is an event")
	}
}
