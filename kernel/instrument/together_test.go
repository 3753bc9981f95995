package instrument_test

import (
	"bytes"
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/build/bundle"
	"threading101/kernel/proof/corpus/try"
)

// The programs of testdata are linked together, the plain ones and those that they are
// to be rewritten to, with others that have the same packages. Two that do not do the
// same so are compared once more, each alone: to be linked together can make programs
// differ, but nothing that is wrong right.

// pair is a program and what it is to be rewritten to, among others.
type pair struct {
	file    string
	in, out []byte

	plain, rewritten string // the executables, "" if it is in none
	number           int    // in both
}

// runTogether runs a program, if it was rewritten to out. It is false if that says
// nothing.
func runTogether(t *testing.T, file string, out []byte) (plain, recorded try.Outcome, ok bool) {
	t.Helper()
	pairs, err := linkedPairs()
	if err != nil {
		t.Fatal(err)
	}
	p := pairs[file]
	if p == nil || p.plain == "" || !bytes.Equal(p.out, out) {
		return plain, recorded, false
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	which := fmt.Sprint(try.Which, "=", p.number)
	plain, recorded = start(t, ctx, p.plain, which), start(t, ctx, p.rewritten, which)
	return plain, recorded, alike(plain, recorded)
}

// linkedPairs are the programs by file.
var linkedPairs = sync.OnceValues(func() (map[string]*pair, error) {
	k, err := kit()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob("testdata/*.txtar")
	pairs, groups := map[string]*pair{}, map[string][]*pair{}
	for _, file := range files {
		if p, packages := readPair(k, file); p != nil {
			pairs[file] = p
			groups[packages] = append(groups[packages], p)
		}
	}
	n := 0
	for _, group := range groups {
		if n++; len(group) > 1 && err == nil {
			err = linkPairs(k, group, filepath.Join(kitDir, fmt.Sprint("together", n)))
		}
	}
	return pairs, err
})

// readPair reads a program that is the same as a package among others: nothing of it runs
// before main. packages are those that it is linked with.
func readPair(k *try.Kit, file string) (p *pair, packages string) {
	archive, err := txtar.ParseFile(file)
	if err != nil || option(archive, "lang") != "" {
		return nil, ""
	}
	p = &pair{file: file, in: section(archive, "in.go"), out: section(archive, "out.go")}
	for _, src := range [][]byte{p.in, p.out} {
		f, err := parser.ParseFile(token.NewFileSet(), file, src, parser.SkipObjectResolution)
		if err != nil || !bundle.BeginsInMain(f) || bytes.Contains(src, []byte("//go:embed")) || bytes.Contains(src, []byte("//go:linkname")) {
			return nil, ""
		}
		packages += strings.Join(k.Packages(f), " ") + "\n"
	}
	return p, packages
}

// linkPairs links the programs of some pairs into one executable, and what they are
// rewritten to into another.
func linkPairs(k *try.Kit, group []*pair, dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	plain, rewritten := make([]try.File, len(group)), make([]try.File, len(group))
	for i, p := range group {
		plain[i], rewritten[i] = try.File{Name: "in.go", Src: p.in}, try.File{Name: "in.go", Src: p.out}
	}
	inPlain, err := k.Together(context.Background(), plain, filepath.Join(dir, "plain"))
	if err != nil {
		return err
	}
	inRewritten, err := k.Together(context.Background(), rewritten, filepath.Join(dir, "rewritten"))
	for i, p := range group {
		if err == nil && inPlain[i] && inRewritten[i] {
			p.plain, p.rewritten, p.number = filepath.Join(dir, "plain"), filepath.Join(dir, "rewritten"), i
		}
	}
	return err
}
