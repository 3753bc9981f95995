package model

import "strings"

// Verdict is what came of checking one property.
type Verdict struct {
	Property string   // as it was written
	Holds    bool     // in all that was tried
	Complete bool     // and that was all there is
	Token    string   // of the shortest run that violates it, "" if none does
	Outcome  *Outcome // that run's, nil if none
	Fails    string   // how that run violates it: "total = 3"
	ByEnd    bool     // it does so by the way in which it ends: the run's explanation begins with why
	Uncalled []string // functions that it is about and that no run called: nothing was checked of them
	Says     string   // how the sentence of the run's explanation begins that says why, "" if that is not known
}

// Why says in part of a sentence why the property does not hold. explanation is that
// of a run that shows it, which may have more to it than what is checked.
func (v *Verdict) Why(explanation []string) string {
	for _, s := range explanation {
		if rest, ok := strings.CutPrefix(s, v.Says); ok && v.Says != "" { // what begins so was just said
			return "it" + rest
		}
	}
	if v.ByEnd && len(explanation) > 0 {
		return explanation[0]
	}
	return v.Fails
}
