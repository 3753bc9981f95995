//go:build !race

package explore

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// 200 explorations, however they end, leave no descriptor, no goroutine, no
// mapping and no process.
func TestNothingLeaks(t *testing.T) {
	names := []string{"small", "shared", "unrepeatable", "dying", "silent", "contradicting", "notes", "large"}
	once := func(i int) {
		explored(t, faked(t, names[i%len(names)]), func(s *Spec) { s.Budget = 60 * time.Millisecond })
	}
	for i := range names {
		once(i)
	}
	before := open(t)
	for i := range 200 {
		once(i)
	}
	for deadline := time.Now().Add(10 * time.Second); open(t).routines > before.routines && time.Now().Before(deadline); {
		runtime.Gosched()
	}
	if after := open(t); after.fds > before.fds || after.routines > before.routines || after.maps > before.maps || after.children > 0 {
		buf := make([]byte, 1<<16)
		t.Errorf("%+v, before %+v\n%s", after, before, buf[:runtime.Stack(buf, true)])
	}
}

type opened struct{ fds, routines, maps, children int }

func open(t *testing.T) opened {
	t.Helper()
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	children := 0
	for _, list := range lists {
		text, _ := os.ReadFile(list)
		children += len(strings.Fields(string(text)))
	}
	return opened{len(fds), runtime.NumGoroutine(), strings.Count(string(maps), "memfd:t101"), children}
}
