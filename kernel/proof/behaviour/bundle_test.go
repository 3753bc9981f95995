package behaviour

import (
	"bytes"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/build/bundle"
	"threading101/kernel/run"
)

// bundled are plain programs linked into one, which runs the one that bundleVariable
// names: to link takes longer than to compile and to run. Each is a package, and its
// main an exported function.
type bundled struct {
	binary string
	names  []string
}

const bundleVariable = "BEHAVIOUR_PROGRAM"

// newBundle bundles those that are the same program as a package.
func newBundle(t *testing.T, all []*program) *bundled {
	t.Helper()
	b := &bundled{}
	dir := filepath.Join(workDir, "bundle")
	err := os.MkdirAll(dir, 0o700)
	for _, p := range all {
		if !p.fits() {
			continue
		}
		err = errors.Join(err, writePackage(filepath.Join(dir, fmt.Sprint("p", len(b.names))), p.src))
		b.names = append(b.names, p.name)
	}
	if err = errors.Join(err, writeModule(dir, b.main())); err != nil {
		t.Fatal(err)
	}
	r, err := built(t.Context(), build.Request{Dir: dir, Output: filepath.Join(dir, "program"), Plain: true})
	if err != nil {
		t.Fatalf("building the bundle: %v", err)
	}
	b.binary = r.Binary
	return b
}

// fits reports whether a program is the same as a package among others: nothing of
// it runs before main, it says nowhere that it is package main, and imports nothing
// that its module would have to require.
func (p *program) fits() bool {
	f, err := parser.ParseFile(token.NewFileSet(), p.name, p.src, parser.SkipObjectResolution)
	return err == nil && !bytes.Contains(p.src, []byte("main.")) && !bytes.Contains(p.src, []byte(`"golang.org/`)) &&
		bundle.BeginsInMain(f)
}

// writePackage writes a program as a package.
func writePackage(dir string, src []byte) error {
	src = bytes.Replace(src, []byte("\npackage main\n"), []byte("\npackage program\n"), 1)
	src = bytes.Replace(src, []byte("\nfunc main() {"), []byte("\nfunc Main() {"), 1)
	return errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "program.go"), src, 0o600))
}

// main is the text of the program that runs one of them.
func (b *bundled) main() []byte {
	var imports, programs strings.Builder
	for i, name := range b.names {
		fmt.Fprintf(&imports, "\tp%d \"program/p%d\"\n", i, i)
		fmt.Fprintf(&programs, "\t%q: p%d.Main,\n", name, i)
	}
	return fmt.Appendf(nil, "package main\n\nimport (\n\t\"os\"\n\n%s)\n\nvar programs = map[string]func(){\n%s}\n\nfunc main() { programs[os.Getenv(%q)]() }\n",
		&imports, &programs, bundleVariable)
}

// spec says how a program is run plainly.
func (b *bundled) spec(t *testing.T, p *program) run.Spec {
	t.Helper()
	if !slices.Contains(b.names, p.name) {
		return p.spec(p.build(t, plainly).Binary)
	}
	spec := p.spec(b.binary)
	spec.Env = append(os.Environ(), bundleVariable+"="+p.name)
	return spec
}
