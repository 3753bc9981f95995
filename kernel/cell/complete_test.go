package cell

import (
	"strings"
	"testing"
)

func TestComplete(t *testing.T) {
	for _, c := range []struct{ code, status, indent string }{
		{"", Whole, ""},
		{"// a comment", Whole, ""},
		{"var x = 1", Whole, ""},
		{"x := 1", Invalid, ""},
		{"fmt.Println(1)", Invalid, ""},
		{"func f() {", Unfinished, "    "},
		{"func f() {\n\tif true {\n", Unfinished, "        "},
		{"func f() {\n\tif true {\n\t}\n", Unfinished, "    "},
		{"func f() {\n}", Whole, ""},
		{"func f() {\n}\n", Whole, ""},
		{"func f() {\n}}", Invalid, ""},
		{"func f() { g(] }", Invalid, ""},
		{"var x =", Unfinished, ""},
		{"var x = 1 +", Unfinished, ""},
		{"var x = f(1,", Unfinished, "    "},
		{"import (", Unfinished, "    "},
		{"type T struct {", Unfinished, "    "},
		{"type", Unfinished, ""},
		{"var s = `open", Unfinished, ""},
		{"var s = `open\n%%\nclosed`", Invalid, ""}, // GoNB takes the %% line away
		{"var s = `open\nclosed`", Whole, ""},
		{"/* open", Unfinished, ""},
		{"/* open\n*/", Whole, ""},
		{"var s = \"open", Invalid, ""},
		{"var s = \"open\n", Invalid, ""},
		{"%%", Unfinished, ""},
		{"%%\nfmt.Println(1)", Unfinished, ""},
		{"%%\nfmt.Println(1)\n", Whole, ""},
		{"%%\r\nfmt.Println(1)\r\n", Whole, ""},
		{"%%\nfor range 3 {\n", Unfinished, "    "},
		{"%%\nfor range 3 {\n}", Unfinished, ""},
		{"%%\nfor range 3 {\n}\n    ", Whole, ""},
		{"%%\n}\n", Invalid, ""},
		{"%%\nx ==\n", Unfinished, ""},
		{"%main\nf(\n", Unfinished, "    "},
		{"//gonb:%%\nf()\n", Whole, ""},
		{"%exec f", Whole, ""},
		{"%list", Whole, ""},
		{"!ls", Whole, ""},
		{"!ls \\", Unfinished, ""},
		{"!ls \\\n-l", Whole, ""},
		{"!echo \"it's", Whole, ""},
		{"%%bash", Unfinished, ""},
		{"%%bash\nls", Unfinished, ""},
		{"%%bash\nls {\n", Unknown, ""},
		{"func main() {\n\tgo f()\n}", Whole, ""},
		{"const ünï = \"日本", Invalid, ""},
	} {
		status, indent := Complete(c.code)
		if status != c.status || indent != c.indent {
			t.Errorf("Complete(%q) = %s, %q; want %s, %q", c.code, status, indent, c.status, c.indent)
		}
	}
}

// Whatever is typed, the answer is one of the four and only an unfinished text
// is indented.
func FuzzComplete(f *testing.F) {
	for _, seed := range []string{"%%\nf(", "`", "/*", "!x\\", "}", "\"\\", "%main", "func f() {\n\t`\n%%\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		status, indent := Complete(code)
		if !strings.Contains(" complete incomplete invalid unknown ", " "+status+" ") {
			t.Errorf("status %q", status)
		}
		if indent != "" && status != Unfinished {
			t.Errorf("%s with indent %q", status, indent)
		}
	})
}
