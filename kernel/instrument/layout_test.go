package instrument_test

import (
	"bytes"
	"go/scanner"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"threading101/kernel/instrument"
)

// TestLayout writes the programs of testdata in other ways, which mean the same,
// and rewrites those: with a comment behind each token, with a line break behind
// each token that may have one, with lines that end as on Windows. The output
// must type-check and have as many lines.
func TestLayout(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if name == "ast_commentgroup" {
			continue // directives must be where they are
		}
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in := section(archive, "in.go")
		t.Run(name+"/windows", func(t *testing.T) {
			t.Parallel()
			layout(t, bytes.ReplaceAll(in, []byte("\n"), []byte("\r\n")), option(archive, "lang"))
		})
		for way, text := range map[string]string{"comments": " /*c*/ ", "lines": "\n", "both": " // c\n"} {
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				layout(t, respace(in, text), option(archive, "lang"))
			})
		}
	}
}

func layout(t *testing.T, in []byte, lang string) {
	k := theKit(t)
	p, err := k.Check("in.go", in, lang)
	if err != nil {
		t.Fatalf("the input does not type-check: %v\n%s", err, in)
	}
	for _, everything := range []bool{false, true} {
		out, _, _ := rewrite(t, p, instrument.Options{Everything: everything})
		checkLines(t, in, out)
		if _, err := k.Check("out.go", out, lang); err != nil {
			t.Fatalf("the output does not type-check: %v\n%s", err, out)
		}
	}
}

// respace writes text behind each token; one with a line break only behind
// tokens that do not end a statement there.
func respace(src []byte, text string) []byte {
	var out bytes.Buffer
	file := token.NewFileSet().AddFile("", -1, len(src))
	var scan scanner.Scanner
	scan.Init(file, src, nil, scanner.ScanComments)
	at := 0
	for {
		pos, tok, lit := scan.Scan()
		if tok == token.EOF {
			out.Write(src[at:])
			return out.Bytes()
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		end := file.Offset(pos) + len(lit)
		if !tok.IsLiteral() && tok != token.COMMENT && !tok.IsKeyword() {
			end = file.Offset(pos) + len(tok.String())
		}
		out.Write(src[at:end])
		at = end
		if tok != token.COMMENT && (!strings.Contains(text, "\n") || !ends(tok)) {
			out.WriteString(text)
		}
	}
}

// ends reports whether a line break behind the token ends the statement.
func ends(tok token.Token) bool {
	switch tok {
	case token.IDENT, token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING, token.BREAK, token.CONTINUE,
		token.FALLTHROUGH, token.RETURN, token.INC, token.DEC, token.RPAREN, token.RBRACK, token.RBRACE:
		return true
	}
	return false
}
