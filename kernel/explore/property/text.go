package property

import (
	"errors"
	"fmt"
	"go/constant"
	"go/scanner"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// unquoted takes the quotes off a text that is quoted as a whole.
func unquoted(text string) string {
	text = strings.TrimSpace(text)
	if prefix, err := strconv.QuotedPrefix(text); err == nil && prefix == text {
		if plain, err := strconv.Unquote(text); err == nil {
			return plain
		}
	}
	if n := len(text); n >= 2 && text[0] == '\'' && text[n-1] == '\'' {
		return text[1 : n-1]
	}
	return text
}

// open reports whether a text ends within a quoted text or a bracket.
func open(text string) bool {
	depth, unclosed := 0, false
	tokens(text, func(_ int, tok token.Token) {
		depth += nesting(tok)
	}, func(message string) {
		unclosed = unclosed || strings.HasSuffix(message, "not terminated")
	})
	return depth > 0 || unclosed
}

// comparison finds the last operator that compares or assigns, outside of all
// brackets, and where it stands; "" if there is none.
func comparison(text string) (op string, at int) {
	depth := 0
	tokens(text, func(offset int, tok token.Token) {
		depth += nesting(tok)
		switch tok {
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ, token.ASSIGN, token.DEFINE:
			if depth == 0 && (tok == token.EQL || op != token.EQL.String()) {
				op, at = tok.String(), offset
			}
		}
	}, func(string) {})
	return op, at
}

func nesting(tok token.Token) int {
	switch tok {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		return 1
	case token.RPAREN, token.RBRACK, token.RBRACE:
		return -1
	}
	return 0
}

// tokens calls f for each of Go's tokens in a text, and fail for what is none.
func tokens(text string, f func(offset int, tok token.Token), fail func(message string)) {
	file := token.NewFileSet().AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), func(_ token.Position, message string) { fail(message) }, 0)
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			return
		}
		f(file.Offset(pos), tok)
	}
}

var errNoLiteral = errors.New("not a literal")

// printed is what fmt.Sprint makes of a value as it is written in Go: "abc" is
// abc, 0x10 is 16. What is no Go, as [1 2 3], is taken for what is printed.
func printed(value string) (string, error) {
	tv, err := types.Eval(token.NewFileSet(), nil, token.NoPos, value)
	switch {
	case err != nil || !tv.IsValue() && !tv.IsNil():
		return value, nil
	case tv.IsNil():
		return "<nil>", nil
	case tv.Value == nil:
		return "", errNoLiteral
	}
	return sprint(tv.Value, tv.Type), nil
}

// sprint is fmt.Sprint of a constant, which has its default type.
func sprint(v constant.Value, t types.Type) string {
	basic, _ := types.Default(t).Underlying().(*types.Basic)
	switch {
	case basic == nil:
		return v.ExactString()
	case basic.Info()&types.IsString != 0:
		return constant.StringVal(v)
	case basic.Kind() == types.Float64:
		f, _ := constant.Float64Val(v)
		return fmt.Sprint(f)
	case basic.Kind() == types.Float32:
		f, _ := constant.Float32Val(v)
		return fmt.Sprint(f)
	case basic.Info()&types.IsComplex != 0:
		re, _ := constant.Float64Val(constant.Real(v))
		im, _ := constant.Float64Val(constant.Imag(v))
		return fmt.Sprint(complex(re, im))
	case basic.Info()&types.IsInteger != 0:
		return constant.ToInt(v).ExactString()
	}
	return v.ExactString()
}
