package predict

import (
	"errors"
	"go/parser"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words/learning"
)

// Facts are what an answer is compared with.
type Facts struct {
	Run     *model.Execution  // nil: none was made, or none was recorded
	Printed *string           // by the cell, in its run; nil: there was none
	Values  map[string]string // of Go expressions, where main ended in that run
	Found   *model.Result     // of a search; nil: there was none
	Late    int               // the step of the run from which on no order of steps led to a good end; 0: there is none, or it is not known
	Check   string            // "holds" or "fails": what %check says in the same cell; "": nothing, or nothing that is certain
}

// FactNames are the facts that have a name, for who types them.
func FactNames() []string {
	all := slices.Concat(slices.Collect(maps.Keys(facts)), slices.Collect(maps.Keys(counts)), slices.Collect(maps.Keys(ofOutput)), []string{checked, late})
	slices.Sort(all)
	return slices.Compact(all)
}

// raceCount is how many data races were found, checked what a check says, late the step
// from which on it was too late.
const (
	raceCount = "races"
	checked   = "check"
	late      = "late"
)

// facts are what a recorded run tells of itself.
var facts = map[string]func(x *model.Execution) string{
	"status":     func(x *model.Execution) string { return string(x.Status) },
	"goroutines": func(x *model.Execution) string { return strconv.Itoa(len(x.Goroutines)) },
	raceCount:    func(x *model.Execution) string { return strconv.Itoa(len(x.Races)) },
}

// counts are what only a search of all interleavings tells.
var counts = map[string]func(r *model.Result) string{
	"ways":    func(r *model.Result) string { return strconv.Itoa(len(r.ByEnd())) },
	"classes": func(r *model.Result) string { return strconv.Itoa(r.Classes) },
	"interleavings": func(r *model.Result) string {
		if r.Interleavings == nil {
			return ""
		}
		return r.Interleavings.String()
	},
	"deadlocks": deadlocks,
}

// deadlocks is in how many interleavings all wait, "" if they were not counted.
func deadlocks(r *model.Result) string {
	sum := new(big.Int)
	for _, o := range r.Outcomes {
		if o.Status == model.Deadlock && o.Interleavings == nil {
			return ""
		} else if o.Status == model.Deadlock {
			sum.Add(sum, o.Interleavings)
		}
	}
	return sum.String()
}

// ofOutput are the facts that are read from what is printed.
var ofOutput = map[string]bool{"lines": true, "first": true, "last": true, "printed": true, "changes": true}

// ofText is one of them.
func ofText(fact, printed string) string {
	lines := linesOf(printed)
	switch {
	case fact == "lines":
		return strconv.Itoa(len(lines))
	case fact == "printed":
		return strings.Join(lines, "\n")
	case fact == "changes":
		return strconv.Itoa(changes(lines))
	case len(lines) == 0:
		return ""
	case fact == "first":
		return lines[0]
	}
	return lines[len(lines)-1]
}

// changes is how often a line begins with another word than the line before: how often
// the output goes from one goroutine to another, where each prints its name first.
func changes(lines []string) (n int) {
	word := func(line string) string {
		first, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		return first
	}
	for i := 1; i < len(lines); i++ {
		n += one(word(lines[i]) != word(lines[i-1]))
	}
	return n
}

func linesOf(printed string) []string {
	return slices.DeleteFunc(strings.Split(strings.ReplaceAll(printed, "\r\n", "\n"), "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
}

// here is a fact of the run, false if it is not known.
func (f *Facts) here(fact string) (string, bool) {
	tell := facts[fact]
	switch {
	case fact == checked && f.Check != "":
		return f.Check, true
	case fact == late && f.Late > 0:
		return strconv.Itoa(f.Late), true
	case ofOutput[fact] && f.Printed != nil:
		return ofText(fact, *f.Printed), true
	case tell != nil && f.Run != nil:
		return tell(f.Run), true
	}
	value, ok := f.Values[fact]
	return value, ok
}

// outcome is a fact of a way to end, false if it has none: main did not get to its end.
func (f *Facts) outcome(fact string, o *model.Outcome) (string, bool) {
	switch {
	case fact == "status":
		return string(o.Status), true
	case ofOutput[fact]:
		return ofText(fact, o.Value), len(f.Found.Values) == 0
	}
	i := slices.Index(f.Found.Values, fact)
	if i < 0 || i >= len(o.Values) {
		return "", false
	}
	return o.Values[i], true
}

// complete reports whether a search tried all there is.
func (f *Facts) complete() bool {
	return f.Found.Complete() && f.Found.Omitted == 0 && !slices.ContainsFunc(f.Found.Outcomes, func(o model.Outcome) bool { return unfinished(&o) })
}

// unfinished: nobody knows what would have become of a run that was stopped.
func unfinished(o *model.Outcome) bool {
	return o.Status == model.Limit || o.Status == model.Interrupted
}

// check finds a fact that is none.
func (a *answer) check() error {
	if _, err := parser.ParseExpr(a.fact); err != nil {
		return errors.New(learning.PredictBadClaim(a.fact))
	}
	return nil
}

// Needs is what has to be known to tell the answer.
type Needs struct {
	Values []string // Go expressions, where main ends
	Search bool     // all interleavings
	Late   bool     // from which step on it was too late
}

// Needs says what the question needs.
func (q *Question) Needs() (n Needs) {
	need := func(fact string) {
		n.Late = n.Late || fact == late
		if facts[fact] == nil && !ofOutput[fact] && fact != checked && fact != late && counts[fact] == nil && !slices.Contains(n.Values, fact) {
			n.Values = append(n.Values, fact)
		}
	}
	for _, o := range q.Options {
		if o.claim != nil {
			need(o.claim.fact)
			n.Search = n.Search || o.claim.searched()
		}
	}
	if q.answer != nil && q.answer.fact != "" {
		need(q.answer.fact)
		n.Search = n.Search || counts[q.answer.fact] != nil
	}
	return n
}
