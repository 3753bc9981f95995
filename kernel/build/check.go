package build

import (
	"context"
	"errors"
	"go/ast"
	"go/types"

	"threading101/kernel/instrument"
	"threading101/kernel/words"
)

// checked is package main with its types.
type checked struct {
	pkg   *types.Package
	info  *types.Info
	files []*file
	asts  []*ast.File // of files

	outcome, spans     []string            // of the request
	always, eventually []string            // likewise
	library            bool                // see instrument.Options
	program            *instrument.Program // of the packages that are rewritten, if main is not the only one
}

// check type-checks package main. It returns nil and perhaps an error if the
// package is not to be had that way.
func (b *Builder) check(ctx context.Context, j *job) (*checked, error) {
	if j.tc.GOROOT == "" || j.src.broken {
		return nil, j.unknown
	}
	if j.flags.clash != "" {
		return nil, errors.New(words.UnchangedFlag(j.flags.clash))
	}
	var err error
	if j.target, err = b.target(ctx, j); err != nil {
		return nil, err
	}
	if len(j.target.CgoFiles) > 0 {
		return nil, errors.New(words.UnchangedCgo)
	}
	j.universe = b.universeFor(j)
	recorder := j.wantsRecorder() || j.recordable() && j.importsOthers()
	if err := b.learn(ctx, j, append(importsOf(j.chosen()), j.linked()...), recorder); err != nil {
		return nil, err
	}
	if recorder && j.universe.recorder {
		b.findMembers(j)
	}
	c, err := b.typeCheck(j)
	if err != nil {
		return nil, b.staleOr(j, err)
	}
	return c, nil
}

// linked are the packages that go build adds to every program.
func (j *job) linked() []string {
	if j.race {
		return []string{"runtime", "runtime/race"}
	}
	return []string{"runtime"}
}

func (b *Builder) typeCheck(j *job) (*checked, error) {
	c := &checked{files: j.chosen(), info: newInfo(), outcome: j.req.Values, spans: j.req.Spans, always: j.req.Always, eventually: j.req.Eventually}
	for _, f := range c.files {
		c.asts = append(c.asts, f.ast)
	}
	config := types.Config{
		GoVersion: j.target.lang(&j.tc),
		Importer:  j.importer(),
		Sizes:     types.SizesFor("gc", j.tc.GOARCH),
	}
	var err error
	if c.pkg, err = config.Check("main", b.fset, c.asts, c.info); err == nil {
		j.info = c.info
	}
	return c, err
}
