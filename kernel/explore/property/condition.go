package property

import (
	"errors"
	"go/token"
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// alwaysTrue: the expression is true at every moment at which nobody holds a lock, from
// main's beginning to the end of the run.
var alwaysTrue = kind{
	name:     "always",
	args:     "EXPR",
	example:  "always balance >= 0",
	means:    words.Always,
	read:     readCondition("always"),
	complete: neverComplete,
	needs:    func(s subject) Needs { return Needs{Always: []string{s.condition}} },
	mixed:    true,
	violated: violatedCondition,
	marked:   true,
	fails:    always(words.AlwaysFails),
	says:     saysCondition,
}

// eventually: the expression is true when the run ends, however it does.
var eventually = kind{
	name:     "eventually",
	args:     "EXPR",
	example:  "eventually balance == 130",
	means:    words.Eventually,
	read:     readCondition("eventually"),
	complete: neverComplete,
	needs:    func(s subject) Needs { return Needs{Eventually: []string{s.condition}} },
	violated: violatedCondition,
	marked:   true,
	fails:    always(words.EventuallyFails),
	says:     saysCondition,
}

func violatedCondition(p Property, o *model.Outcome) bool {
	return o.Has(MarkOf(p.condition()))
}

// condition is what a property is about that is one of a condition.
func (p Property) condition() model.Condition {
	return model.Condition{Expr: p.subject.condition, AtEnd: p.Name == "eventually"}
}

// saysCondition is how the sentence about a run begins in which it is not true.
func saysCondition(p Property) string { return words.ConditionOf(p.condition()) }

// MarkOf is the mark of an outcome in whose runs a condition is not true.
func MarkOf(c model.Condition) string {
	if c.AtEnd {
		return "not eventually " + c.Expr
	}
	return "not always " + c.Expr
}

// Conditions are what the properties ask to be true, in the order in which a program
// knows them that was built with [NeedsOf] them.
func Conditions(ps []Property) (all []model.Condition) {
	needs := NeedsOf(ps)
	for _, expr := range needs.Always {
		all = append(all, model.Condition{Expr: expr})
	}
	for _, expr := range needs.Eventually {
		all = append(all, model.Condition{Expr: expr, AtEnd: true})
	}
	return all
}

// readCondition reads what follows the name. Whether it means anything, and is true or
// false, is known when the program is built.
func readCondition(property string) func(string) (subject, error) {
	return func(text string) (subject, error) {
		text = strings.TrimSpace(unquoted(text))
		op, at := assignment(text)
		switch {
		case text == "":
			return subject{}, errors.New(words.ConditionMissing(property))
		case op != "":
			return subject{}, errors.New(words.ConditionAssigns(property, strings.TrimSpace(text[:at]), op, strings.TrimSpace(text[at+len(op):])))
		}
		return subject{condition: text}, nil
	}
}

// assignment finds an operator that changes a variable, and where it stands; "" if
// there is none.
func assignment(text string) (op string, at int) {
	tokens(text, func(offset int, tok token.Token) {
		if op == "" && slices.Contains(assigning, tok) {
			op, at = tok.String(), offset
		}
	}, func(string) {})
	return op, at
}

var assigning = []token.Token{
	token.ASSIGN, token.DEFINE, token.INC, token.DEC, token.ADD_ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN, token.QUO_ASSIGN, token.REM_ASSIGN,
}

// neverComplete: an expression goes on to the next property, or to the end of the line.
func neverComplete(string) bool { return false }
