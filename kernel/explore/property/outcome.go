package property

import (
	"errors"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// outcome: main ends, and then the expression has that value. What ends
// otherwise, by a panic or in a deadlock, has no value; what was stopped before
// it could end may still have had it.
var outcome = kind{
	name:     "outcome",
	args:     "EXPR==VALUE",
	example:  "outcome total==6",
	means:    words.OutcomeIs,
	read:     readOutcome,
	complete: completeOutcome,
	needs:    func(s subject) Needs { return Needs{Values: []string{s.expr}} },
	violated: violatedOutcome,
	fails:    failsOutcome,
}

func violatedOutcome(p Property, o *model.Outcome) bool {
	if o.Status == model.Limit || o.Status == model.Interrupted {
		return false
	}
	return p.at < 0 || p.at >= len(o.Values) || o.Values[p.at] != p.subject.value
}

// failsOutcome says what the values are; how the run ends, if it has none.
func failsOutcome(o *model.Outcome) string {
	if o.Values == nil {
		return ending(o)
	}
	return words.Plain(o.Value, 100)
}

func readOutcome(text string) (subject, error) {
	text = strings.TrimSpace(unquoted(text))
	op, at := comparison(text)
	if op != "==" {
		return subject{}, noEquality(text, op, at)
	}
	expr, value := strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+len("=="):])
	if expr == "" || value == "" {
		return subject{}, errors.New(words.OutcomeNeedsBoth(text))
	}
	printed, err := printed(value)
	if err != nil {
		return subject{}, errors.New(words.OutcomeValue(expr, value))
	}
	return subject{expr: expr, value: printed}, nil
}

// noEquality says what is wrong with a text that compares in another way, or
// not at all.
func noEquality(text, op string, at int) error {
	if op == "" {
		return errors.New(words.OutcomeNeedsBoth(text))
	}
	left, right := strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+len(op):])
	if op == "=" || op == ":=" {
		return errors.New(words.OutcomeAssigns(left, op, right))
	}
	return errors.New(words.OutcomeCompares(left, op, right))
}

// completeOutcome: what lacks its value, or ends in an open bracket or quote,
// could go on.
func completeOutcome(text string) bool {
	if open(text) {
		return false
	}
	text = strings.TrimSpace(unquoted(text))
	op, at := comparison(text)
	if op == "" {
		return false
	}
	value := strings.TrimSpace(text[at+len(op):])
	return value != "" && value != "-" && value != "+" && !open(value)
}
