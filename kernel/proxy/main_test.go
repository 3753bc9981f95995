package proxy

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/guard"
)

// tools are the binaries the integration tests work with.
var tools struct{ kernel, gonb, goTool, gopls string }

// The test binary is also the kernel and its guard, as the real binary is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "guard":
			os.Exit(guard.Main(os.Stdin))
		case "kernel":
			os.Exit(kernelMain(os.Args[2:]))
		case "goimports":
			said, exit := build.Goimports(os.Args[3])
			os.Stderr.Write(said)
			os.Exit(exit)
		}
	}
	os.Exit(withTools(m))
}

// kernelMain is `threading101 kernel` for the tests: connection file, gonb, go, gopls.
func kernelMain(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	c := Config{Gonb: args[1], Go: args[2], Gopls: cmp.Or(os.Getenv("PROXY_TEST_GOPLS"), args[3]), Binary: os.Args[0], RT: os.DirFS(".."), Always: os.Getenv("PROXY_TEST_ALWAYS") != ""}
	if path := os.Getenv("PROXY_TEST_LOG"); path != "" {
		if f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			c.Log = f
		}
	}
	if err := Serve(ctx, args[0], c); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// withTools finds the tools once and runs the tests.
func withTools(m *testing.M) int {
	dir, err := os.MkdirTemp("", "proxy-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if tools.goTool, err = exec.LookPath("go"); err != nil {
		panic("the tests need the go command")
	}
	if tools.kernel, err = installed(dir); err != nil {
		panic(err)
	}
	for name, path := range map[string]*string{"gonb": &tools.gonb, "gopls": &tools.gopls} {
		if *path, err = buildtest.Tool("..", name); err != nil {
			panic(err)
		}
	}
	return m.Run()
}

// installed makes dir an installation: the test binary is the kernel, and beside it lies
// the small binary that is GoNB's tools. Each cell starts that several times; it has one
// goroutine, and no use for what the race detector makes of a binary.
func installed(dir string) (kernel string, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	kernel = filepath.Join(dir, "threading101")
	if err := os.Symlink(self, kernel); err != nil {
		return "", err
	}
	c := exec.Command(tools.goTool, "build", buildtest.Slim, "-ldflags=-s -w", "-o", kernel+"-tool", "../gonbtools/tool")
	c.Stderr = os.Stderr
	return kernel, c.Run()
}
