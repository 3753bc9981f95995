package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"threading101/kernel/proof/corpus/try"
)

// passed is a folder where it is noted what has passed, as the go command does for
// tests: what is compared again with the same of everything need not be. "" is none.
type passed string

// last is the note about one command line and what came of it.
type last struct{ file, key string }

// note finds the note of those options: they compare the programs of root with this
// program, compiler, linker and recorder, and the lists of what is to differ.
func (p passed) note(o options, kit *try.Kit, programs []program) (last, error) {
	if p == "" {
		return last{}, nil
	}
	self, err := os.Executable()
	if err != nil {
		return last{}, err
	}
	all, err := os.ReadFile(self)
	if err != nil {
		return last{}, err
	}
	version, err := exec.Command("go", "env", "GOVERSION", "GOFLAGS", "GOEXPERIMENT", "GODEBUG", "GOAMD64").Output()
	if err != nil {
		return last{}, err
	}
	h := sha256.New()
	h.Write(all)
	fmt.Fprintf(h, "%+v\n%s%s\n%v\n", o, version, kit.Key(), os.Getenv("GODEBUG"))
	for _, p := range programs {
		fmt.Fprintf(h, "%s %d\n%s", p.name, len(p.src), p.src)
		promised, err := os.ReadFile(strings.TrimSuffix(p.path, ".go") + ".out")
		fmt.Fprintf(h, "%v %d\n%s", err == nil, len(promised), promised)
	}
	for _, w := range o.ways() {
		list, err := os.ReadFile(w.exceptions)
		fmt.Fprintf(h, "%v %d\n%s", err == nil, len(list), list)
	}
	name := "corpus"
	if o.library {
		name = "library"
	}
	return last{filepath.Join(string(p), name), fmt.Sprintf("%x\n", h.Sum(nil))}, nil
}

// same reports whether it is what has passed last.
func (l last) same() bool {
	key, err := os.ReadFile(l.file)
	return l.file != "" && err == nil && string(key) == l.key
}

// keep notes that it has passed, or that it has not.
func (l last) keep(ok bool) error {
	switch {
	case l.file == "":
		return nil
	case !ok:
		return os.RemoveAll(l.file)
	}
	if err := os.MkdirAll(filepath.Dir(l.file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(l.file, []byte(l.key), 0o600)
}

const asBefore = "as before: nothing that this depends on has changed since it passed\n"
