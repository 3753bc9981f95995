package rt

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"threading101/kernel/build/buildtest"
)

// A method of control once had a parameter of type reflect.Value, and the map of
// pools was one of *sync.Pool. The compiler then made the methods of both in every
// program, sixty functions, and took three times as long for an edited cell.
func TestProgramsCompileOnlyWhatTheyCall(t *testing.T) {
	object := filepath.Join(t.TempDir(), "small.a")
	if out, err := exec.Command("go", "build", buildtest.Slim, "-buildmode=archive", "-o", object, "./testdata/small").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command("go", "tool", "nm", object).Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		_, name, isCode := strings.Cut(strings.TrimSpace(line), " T ")
		if isCode && !strings.HasPrefix(name, "threading101/kernel/rt") {
			t.Errorf("compiled into the program: %s", name)
		}
	}
}
