// What in deploy/ is held against those who will read it: manifests against Knative's own admission code and Kubernetes' own types, Terraform
// against Terraform's own language and the arguments that the provider documents.
//
//	deploy kubernetes FILE...
//	deploy terraform FILE...
package main

import (
	"fmt"
	"os"
)

// Each check returns how many objects it held against their schema.
var checks = map[string]func(path string) (int, error){
	"kubernetes": checkManifest,
	"terraform":  checkTerraform,
}

func main() {
	if len(os.Args) < 3 || checks[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: deploy kubernetes|terraform FILE...")
		os.Exit(2)
	}
	check, objects, failed := checks[os.Args[1]], 0, false
	for _, path := range os.Args[2:] {
		checked, err := check(path)
		objects += checked
		if err != nil {
			failed = true
			fmt.Fprintf(os.Stderr, "%s: %v\n", path, err)
		}
	}
	if failed {
		os.Exit(1)
	}
	fmt.Printf("%d objects are valid\n", objects)
}
