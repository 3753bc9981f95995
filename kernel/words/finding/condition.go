package finding

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Untrue is a condition that is not true in a run.
type Untrue struct {
	Condition model.Condition
	Who, Does string // what was done last before that: "A", "writes total = -10"; "" if nothing was
	When      string // "work:9, step 7", "" likewise
	Reads     []model.Named
	Panics    string
}

// ExplainUntrue says when a condition is not true, and what is in its variables then.
func ExplainUntrue(u Untrue) string {
	s := words.ConditionOf(u.Condition) + " is not true "
	switch {
	case u.Condition.AtEnd:
		s += "when the run ends"
	case u.When == "":
		return s + "when main begins" + u.reads() + ". A variable has the value of its declaration then: give it the right one there, with var."
	default:
		s += "after " + u.Who + " " + u.Does + " (" + u.When + ")"
	}
	return s + u.reads() + "."
}

// reads says what was read.
func (u *Untrue) reads() string {
	if u.Panics != "" {
		return ": Go cannot evaluate it (" + words.Plain(u.Panics, 100) + ")"
	}
	var all []string
	for _, one := range u.Reads {
		all = append(all, words.Plain(one.Name, 60)+" is "+words.Plain(one.Value, 60))
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + words.List(all)
}
