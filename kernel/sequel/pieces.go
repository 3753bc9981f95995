package sequel

import (
	"go/scanner"
	"go/token"
	"strings"
)

// piece is a declaration or a statement at a cell's top level, or what a syntax error
// leaves of one.
type piece struct {
	from, to int // offsets in the text; comments above it belong to it
	kind     kind
	name     string // of a function or method
}

type kind int

const (
	statement   kind = iota
	declaration      // func, type, import
	variable         // var, const: a statement where its value needs a variable of the program
	neither          // nothing that can begin a piece of Go
)

// lexeme is a token with its place.
type lexeme struct {
	tok  token.Token
	text string
	from int
	to   int
}

// lexemes reads a text, without its comments. A semicolon that Go adds has the text
// "\n".
func lexemes(code string) (all []lexeme) {
	fset := token.NewFileSet()
	f := fset.AddFile("", fset.Base(), len(code))
	var s scanner.Scanner
	s.Init(f, []byte(code), func(token.Position, string) {}, 0)
	for {
		pos, tok, text := s.Scan()
		if tok == token.EOF {
			return all
		}
		from := f.Offset(pos)
		to := from + len(text)
		switch {
		case text == "":
			text = tok.String()
			to = from + len(text)
		case tok == token.SEMICOLON && text == "\n":
			to = from
		}
		all = append(all, lexeme{tok, text, from, min(to, len(code))})
	}
}

// pieces cuts a text at the semicolons that stand in no bracket.
func pieces(code string) (all []piece) {
	begin, end := 0, 0 // of the piece in the text, comments included
	var open int
	var words []lexeme
	close := func() {
		if len(words) > 0 {
			all = append(all, pieceOf(words, begin, end))
		}
		begin, words = end, nil
	}
	for _, l := range lexemes(code) {
		switch l.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			open--
		}
		if l.tok == token.SEMICOLON && open <= 0 {
			end = lineEnd(code, l)
			close()
			open = 0
			continue
		}
		words, end = append(words, l), l.to
	}
	end = len(code)
	close()
	return all
}

// lineEnd is where a piece ends: behind a comment on its last line.
func lineEnd(code string, semicolon lexeme) int {
	if semicolon.text != "\n" {
		return semicolon.to
	}
	if i := strings.IndexByte(code[semicolon.from:], '\n'); i >= 0 {
		return semicolon.from + i
	}
	return len(code)
}

func pieceOf(words []lexeme, from, to int) piece {
	p := piece{from: from, to: to, kind: statement}
	switch words[0].tok {
	case token.TYPE, token.IMPORT, token.PACKAGE:
		p.kind = declaration
	case token.VAR, token.CONST:
		p.kind = variable
	case token.FUNC:
		if name, ok := declared(words); ok {
			p.kind, p.name = declaration, name
		}
	case token.RBRACE, token.RPAREN, token.RBRACK, token.COMMA, token.COLON, token.PERIOD, token.ASSIGN, token.DEFINE, token.ILLEGAL:
		p.kind = neither
	case token.IDENT:
		if len(words) > 1 && words[1].tok == token.IDENT {
			p.kind = neither // fun f(): a word of Go that is misspelt
		}
	}
	return p
}

// declared returns the name of the function, or method, that a text which begins with
// func declares. A function literal declares none.
func declared(words []lexeme) (name string, ok bool) {
	i := 1
	if len(words) > 1 && words[1].tok == token.LPAREN {
		for depth := 0; i < len(words); i++ {
			if words[i].tok == token.LPAREN {
				depth++
			}
			if words[i].tok == token.RPAREN {
				if depth--; depth == 0 {
					i++
					break
				}
			}
		}
	}
	if i < len(words) && words[i].tok == token.IDENT {
		if i == 1 {
			return words[i].text, true
		}
		method := i+1 < len(words) && words[i+1].tok == token.LPAREN
		return words[i].text + "~", method // a method is never main; func() int { … }() is a statement
	}
	return "", len(words) == 1
}
