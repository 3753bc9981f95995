package cell

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// The answers to is_complete_request.
const (
	Whole      = "complete"
	Unfinished = "incomplete"
	Invalid    = "invalid"
	Unknown    = "unknown"
)

// step is one level of indentation in a console, where a tab shows badly.
const step = "    "

// Complete says whether a console should run the text or let the learner go on,
// and if so how far the next line is indented. What follows a %% line is whole
// when a blank line ends it, since statements may always follow.
func Complete(code string) (status, indent string) {
	code = strings.ReplaceAll(code, "\r\n", "\n")
	lines := strings.Split(code, "\n")
	blank := len(lines) > 1 && strings.TrimSpace(lines[len(lines)-1]) == ""
	if isForeign(code) {
		return ended(blank, Unknown), ""
	}
	if n := len(lines); commandLines(lines)[n-1] && strings.HasSuffix(lines[n-1], `\`) {
		return Unfinished, ""
	}
	r := newRaw(code)
	body := r.text
	if r.main {
		body = strings.TrimSuffix(body, closeMain)
	}
	depth, status := balance(body)
	if r.main {
		depth--
	}
	switch {
	case status == Unfinished, status == Whole && depth > 0:
		return Unfinished, strings.Repeat(step, max(depth, 0))
	case status == Invalid, depth < 0:
		return Invalid, ""
	}
	if _, err := parser.ParseFile(token.NewFileSet(), "", r.text, parser.SkipObjectResolution); err != nil {
		return Invalid, ""
	}
	if r.main {
		return ended(blank, Whole), ""
	}
	return Whole, ""
}

// ended is the status of a text that goes on until a blank line.
func ended(blank bool, status string) string {
	if blank {
		return status
	}
	return Unfinished
}

var closes = map[token.Token]token.Token{token.RPAREN: token.LPAREN, token.RBRACK: token.LBRACK, token.RBRACE: token.LBRACE}

// balance returns how many brackets are open at the end of the text, and
// whether it ends within something that must go on.
func balance(text string) (depth int, status string) {
	status = Whole
	var open []token.Token
	fset := token.NewFileSet()
	f := fset.AddFile("", fset.Base(), len(text))
	var s scanner.Scanner
	s.Init(f, []byte(text), func(_ token.Position, message string) {
		switch {
		case strings.HasPrefix(message, "raw string literal not terminated"), strings.HasPrefix(message, "comment not terminated"):
			status = Unfinished
		case status == Whole:
			status = Invalid
		}
	}, 0)
	last := token.SEMICOLON
	for {
		_, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			if status == Whole && last != token.SEMICOLON {
				status = Unfinished
			}
			return len(open), status
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open = append(open, tok)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if n := len(open); n == 0 || open[n-1] != closes[tok] {
				return len(open), Invalid
			}
			open = open[:len(open)-1]
		}
		last = tok
	}
}
