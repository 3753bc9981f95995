package splice

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// Flat writes source on one line, without its comments.
func Flat(src []byte) string {
	if Trivia(src) == "" && !strings.Contains(string(src), "\n") {
		return string(src)
	}
	var out strings.Builder
	file := token.NewFileSet().AddFile("", -1, len(src))
	var scan scanner.Scanner
	scan.Init(file, src, nil, 0)
	for {
		_, tok, lit := scan.Scan()
		switch {
		case tok == token.EOF:
			return strings.TrimSuffix(strings.TrimSpace(out.String()), " ;")
		case tok == token.SEMICOLON:
			lit = ";"
		case lit == "":
			lit = tok.String()
		case strings.Contains(lit, "\n"):
			text, _ := strconv.Unquote(lit)
			lit = strconv.Quote(text)
		}
		out.WriteString(lit + " ")
	}
}

// Trivia returns the comments and line breaks of a piece of source. A comment
// that runs to the end of its line gets its line break back.
func Trivia(src []byte) string {
	if !bytes.ContainsAny(src, "\n/") {
		return ""
	}
	var kept []byte
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var scan scanner.Scanner
	scan.Init(file, src, func(token.Position, string) {}, scanner.ScanComments)
	at := 0
	breaks := func(to int) { // line breaks between tokens
		for ; at < to; at++ {
			if src[at] == '\n' {
				kept = append(kept, '\n')
			}
		}
	}
	for {
		pos, tok, lit := scan.Scan()
		if tok == token.EOF {
			breaks(len(src))
			return string(kept)
		}
		if tok == token.SEMICOLON && lit == "\n" {
			continue
		}
		breaks(file.Offset(pos))
		if tok == token.COMMENT {
			kept = append(append(kept, ' '), lit...)
			at = file.Offset(pos) + len(lit)
		}
	}
}
