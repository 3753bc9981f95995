package rt

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/trace"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The programs of these tests are written as the instrumenter would have them.
// Each site is a line of its own in a file that does not exist.
var sites = []event.Site{{}}

// site makes the site of an operation on an object.
func site(op event.Op, object string, kind event.Kind) uint32 {
	sites = append(sites, event.Site{Op: op, File: "p.go", Line: len(sites), Object: object, Kind: kind})
	return uint32(len(sites) - 1)
}

// goSite makes the site of a go statement.
func goSite(hint string, kind event.Kind) uint32 {
	sites = append(sites, event.Site{Op: event.Go, File: "p.go", Line: len(sites), Hint: hint, Kind: kind})
	return uint32(len(sites) - 1)
}

// record records program, whose goroutines must all end, and returns the
// Execution, which is valid.
func recordOf(t *testing.T, program func()) *model.Execution {
	t.Helper()
	mem := rttest.Ring(t)
	func() {
		defer Main(sMain)()
		program()
	}()
	settle(t, mem)
	return read(t, mem, trace.Options{Mode: model.Real, Status: model.OK})
}

// settle waits until every goroutine that was started has noted its end.
func settle(t *testing.T, mem []byte) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		l, err := trace.ReadLog(mem)
		if err != nil {
			t.Fatal(err)
		}
		open := 0
		for _, e := range l.Entries {
			switch e.Op {
			case event.Go:
				open++
			case event.End, event.Goexit:
				open--
			}
		}
		if open < 0 { // main's end is one more
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("a goroutine did not end")
		}
	}
}

// read reads a recording, which must be valid and whole.
func read(t testing.TB, mem []byte, o trace.Options) *model.Execution {
	t.Helper()
	return rttest.Read(t, mem, sites, o)
}

func dump(t testing.TB, x *model.Execution) string {
	t.Helper()
	return rttest.Dump(t, x)
}

// golden compares a text with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, []byte(got)) {
		t.Errorf("%s differs (go test -update writes it anew). Got:\n%s", path, got)
	}
}
