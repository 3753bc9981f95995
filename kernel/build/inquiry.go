package build

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
)

// inquiry is a question about packages to the go command: go list with these
// arguments, in a folder and an environment.
type inquiry struct {
	goTool, dir string
	env, args   []string
	tc          *toolchain
	about
}

// about is what kind of packages are asked for, on which it depends what the answer
// depends on.
type about int

const (
	ofTheLearner         about = iota // on the folder, and on all that says what an import means there
	ofTheStandardLibrary              // on no folder
	ofTheRecorder                     // on the folder, whose name says what is in it
)

// inquire asks the go command, or takes what it said to another process.
func (b *Builder) inquire(ctx context.Context, q inquiry) ([]listed, error) {
	store, question, asked := b.answersIn(q.env), q.String(), time.Now()
	if packages, ok := store.packages(question); ok {
		return packages, nil
	}
	var progress *os.File
	if slices.Contains(q.args, "-export") {
		f, done := b.alone(ctx, q.env)
		defer done()
		if packages, ok := store.packages(question); ok { // somebody else was first
			return packages, nil
		}
		progress = f
	}
	out, err := b.listing(ctx, q, progress)
	if err != nil {
		return nil, err
	}
	packages, err := decodeList(out)
	if witnesses, ok := q.witnesses(packages); err == nil && ok && q.String() == question {
		store.put(question, out, witnesses, asked)
	}
	return packages, err
}

// packages is what the go command said, if it is remembered and still there.
func (a answers) packages(question string) ([]listed, bool) {
	out, ok := a.get(question)
	if !ok {
		return nil, false
	}
	packages, err := decodeList(out)
	return packages, err == nil && allExist(packages)
}

// String is all that the answer depends on, but for the packages themselves.
func (q inquiry) String() string {
	s := fmt.Sprintf("list %q %q %s", q.goTool, q.args, envKey(q.env))
	for _, file := range q.tc.installed() {
		s += fmt.Sprintf(" %q %s", file, look(file))
	}
	if q.tc.CGO_ENABLED == "1" {
		s += fmt.Sprintf(" %q", lookup(q.env, "PATH")) // the C compiler
	}
	switch q.about {
	case ofTheRecorder:
		s += fmt.Sprintf(" %q", q.dir)
	case ofTheLearner:
		s += fmt.Sprintf(" %q %s %s", q.dir, hashFiles(above(q.dir)...), hashFiles(q.tc.mains().Files()...))
	}
	return s
}

// witnesses are what the answer was made from; false if there is more than can be
// looked at.
func (q inquiry) witnesses(packages []listed) (paths []string, ok bool) {
	for _, p := range packages {
		switch {
		case p.Error != nil:
			return nil, false
		case p.Dir == "":
		case p.Standard || q.about == ofTheRecorder:
			paths = append(paths, p.Dir)
		case inside(q.tc.GOMODCACHE, p.Dir):
			if q.shadowed(p.ImportPath) {
				return nil, false
			}
			paths = append(paths, p.Dir)
		case len(p.EmbedPatterns)+len(p.CgoFiles) > 0:
			return nil, false
		default:
			paths = append(paths, textOf+p.Dir)
		}
	}
	return paths, true
}

// shadowed reports whether a package that was fetched could also be a folder of a
// module that the learner works on: the day it is made, the import means another.
func (q inquiry) shadowed(path string) bool {
	for _, mod := range q.tc.mains().Mods() {
		text, err := os.ReadFile(mod)
		if err != nil {
			return true
		}
		if own := modfile.ModulePath(text); path == own || strings.HasPrefix(path, own+"/") {
			return true
		}
	}
	return false
}

// allExist reports whether the compiled packages are still in Go's build cache.
func allExist(packages []listed) bool {
	for _, p := range packages {
		if p.Export != "" && !exists(p.Export) {
			return false
		}
	}
	return true
}

func decodeList(out []byte) ([]listed, error) {
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		packages = append(packages, p)
	}
}
