package cli

import (
	"fmt"
	"os/exec"
	"runtime"
	"strings"
)

// Version is the version of threading101.
const Version = "0.1.0"

func version(env Env, args []string) int {
	if len(args) > 0 {
		return 2
	}
	fmt.Fprintf(env.Stdout, "threading101 %s (built with %s, %s/%s)\n", Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	found, err := findTools()
	if err != nil {
		return 1
	}
	for _, tool := range []struct {
		name, path string
		args       []string
	}{
		{"go", found.Go, []string{"version"}},
		{"gonb", found.Gonb, []string{"-V"}},
		{"gopls", found.Gopls, []string{"version"}},
	} {
		fmt.Fprintf(env.Stdout, "%-12s %s\n", tool.name, firstLine(tool.path, tool.args))
	}
	return 0
}

// firstLine runs a tool and returns the first line it prints, or what is wrong.
func firstLine(path string, args []string) string {
	if path == "" {
		return "not found"
	}
	out, err := exec.Command(path, args...).Output()
	if err != nil {
		return path + ": " + err.Error()
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}
