//go:build !cgo
// +build !cgo

package native

// The library is linked through cgo. The compiler shows the name below where cgo is off.
var _ = this_module_needs_cgo__set_CGO_ENABLED_to_1_and_install_a_C_compiler
