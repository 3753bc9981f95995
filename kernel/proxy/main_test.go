package proxy

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/gonbtools"
)

// tools are the binaries the integration tests work with.
var tools struct{ gonb, goTool, gopls string }

// The test binary is also the kernel, its guard and its façade, as the real
// binary is.
func TestMain(m *testing.M) {
	if name := filepath.Base(os.Args[0]); gonbtools.Is(name) {
		os.Exit(gonbtools.Main(os.Args[0], os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "guard":
			os.Exit(Guard(os.Stdin))
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
	self, err := os.Executable()
	if err == nil {
		c := Config{Gonb: args[1], Go: args[2], Gopls: cmp.Or(os.Getenv("PROXY_TEST_GOPLS"), args[3]), Binary: self, RT: os.DirFS(".."), Always: os.Getenv("PROXY_TEST_ALWAYS") != ""}
		if path := os.Getenv("PROXY_TEST_LOG"); path != "" {
			if f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
				c.Log = f
			}
		}
		err = Serve(ctx, args[0], c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// withTools builds the tools once and runs the tests.
func withTools(m *testing.M) int {
	var err error
	if tools.goTool, err = exec.LookPath("go"); err != nil {
		panic("the tests need the go command")
	}
	for name, path := range map[string]*string{"gonb": &tools.gonb, "gopls": &tools.gopls} {
		build := exec.Command(tools.goTool, "tool", "-n", name)
		build.Stderr = os.Stderr
		out, err := build.Output()
		if err != nil {
			panic(err)
		}
		*path = strings.TrimSpace(string(out))
	}
	return m.Run()
}
