//go:build go1.24
// +build go1.24

package tests

import (
	"reflect"
	"testing"

	"huaweicloud.com/go-runtime/events/apig"
)

func TestNamesIgnoreTheCaseOfASCIIOnly(t *testing.T) {
	event, err := apig.Parse([]byte(`{"headers":{"X-Kind":["a","b"],"x-kind":"c","Größe":"d","\u212a":"kelvin","ſ":"long s"}}`))
	must(err)
	for _, one := range []struct {
		name  string
		first string
		all   []string
	}{
		{"X-KIND", "a", []string{"a", "b", "c"}},
		{"x-kind", "c", []string{"a", "b", "c"}},
		{"gRöße", "d", []string{"d"}},
		{"gRÖßE", "", nil},
		{"GRößE", "d", []string{"d"}},
		{"k", "", nil},
		{"s", "", nil},
		{"\u212a", "kelvin", []string{"kelvin"}},
		{"", "", nil},
	} {
		first, isThere := event.Headers.Lookup(one.name)
		if all := event.Headers.All(one.name); first != one.first || isThere != (one.all != nil) || !reflect.DeepEqual(all, one.all) {
			t.Errorf("%q: %q %v %q", one.name, first, isThere, all)
		}
	}
}
