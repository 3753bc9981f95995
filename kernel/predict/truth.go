package predict

import (
	"slices"
	"strconv"
	"strings"
)

// Truth is what a run or a search says to a question.
type Truth struct {
	Known  bool
	Was    []string // the answers that are right, as [Answer.Text] has them; none of the options may be
	All    bool     // it is about all interleavings, not about the run
	Partly bool     // it is not known because not all interleavings were tried
	Token  string   // of a run that shows it, "" if none is needed
}

// Agrees reports whether an answer is what it was.
func (t *Truth) Agrees(text string) bool { return t.Known && slices.Contains(t.Was, text) }

// Judged reports whether the question itself says how its answer is found.
func (q *Question) Judged() bool {
	return q.answer != nil || slices.ContainsFunc(q.Options, func(o Option) bool { return o.claim != nil })
}

// Truth says what the answer is, as far as it can be told.
func (q *Question) Truth(f Facts) Truth {
	switch {
	case q.answer == nil && q.Judged():
		return q.ofClaims(&f)
	case q.answer == nil:
		return Truth{}
	case q.answer.fact == "":
		return Truth{Known: true, Was: []string{q.answer.text}}
	case q.Kind == Order:
		return q.ofOrder(&f)
	case counts[q.answer.fact] != nil:
		return q.counted(&f)
	}
	value, ok := f.here(q.answer.fact)
	if !ok {
		return Truth{}
	}
	return Truth{Known: true, Was: []string{q.told(value)}}
}

// counted is the answer that a search tells.
func (q *Question) counted(f *Facts) Truth {
	t := Truth{All: true, Partly: true}
	if f.Found == nil || !f.complete() {
		return t
	}
	if value := counts[q.answer.fact](f.Found); value != "" {
		t.Known, t.Was = true, []string{q.told(value)}
	}
	return t
}

// told is a fact as an answer has it: the number or option that was meant, or itself.
func (q *Question) told(value string) string {
	if a, ok := q.Read(value); ok && !a.Passed() {
		return a.Text
	}
	return value
}

// ofClaims finds the options whose claims are true. Where none is, the one option
// without a claim means: none of the others. If there are several, any of them may be it.
func (q *Question) ofClaims(f *Facts) (t Truth) {
	var silent []string
	unknown := false
	for _, o := range q.Options {
		if o.claim == nil {
			silent = append(silent, o.Text)
			continue
		}
		t.All = t.All || o.claim.searched()
		switch j := o.claim.judge(f); {
		case !j.known:
			unknown, t.Partly = true, t.Partly || j.partly
		case j.holds:
			t.Was, t.Token = append(t.Was, o.Text), j.token
		case t.Token == "":
			t.Token = j.token
		}
	}
	switch {
	case len(t.Was) == 0 && (unknown || len(silent) > 1):
		t.Token = ""
		return t
	case len(t.Was) == 0 && len(silent) == 1:
		t.Was = silent
	}
	t.Known = true
	return t
}

// ofOrder is the order in which the options are lines of what was printed. Lines that
// were not printed have no place.
func (q *Question) ofOrder(f *Facts) Truth {
	printed, ok := f.here(q.answer.fact)
	lines := linesOf(printed)
	type placed struct{ option, at int }
	var all []placed
	for i, o := range q.Options {
		at := slices.IndexFunc(lines, func(s string) bool { return strings.TrimSpace(s) == o.Text })
		ok = ok && at >= 0
		all = append(all, placed{i, at})
	}
	if !ok {
		return Truth{}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at - b.at })
	var numbers []string
	for _, p := range all {
		numbers = append(numbers, strconv.Itoa(p.option+1))
	}
	return Truth{Known: true, Was: []string{strings.Join(numbers, " ")}}
}
