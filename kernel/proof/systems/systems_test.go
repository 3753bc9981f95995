package systems

import (
	"os"
	"testing"

	"golang.org/x/tools/go/packages"
)

// TestCompiles type-checks all of the kernel for other systems, which takes a tenth of
// the time of a build. What it imports is checked without the bodies of functions.
func TestCompiles(t *testing.T) {
	for _, system := range []struct{ os, arch string }{{"linux", "arm64"}, {"darwin", "arm64"}} {
		found, err := packages.Load(&packages.Config{
			Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
			Env:  append(os.Environ(), "GOOS="+system.os, "GOARCH="+system.arch, "CGO_ENABLED=0"),
		}, "threading101/kernel", "threading101/kernel/gonbtools/tool", "threading101/kernel/rt/...")
		if err != nil {
			t.Fatal(err)
		}
		packages.Visit(found, nil, func(p *packages.Package) {
			for _, problem := range p.Errors {
				t.Errorf("%s/%s: %v", system.os, system.arch, problem)
			}
		})
		if len(found) < 10 {
			t.Errorf("%s/%s: only %d packages", system.os, system.arch, len(found))
		}
	}
}
