package cell

import "testing"

func TestOwnPlaces(t *testing.T) {
	for code, want := range map[string]string{
		"//line x.go:7\nfunc main() {}":              "//Line x.go:7\nfunc main() {}",
		"func main() {\n//line x.go:7\n}":            "func main() {\n//Line x.go:7\n}",
		"var a /*line x.go:7:1*/ = 1\n":              "var a /*Line x.go:7:1*/ = 1\n",
		"%%\n//line x.go:7\nx := 1":                  "%%\n//Line x.go:7\nx := 1",
		"var s = `\n//line x.go:7\n`":                "var s = `\n//line x.go:7\n`",
		"// the //line directive\nvar a = 1":         "// the //line directive\nvar a = 1",
		"var ö = 1\n//line x.go:7\nfunc broken( {\n": "var ö = 1\n//Line x.go:7\nfunc broken( {\n",
	} {
		if got := OwnPlaces(code); got != want {
			t.Errorf("%q: %q", code, got)
		}
	}
}
