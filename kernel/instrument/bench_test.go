package instrument_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/instrument"
)

// BenchmarkFile rewrites a program of some 100 lines, parsed and type-checked.
func BenchmarkFile(b *testing.B) {
	archive, err := txtar.ParseFile("testdata/ast_assignstmt.txtar")
	if err != nil {
		b.Fatal(err)
	}
	k, err := kit()
	if err != nil {
		b.Fatal(err)
	}
	p, err := k.Check("in.go", section(archive, "in.go"), "")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, _, err := instrument.File(p.Fset, p.File, p.Src, p.Pkg, p.Info, 1, instrument.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
