package build

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"slices"

	"threading101/kernel/instrument"
	"threading101/kernel/words"
)

// A program with Go's execution tracer is the program as it is, one file more, and a
// call that main defers, on the line on which its body begins: no line moves. The go
// command builds it, which knows the tracer's package; that is done once for many runs.

// tracerName is the file's: no program has a file of that name.
const tracerName = "threading101_trace.go"

// tracerText is that file. The trace goes to descriptor 3, as far as there is room: what
// is dropped behind that, the reader misses. The marks are for [speed.Read].
const tracerText = `package main

import (
	"context"
	"os"
	"runtime/trace"
)

type threading101Trace struct {
	file *os.File
	room int
}

func (t *threading101Trace) Write(b []byte) (int, error) {
	if t.room -= len(b); t.room >= 0 {
		return t.file.Write(b)
	}
	return len(b), nil
}

func threading101Traced() func() {
	t := &threading101Trace{os.NewFile(3, "trace"), 32 << 20}
	if trace.Start(t) != nil {
		return func() {}
	}
	trace.Log(context.Background(), "threading101", "begin")
	return func() {
		trace.Log(context.Background(), "threading101", "end")
		trace.Stop()
	}
}
`

// tracerCall is what main's body begins with.
const tracerCall = "defer threading101Traced()();"

// traced builds the program with the tracer.
func (b *Builder) traced(ctx context.Context, j *job, pkg *checked) (Result, error) {
	main, at := pkg.main(b.fset)
	if main == nil {
		return Result{}, fmt.Errorf("%s", words.SpeedNoMain)
	}
	tmp, err := os.MkdirTemp(b.cfg.WorkDir, "traced-")
	if err != nil {
		return Result{}, err
	}
	defer os.RemoveAll(tmp)
	overlay, err := writeOverlay(tmp, map[string][]byte{
		main.path:                        slices.Concat(main.text[:at], []byte(tracerCall), main.text[at:]),
		filepath.Join(j.dir, tracerName): []byte(tracerText),
	})
	if err != nil {
		return Result{}, err
	}
	arguments := j.arguments()
	if j.src.named {
		arguments = append(slices.Clip(arguments), filepath.Join(filepath.Dir(j.req.Files[0]), tracerName))
	}
	r, err := b.goBuildWith(ctx, j, j.env, []string{"-overlay=" + overlay}, arguments)
	r.way = "traced"
	r.Started = instrument.Started(b.fset, pkg.asts, pkg.pkg, pkg.info)
	return r, err
}

// main is the file with func main, and the offset at which its body begins; nil if there
// is none.
func (c *checked) main(fset *token.FileSet) (*file, int) {
	for _, f := range c.files {
		for _, d := range f.ast.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && d.Name.Name == "main" && d.Body != nil {
				return f, fset.Position(d.Body.Lbrace).Offset + 1
			}
		}
	}
	return nil, 0
}
