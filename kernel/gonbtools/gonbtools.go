package gonbtools

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// tools are the names under which GoNB looks for us.
var tools = []string{"go", "goimports", "gopls"}

// small is the name of the binary of package tool, which has nothing but this
// package and starts in a third of the time.
const small = "threading101-tool"

// stubPrefix begins the name of every program GoNB has built.
const stubPrefix = "gonb_"

// Is reports whether a process of that base name is one of ours.
func Is(name string) bool {
	for _, tool := range tools {
		if name == tool {
			return true
		}
	}
	return strings.HasPrefix(name, stubPrefix)
}

// Main runs the tool called by name (as in os.Args[0]) and returns the exit
// status. Where the real tool is to run, Main becomes it and does not return.
func Main(name string, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &client{args: args, stdout: stdout, stderr: stderr}
	switch base := filepath.Base(name); base {
	case "go":
		return c.goTool()
	case "goimports":
		return c.goimports()
	case "gopls":
		return c.gopls()
	default:
		return c.stub(name)
	}
}

// Links makes dir with symlinks go, goimports and gopls: to the small binary beside
// the kernel's, and where there is none to the kernel's own, which is an absolute
// path.
func Links(dir, kernel string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	binary := filepath.Join(filepath.Dir(kernel), small)
	if _, err := os.Stat(binary); err != nil {
		binary = kernel
	}
	for _, tool := range tools {
		if err := link(binary, filepath.Join(dir, tool)); err != nil {
			return err
		}
	}
	return nil
}

// link makes path a symlink to target, whatever was there before.
func link(target, path string) error {
	tmp := path + ".link"
	os.Remove(tmp)
	if err := os.Symlink(target, tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("replacing %q: %w", path, err)
	}
	return nil
}
