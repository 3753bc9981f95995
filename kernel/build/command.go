package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"threading101/kernel/seed"
)

// run starts a program and waits for it.
func run(ctx context.Context, dir string, env []string, stdout, stderr *bytes.Buffer, path string, args ...string) error {
	return command(ctx, dir, env, stdout, stderr, path, args...).Run()
}

// command is a program in a process group of its own. When ctx ends, the whole
// group is killed.
func command(ctx context.Context, dir string, env []string, stdout, stderr *bytes.Buffer, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir, cmd.Env = dir, append(slices.Clip(env), "PWD="+dir)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 3 * time.Second // also what is long gone may take so long to be noticed, on a busy machine
	return cmd
}

// goTool runs the go command and returns what it prints on standard output.
func (b *Builder) goTool(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
	return goCommand(ctx, b.cfg.GoTool, dir, env, args...)
}

// combined runs the go command and returns all that it prints, and its exit
// status. The error is for a command that could not run to its end.
func (b *Builder) combined(ctx context.Context, dir string, env []string, args ...string) (out []byte, exit int, err error) {
	var both bytes.Buffer
	err = run(ctx, dir, env, &both, &both, b.cfg.GoTool, args...)
	if ctx.Err() != nil {
		return nil, 1, ctx.Err()
	}
	if failed := new(exec.ExitError); errors.As(err, &failed) && failed.ExitCode() > 0 {
		return both.Bytes(), failed.ExitCode(), nil
	}
	return both.Bytes(), 0, err
}

// goCommand runs a go command. The error holds what it prints on standard error.
func goCommand(ctx context.Context, path, dir string, env []string, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	if err := run(ctx, dir, env, &stdout, &stderr, path, args...); err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, stderr.Bytes())
	}
	return stdout.Bytes(), nil
}

// tool runs the compiler or the linker. The error holds what it prints.
func tool(ctx context.Context, j *job, name string, args ...string) error {
	t, err := startTool(ctx, j, nil, name, args...)
	if err != nil {
		return err
	}
	return t.wait()
}

// started is a compiler or a linker that runs.
type started struct {
	name string
	cmd  *exec.Cmd
	out  bytes.Buffer
}

func startTool(ctx context.Context, j *job, stdin *os.File, name string, args ...string) (*started, error) {
	t := &started{name: name}
	env := slices.Concat(j.env, j.tc.settings(), unhurried)
	t.cmd = command(ctx, j.dir, env, &t.out, &t.out, j.tc.tool(name), args...)
	if stdin != nil {
		t.cmd.Stdin = stdin
	}
	return t, t.told(t.cmd.Start())
}

func (t *started) wait() error { return t.told(t.cmd.Wait()) }

func (t *started) told(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w\n%s", t.name, err, t.out.Bytes())
}

// unhurried has compiler and linker, which end before it pays, collect no garbage
// but that of a very large program.
var unhurried = []string{"GOGC=off", "GOMEMLIMIT=1GiB"}

// toolEnv is the environment for the real tools: without what leads them back
// to us, and with a place for what a killed go command leaves lying about.
func (b *Builder) toolEnv(env []string) []string {
	if env == nil {
		env = os.Environ()
	}
	env = slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		return strings.HasPrefix(v, "T101_") || strings.HasPrefix(v, "PWD=")
	})
	if !isSet(env, "GOTMPDIR") {
		env = append(env, "GOTMPDIR="+b.cfg.WorkDir)
	}
	return Seeded(env, b.cfg.Seed)
}

// Seeded is an environment whose go command has the seed as well, unless it has a cache
// of its own kind already.
func Seeded(env []string, s seed.Seed) []string {
	if lookup(env, seed.Variable) != "" || strings.Contains(written(env), seed.Variable+"=") || !s.There() {
		return env
	}
	if value := s.Reading(buildCache(env)); value != "" {
		return append(slices.Clip(env), seed.Variable+"="+value)
	}
	return env
}

func isSet(env []string, name string) bool {
	return slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, name+"=") })
}

func lookup(env []string, name string) string {
	for _, v := range slices.Backward(env) {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// hasCompiler reports whether the C compiler (a path, or a name on the PATH of
// env, perhaps with flags) is there.
func hasCompiler(cc string, env []string) bool {
	name, _, _ := strings.Cut(strings.TrimSpace(cc), " ")
	if name == "" {
		return false
	}
	if strings.Contains(name, "/") {
		return executable(name)
	}
	return slices.ContainsFunc(filepath.SplitList(lookup(env, "PATH")), func(dir string) bool {
		return executable(filepath.Join(dir, name))
	})
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
