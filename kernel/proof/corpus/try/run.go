package try

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// Outcome is what a program did.
type Outcome struct {
	Stdout, Stderr string
	Exit           int    // -1 when it was killed
	Events         uint64 // records it wrote

	// Of a controlled run.
	Steps uint64      // made
	Hash  uint64      // of all of them
	Stop  event.Stop  // why the scheduler ended it
	Loose event.Loose // what it met that is not controlled

	Recording []byte
}

// Run runs a program in a folder, with another one for its temporary files, and
// with a recording, until ctx is done.
func Run(ctx context.Context, program, dir, temp string, args ...string) (Outcome, error) {
	return Control(ctx, nil, nil, program, dir, temp, args...)
}

// Control runs a program like Run, scheduled as spec says; nil: by Go. It has some
// more variables in its environment.
func Control(ctx context.Context, spec *sched.Spec, env []string, program, dir, temp string, args ...string) (Outcome, error) {
	ring, err := os.Create(filepath.Join(temp, "ring"))
	if err != nil {
		return Outcome{}, err
	}
	defer ring.Close()
	if err := errors.Join(os.Remove(ring.Name()), ring.Truncate(event.RingSize)); err != nil {
		return Outcome{}, err
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
	cmd.ExtraFiles = []*os.File{ring}
	cmd.Env = append(append(os.Environ(), "T101_RING=3", "TMPDIR="+temp), env...)
	if spec != nil {
		cmd.Env = append(cmd.Env, "T101_CONTROL="+spec.String())
	}
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return Outcome{}, fmt.Errorf("running %s: %w", program, err)
	}
	recording := make([]byte, event.RingSize)
	if _, err := ring.ReadAt(recording, 0); err != nil {
		return Outcome{}, err
	}
	o := Outcome{Stdout: stdout.String(), Stderr: stderr.String(), Exit: cmd.ProcessState.ExitCode(), Recording: recording}
	o.readHead(recording)
	return o, nil
}
