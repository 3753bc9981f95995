package control

import (
	"testing"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// This runtime must be one that the scheduler knows: the tests of everything
// that it controls say nothing on another.
func TestRuntimeIsKnown(t *testing.T) {
	for name, ok := range map[string]bool{"locks": locksKnown(), "groups": groupsKnown(), "channels": channelsKnown(), "all": known()} {
		if !ok {
			t.Errorf("the insides of %s are not as described", name)
		}
	}
}

func TestVersions(t *testing.T) {
	for version, want := range map[string]bool{
		"go1.26": true, "go1.26.8": true, "go1.26rc1": true, "go1.26.1 X:nodwarf5": true,
		"go1.2": false, "go1.25.3": false, "go1.260": false, "go1.27": false, "devel go1.27-abc": false, "": false,
	} {
		if got := versionKnown(version); got != want {
			t.Errorf("%q: %v", version, got)
		}
	}
}

// On a runtime with other insides the run is a real one, and the recording says
// so.
func TestUnknownRuntime(t *testing.T) {
	defer func(all []string) { versions = all }(versions)
	versions = []string{"go1.1"}
	for _, spec := range []sched.Spec{{Seed: 1}, {Seed: 1, Repeat: 5}, {Backend: sched.Coroutines}} {
		mem := rttest.Ring(t)
		govern(spec, record.Current())
		if got := *record.Word(unsafe.Pointer(&mem[0]), event.OffControl); got != event.CannotControl || Active != nil || ToRepeat != nil {
			t.Errorf("%s: control is %d, scheduler %v", spec, got, Active)
		}
	}
}
