package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
)

//go:embed provider.json
var providerJSON []byte

// What is documented of the provider; see the first line of provider.json.
type provider struct {
	Functions []string
	Blocks    map[string]block
	Resources map[string]block
}

// A block: its arguments, the values that some may have, the blocks in it.
type block struct {
	Required, Optional, Exported []string
	Values                       map[string][]string
	Blocks                       map[string]block
	Conflicts                    [][2]string
}

// checkTerraform holds a file against what Terraform's language and the provider take. What it counts is the resources.
func checkTerraform(path string) (int, error) {
	var known provider
	if err := json.Unmarshal(providerJSON, &known); err != nil {
		return 0, err
	}
	source, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	file, diagnostics := hclsyntax.ParseConfig(source, path, hcl.InitialPos)
	if diagnostics.HasErrors() {
		return 0, diagnostics
	}
	if !bytes.Equal(source, hclwrite.Format(source)) {
		return 0, errors.New("not formatted as `terraform fmt` does it")
	}
	body := file.Body.(*hclsyntax.Body)
	names, resources := map[string]bool{}, 0
	for _, part := range body.Blocks {
		if err := checkPart(known, part, names); err != nil {
			return resources, fmt.Errorf("line %d: %w", part.Range().Start.Line, err)
		}
		if part.Type == "resource" {
			resources++
		}
	}
	return resources, checkExpressions(known, body, names)
}

// checkPart checks one of the outermost blocks, and notes what it declares.
func checkPart(known provider, part *hclsyntax.Block, names map[string]bool) error {
	if part.Type != "resource" {
		documented, ok := known.Blocks[part.Type]
		if !ok {
			return fmt.Errorf("no block is called %q", part.Type)
		}
		err := checkBlock(documented, part.Body)
		if part.Type == "variable" {
			names["var."+part.Labels[0]] = true
			// A type is written like an expression, and is none.
			delete(part.Body.Attributes, "type")
		}
		return err
	}
	documented, ok := known.Resources[part.Labels[0]]
	if !ok {
		return fmt.Errorf("the provider documents no resource %q", part.Labels[0])
	}
	for _, argument := range slices.Concat(documented.Required, documented.Optional, documented.Exported) {
		names[part.Labels[0]+"."+part.Labels[1]+"."+argument] = true
	}
	return checkBlock(documented, part.Body)
}

func checkBlock(documented block, body *hclsyntax.Body) error {
	for _, name := range documented.Required {
		if body.Attributes[name] == nil {
			return fmt.Errorf("%q is missing", name)
		}
	}
	for name, attribute := range body.Attributes {
		if !slices.Contains(documented.Required, name) && !slices.Contains(documented.Optional, name) {
			return fmt.Errorf("no argument is called %q", name)
		}
		// What only a run of Terraform knows is not compared.
		value, diagnostics := attribute.Expr.Value(nil)
		values, limited := documented.Values[name]
		if limited && !diagnostics.HasErrors() && !slices.Contains(values, value.AsString()) {
			return fmt.Errorf("%q cannot be %q", name, value.AsString())
		}
	}
	has := func(name string) bool { return body.Attributes[name] != nil }
	for _, inner := range body.Blocks {
		inside, ok := documented.Blocks[inner.Type]
		if !ok {
			return fmt.Errorf("no block in it is called %q", inner.Type)
		}
		if err := checkBlock(inside, inner.Body); err != nil {
			return fmt.Errorf("%s: %w", inner.Type, err)
		}
		for _, pair := range documented.Conflicts {
			if pair[0] == inner.Type && has(pair[1]) {
				return fmt.Errorf("%q and %q exclude each other", pair[0], pair[1])
			}
		}
	}
	return nil
}

// checkExpressions looks for names that nothing declares, and functions that Terraform has not.
func checkExpressions(known provider, body *hclsyntax.Body, names map[string]bool) error {
	var wrong error
	hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		switch node := node.(type) {
		case *hclsyntax.FunctionCallExpr:
			if !slices.Contains(known.Functions, node.Name) {
				wrong = fmt.Errorf("line %d: no function is called %q", node.Range().Start.Line, node.Name)
			}
		case *hclsyntax.ScopeTraversalExpr:
			if name := dotted(node.Traversal); !names[name] {
				wrong = fmt.Errorf("line %d: nothing declares %q", node.Range().Start.Line, name)
			}
		}
		return nil
	})
	return wrong
}

func dotted(traversal hcl.Traversal) string {
	name := traversal.RootName()
	for _, step := range traversal[1:] {
		if attribute, ok := step.(hcl.TraverseAttr); ok {
			name += "." + attribute.Name
		}
	}
	return name
}
