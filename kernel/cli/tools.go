package cli

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"

	"threading101/kernel/seed"
)

// tools are the absolute paths of the programs the kernel starts. An empty path
// means that the program was not found; Gopls is then where it is expected.
type tools struct {
	Self, Go, Gonb, Gopls string
}

// findTools looks beside our own binary first, then on the PATH: an installed
// kernel must not depend on the PATH of whoever starts Jupyter.
func findTools() (tools, error) {
	self, err := os.Executable()
	if err != nil {
		return tools{}, err
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	dir := filepath.Dir(self)
	return tools{
		Self:  self,
		Go:    find("", "go"),
		Gonb:  find(dir, "gonb"),
		Gopls: cmp.Or(find(dir, "gopls"), filepath.Join(dir, "gopls")),
	}, nil
}

// seed is what was made ready for all users of the installation.
func (t tools) seed() seed.Seed { return seed.Beside(filepath.Dir(t.Self)) }

func find(dir, name string) string {
	if dir != "" {
		beside := filepath.Join(dir, name)
		if info, err := os.Stat(beside); err == nil && !info.IsDir() {
			return beside
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	if path, err = filepath.Abs(path); err != nil {
		return ""
	}
	return path
}
