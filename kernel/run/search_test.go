package run

import (
	"bufio"
	"os"
	"syscall"
	"testing"
	"time"
)

// A program that searches has a pipe of the caller's beside its recording, ends
// when it is asked to, and is killed when it does not.
func TestStopSearch(t *testing.T) {
	for mode, want := range map[string]struct {
		patience time.Duration
		exit     int
	}{
		"search": {patience, 0},
		"deaf":   {10 * time.Millisecond, 128 + int(syscall.SIGKILL)},
	} {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r, _ := begin(t, func(s *Spec) { s.Record, s.Extra = true, write }, mode)
		write.Close()
		if line, err := bufio.NewReader(read).ReadString('\n'); line != "recording on 4\n" {
			t.Errorf("%s: %q, %v", mode, line, err)
		}
		r.StopSearch(want.patience)
		o := end(t, r)
		if o.Exit != want.exit || o.Interrupted {
			t.Errorf("%s: %+v", mode, o)
		}
		r.StopSearch(0) // its memory is gone: nothing to write to
		read.Close()
	}
}
