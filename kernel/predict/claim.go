package predict

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words/learning"
)

// claim is what stands in braces behind an option: {lines==6}, {total==2 possible}.
type claim struct {
	fact  string // the name of a fact, or a Go expression
	op    token.Token
	value string // as it is printed
	scope scope
}

// scope is which runs a claim is about.
type scope int

const (
	here     scope = iota // the run that is made
	possible              // at least one of all interleavings
	always                // each of them
)

var scopes = map[string]scope{"possible": possible, "always": always}

var comparisons = []token.Token{token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ}

// readClaim reads "fact==value", "fact<value possible" and so on. The error is for the
// learner.
func readClaim(text string) (c claim, err error) {
	text = strings.TrimSpace(text)
	for word, s := range scopes {
		if rest, ok := strings.CutSuffix(text, " "+word); ok {
			text, c.scope = strings.TrimSpace(rest), s
		}
	}
	e, err := parser.ParseExpr(text)
	b, ok := e.(*ast.BinaryExpr)
	if err != nil || !ok || !slices.Contains(comparisons, b.Op) {
		return c, errors.New(learning.PredictBadClaim(text))
	}
	c.op = b.Op
	c.fact = strings.TrimSpace(text[:b.OpPos-1])
	c.value = unquoted(strings.TrimSpace(text[int(b.OpPos)-1+len(b.Op.String()):]))
	if !c.possible() {
		return c, errors.New(learning.PredictBadClaim(text))
	}
	return c, nil
}

// compares says whether a value can be compared: what is no number is neither less nor
// more.
func (c *claim) compares(value string) bool {
	_, err := strconv.ParseFloat(value, 64)
	return err == nil || c.op == token.EQL || c.op == token.NEQ
}

// possible says whether any run could make the claim true or false: only numbers are
// less or more, and only some words are a status or come of a check.
func (c *claim) possible() bool {
	equals := c.op == token.EQL || c.op == token.NEQ
	all := wordsOf[c.fact]
	return c.compares(c.value) && (all == nil || equals && slices.Contains(all, c.value))
}

// wordsOf are the values of the facts that are words.
var wordsOf = map[string][]string{
	"status": {string(model.OK), string(model.Deadlock), string(model.Leak), string(model.CutOff), string(model.Panicked), string(model.Exited), string(model.Interrupted), string(model.Limit), string(model.Waiting)},
	checked:  {"holds", "fails"},
}

func unquoted(text string) string {
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	return text
}

// searched reports whether a claim is about all interleavings.
func (c *claim) searched() bool { return c.scope != here || counts[c.fact] != nil }

// holds compares a value with the claim's.
func (c *claim) holds(value string) bool {
	if c.op == token.EQL || c.op == token.NEQ {
		return equal(value, c.value) == (c.op == token.EQL)
	}
	a, errA := strconv.ParseFloat(value, 64)
	b, errB := strconv.ParseFloat(c.value, 64)
	if errA != nil || errB != nil {
		return false
	}
	switch c.op {
	case token.LSS:
		return a < b
	case token.LEQ:
		return a <= b
	case token.GTR:
		return a > b
	}
	return a >= b
}

// equal compares as numbers what are numbers.
func equal(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return x == y
	}
	return strings.TrimSpace(a) == strings.TrimSpace(b)
}

// found is what is known of a claim: the run that shows it, where one does.
type found struct {
	known, holds bool
	partly       bool // it is not known because not all was tried
	token        string
}

// judge says whether the claim is true.
func (c *claim) judge(f *Facts) found {
	if !c.searched() {
		value, ok := f.here(c.fact)
		ok = ok && c.compares(value)
		return found{known: ok, holds: ok && c.holds(value)}
	}
	if f.Found == nil {
		return found{}
	}
	if count := counts[c.fact]; count != nil {
		value := count(f.Found)
		return found{known: f.complete() && value != "", holds: c.holds(value), partly: true}
	}
	if c.fact == raceCount {
		holds := c.holds(strconv.Itoa(len(f.Found.Races)))
		return found{known: holds || f.complete(), holds: holds, partly: true, token: raceToken(f.Found, holds)}
	}
	for i := range f.Found.Outcomes {
		o := &f.Found.Outcomes[i]
		if unfinished(o) {
			continue
		}
		value, ok := f.outcome(c.fact, o)
		switch holds := ok && c.holds(value); {
		case holds && c.scope == possible:
			return found{known: true, holds: true, token: o.Token}
		case !holds && c.scope == always:
			return found{known: true, token: o.Token}
		}
	}
	return found{known: f.complete(), holds: c.scope == always, partly: true}
}

func raceToken(r *model.Result, holds bool) string {
	if !holds || len(r.Races) == 0 {
		return ""
	}
	return r.Races[0].Token
}
