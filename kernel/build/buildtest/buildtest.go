// Package buildtest has builders for tests. They find the go command as a learner's
// shell would, and link programs with the recorder of this checkout.
package buildtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"threading101/kernel/build"
	"threading101/kernel/seed"
)

// Slim has the go command compile packages as builders do. A test that calls it without
// has the standard library compiled once more.
const Slim = "-gcflags=all=-dwarf=false"

// New returns a builder that works in the folder dir. kernel is the path of the
// folder kernel.
func New(kernel, dir string) (*build.Builder, error) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		return nil, err
	}
	bin, err := filepath.Abs(filepath.Join(kernel, "..", "bin"))
	if err != nil {
		return nil, err
	}
	return build.New(build.Config{GoTool: goTool, RT: os.DirFS(kernel), WorkDir: dir, Seed: seed.Beside(bin)})
}

// Pool returns n builders, to be taken and given back, since a builder builds one
// program at a time. Each works in a folder of its own in dir.
func Pool(n int, kernel, dir string) (chan *build.Builder, error) {
	free := make(chan *build.Builder, n)
	for i := range n {
		b, err := New(kernel, filepath.Join(dir, "builder"+strconv.Itoa(i)))
		if err != nil {
			return nil, err
		}
		free <- b
	}
	return free, nil
}
