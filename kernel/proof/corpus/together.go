package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"

	"threading101/kernel/build/bundle"
	"threading101/kernel/proof/corpus/try"
)

// Programs are linked together, a few dozen at a time, and compared so. Of one that
// does not do what Go promises of it, nothing is said until it has been compared alone:
// to be linked together can make a program differ, but nothing that is wrong right.

// together is how many programs are linked into one.
const together = 40

// groups divides the programs into those that are compared together, by number. Which
// ones come together depends on what they import: what one imports begins in all. Those
// in long come alone: to run one of them for nothing would take longer than to link.
func groups(programs []program, long map[string]string) [][]int {
	var some []int
	var all [][]int
	for i := range programs {
		if p := &programs[i]; p.fitsOthers() && long[p.name] == "" {
			some = append(some, i)
		} else {
			all = append(all, []int{i})
		}
	}
	slices.SortStableFunc(some, func(a, b int) int {
		p, q := programs[a].imports, programs[b].imports
		return cmp.Or(cmp.Compare(len(p), len(q)), slices.Compare(p, q))
	})
	return slices.AppendSeq(all, slices.Chunk(some, together))
}

// fitsOthers reports whether a program is the same as a package among others: nothing
// of it runs before main, and it is not about what the linker makes of it.
func (p *program) fitsOthers() bool {
	f, err := parser.ParseFile(token.NewFileSet(), p.path, p.src, parser.SkipObjectResolution)
	return err == nil && bundle.BeginsInMain(f) && !slices.Contains(p.imports, "C") &&
		!bytes.Contains(p.src, []byte("//go:linkname")) && !bytes.Contains(p.src, []byte("//go:embed"))
}

// compareAll compares some programs, together if they are several. There is a verdict
// for each way and each of them, nil if the program has nothing to do with it.
func (b *bench) compareAll(ctx context.Context, some []program, ways []way) ([][]*verdict, error) {
	all := make([][]*verdict, len(some))
	if len(some) > 1 {
		if err := b.compareTogether(ctx, some, ways, all); err != nil {
			return nil, err
		}
	}
	for i, p := range some {
		if all[i] == nil {
			all[i] = b.compare(ctx, p, ways)
		}
	}
	return all, nil
}

// compareTogether fills in the verdicts on those programs that agree in all ways.
func (b *bench) compareTogether(ctx context.Context, some []program, ways []way, all [][]*verdict) error {
	dir, err := os.MkdirTemp(b.dir, "together")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	files, how := make([]try.File, len(some)), make([]recorded, len(some))
	for i, p := range some {
		files[i].Name = p.path
		if files[i].Src, how[i], err = b.rewrite(p); err != nil {
			files[i].Src = nil // which compiles as little
		}
	}
	binary := filepath.Join(dir, "rewritten")
	in, err := b.kit.Together(ctx, files, binary)
	if err != nil {
		return fmt.Errorf("linking %s and others together: %w", some[0].name, err)
	}
	for i, p := range some {
		if in[i] {
			s := &subject{bench: b, program: p, dir: dir, rewritten: binary, recorded: how[i], among: []string{fmt.Sprint(try.Which, "=", i)}}
			all[i] = s.promised(ctx, ways)
		}
	}
	return nil
}

// promised are the verdicts on a program that does what Go promises of it in all ways,
// or nil.
func (s *subject) promised(ctx context.Context, ways []way) []*verdict {
	verdicts := make([]*verdict, len(ways))
	for i, w := range ways {
		if !w.concerns(s.program) {
			continue
		}
		v := &verdict{program: s.program}
		if w.runs(s, ctx, v); v.err != nil {
			return nil
		}
		verdicts[i] = v
	}
	return verdicts
}
