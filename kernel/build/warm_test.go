package build

import (
	"context"
	"os"
	"testing"
)

// TestWarm: after Warm, the first build in another folder asks the go command
// for nothing but the folder itself.
func TestWarm(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = marking
	b.Warm(context.Background(), "", os.Environ())
	before := len(b.universes)
	if before == 0 {
		t.Fatal("nothing is warm")
	}
	for _, u := range b.universes {
		u.shared["marked"], u.exports["marked"] = true, "/dev/null"
	}
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	r := mustBuild(t, b, Request{Dir: dir, Env: os.Environ()})
	if !r.Instrumented || r.way != "direct" {
		t.Errorf("%+v", r)
	}
	for key, u := range b.universes {
		if u.exports["marked"] == "" || !u.recorder {
			t.Errorf("universe %s does not know what was warm", key)
		}
	}
}
