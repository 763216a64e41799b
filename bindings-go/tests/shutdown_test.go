//go:build go1.24
// +build go1.24

package tests

import (
	"strings"
	"testing"
)

func TestShutdownOverEveryTransport(t *testing.T) {
	polling := start(t, "shutdown", nil)
	polling.ask("word")
	calls := start(t, "shutdown", goRPC(t, nil))
	calls.dial().Close()
	served := serve(t, "shutdown", nil)
	served.invoke("word")
	for _, f := range []*function{polling, calls, served.function} {
		if printed := f.stop(); strings.Count(printed, "Z - INFO shutting down test of orders\n") != 1 {
			t.Error(printed)
		}
	}
}

func TestFailingShutdown(t *testing.T) {
	for act, wanted := range map[string]string{
		"error":         "Z - ERROR what was to run at the end failed: FunctionReturnError: no database\n",
		"panic":         "Z - ERROR what was to run at the end failed: panic: went too far\n    tests.deeper()\n",
		"never ends":    "Z - ERROR what was to run at the end did not end within 1 s (PRE_STOP_TIMEOUT)",
		"until the end": "Z - ERROR what was to run at the end ",
	} {
		f := start(t, "shutdown", map[string]string{lastAct: act, "PRE_STOP_TIMEOUT": "1"})
		f.ask("word")
		if printed := f.stop(); strings.Count(printed, "shutting down") != 1 || !strings.Contains(printed, wanted) {
			t.Errorf("%s: %s", act, printed)
		}
	}
}
