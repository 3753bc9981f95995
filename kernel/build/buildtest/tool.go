package buildtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Tool returns the path of a program that go.mod names as a tool. It is the one that
// setup has built; where there is none, the go command compiles it, with the standard
// library once more, since it has no flags of ours. kernel is the path of the folder
// kernel.
func Tool(kernel, name string) (string, error) {
	built, err := filepath.Abs(filepath.Join(kernel, "..", "bin", name))
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(built); err == nil {
		return built, nil
	}
	c := exec.Command("go", "tool", "-n", name)
	c.Stderr = os.Stderr
	out, err := c.Output()
	return strings.TrimSpace(string(out)), err
}
