package export

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"threading101/kernel/words"
)

// Ending is what a run came to, as far as anybody sees it from outside.
type Ending struct {
	Stdout string
	Exit   int
}

// tryTime is how long a program may take that is tried.
const tryTime = 20 * time.Second

// Trial is how a program is tried.
type Trial struct {
	GoTool string
	Dir    string // where the program that it was made of lies
	Args   []string
	Want   Ending // of each run
	Times  int
}

// Try builds a program with the go command and runs it. An [Error] says that it does not
// end as the run did whose way it should take.
func Try(ctx context.Context, t Trial, text []byte) error {
	return t.try(ctx, text, make([][]string, t.Times))
}

// try is Try with the environment of each run, beside our own.
func (t *Trial) try(ctx context.Context, text []byte, env [][]string) error {
	work, err := os.MkdirTemp("", "threading101-export-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	file, binary := filepath.Join(work, "main.go"), filepath.Join(work, "program")
	if err := os.WriteFile(file, text, 0o644); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, t.GoTool, "build", "-o", binary, file)
	build.Dir = t.Dir
	if out, err := build.CombinedOutput(); ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil {
		return &Error{words.ExportNotBuilt(firstProblem(out))}
	}
	for i, more := range env {
		got, err := t.ending(ctx, binary, more)
		switch {
		case err != nil:
			return err
		case got == nil:
			return &Error{words.ExportHangs}
		case *got != t.Want:
			return &Error{words.ExportDiffers(i + 1)}
		}
	}
	return nil
}

// ending runs a program; nil if it does not come to its end.
func (t *Trial) ending(ctx context.Context, binary string, env []string) (*Ending, error) {
	limited, stop := context.WithTimeout(ctx, tryTime)
	defer stop()
	var out bytes.Buffer
	c := exec.CommandContext(limited, binary, t.Args...)
	c.Dir, c.Stdout, c.Env = t.Dir, &out, append(os.Environ(), env...)
	err := c.Run()
	var failed *exec.ExitError
	switch {
	case limited.Err() != nil && ctx.Err() == nil:
		return nil, nil
	case err != nil && !errors.As(err, &failed):
		return nil, err
	}
	return &Ending{out.String(), c.ProcessState.ExitCode()}, ctx.Err()
}

// firstProblem is the first line of what the go command says that is no heading.
func firstProblem(out []byte) string {
	for line := range bytes.Lines(out) {
		if text := string(bytes.TrimSpace(line)); text != "" && text[0] != '#' {
			return text
		}
	}
	return ""
}
