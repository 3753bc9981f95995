package found

import (
	"math/big"
	"slices"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// Type is the MIME type of what an exploration found, as data.
const Type = "application/vnd.threading101.exploration+json"

// Forms are the forms of what an exploration found.
var Forms = ink.Forms[*found]{
	{Name: "text", MIME: "text/plain", Write: (*found).text},
	{Name: "svg", MIME: "image/svg+xml", Write: (*found).svg},
	{Name: "html", MIME: "text/html", Write: (*found).html},
	{Name: "json", MIME: Type, Write: (*found).json},
}

// Bundle returns the MIME bundle of what an exploration found, and
// its metadata; nil without a result.
func Bundle(r *model.Result, p ink.Paper) (data, metadata map[string]any) {
	if r == nil {
		return nil, nil
	}
	return Forms.Bundle(newFound(r), p)
}

// Text returns what an exploration found as text, "" without a result.
func Text(r *model.Result, p ink.Paper) string {
	if r == nil {
		return ""
	}
	return string(newFound(r).text(p))
}

// The bounds of what is shown; the data hold all of it.
const (
	mostOutcomes = 12
	mostRaces    = 8
	mostClasses  = 12 // in text; a fold has room for all that were kept
	mostNotes    = 8
)

// found is what an exploration found, laid out: everything the forms need to
// know, nothing of how they show it.
type found struct {
	result   *model.Result
	complete bool
	head     string
	lines    []string // below it
	by       counting
	whole    *big.Int // the number of all that was counted
	rows     []outcomeRow
	more     string // the outcomes that have no row
	raceHead string
	races    []raceRow
	moreRace string
	classes  classRows
	notes    []string // what was not tried
	meaning  []string
}

// counting is what a result counts its outcomes in.
type counting uint8

const (
	byInterleavings counting = iota
	byExecutions             // complete, but the interleavings were not counted
	byRuns                   // not complete
)

// raceRow is one race; classRow is one class of interleavings.
type raceRow struct{ says, token string }

type classRow struct {
	row   outcomeRow // how it ends
	has   string
	token string
}

// classRows are the classes of all interleavings.
type classRows struct {
	head string // "" if they are not known
	list []classRow
	all  int
}

func newFound(r *model.Result) *found {
	f := &found{result: r, complete: complete(r)}
	outcomes := r.ByEnd()
	f.count(r, outcomes)
	f.sayHead(r, len(outcomes)+r.Omitted)
	f.chooseRows(r, outcomes)
	f.chooseRaces(r)
	f.chooseClasses(r)
	f.sayNotes(r)
	return f
}

// complete reports whether what was found is all there is. It is not if a run was
// stopped, because nobody knows how that run would have ended.
func complete(r *model.Result) bool {
	stopped := func(o model.Outcome) bool { return o.Status == model.Limit || o.Status == model.Interrupted }
	return r.Complete() && !slices.ContainsFunc(r.Outcomes, stopped)
}

// count decides what outcomes are counted in: interleavings wherever all of
// them are known.
func (f *found) count(r *model.Result, outcomes []model.Outcome) {
	uncounted := func(o model.Outcome) bool { return o.Interleavings == nil }
	switch {
	case !f.complete:
		f.by, f.whole = byRuns, big.NewInt(int64(r.Runs))
	case r.Interleavings == nil || slices.ContainsFunc(outcomes, uncounted):
		f.by, f.whole = byExecutions, big.NewInt(int64(r.Classes))
	default:
		f.by, f.whole = byInterleavings, r.Interleavings
	}
}

// of is how often an outcome came, in what they are counted in.
func (f *found) of(o *model.Outcome) *big.Int {
	switch f.by {
	case byInterleavings:
		return o.Interleavings
	case byExecutions:
		return big.NewInt(int64(o.Classes))
	}
	return big.NewInt(int64(o.Runs))
}

func (f *found) sayHead(r *model.Result, outcomes int) {
	switch {
	case r.Runs == 0:
		f.head = words.FoundNothing
	case f.complete && r.Endless:
		f.head = words.FoundAllEndless(r.Classes)
	case f.complete:
		f.head = words.FoundAll(grouped(r.Interleavings), r.Classes)
	case r.Complete():
		f.head = words.FoundEndless(r.Runs)
	case r.Level == model.Exhaustive:
		f.head = beyondHead(r)
	case r.Level == model.Bounded:
		f.head = words.FoundBounded(r.Runs, r.Preemptions)
	default:
		f.head = words.FoundSample(r.Runs)
	}
	if outcomes > 0 {
		f.lines = append(f.lines, words.FoundEnds(outcomes, f.complete))
	}
	if r.Stopped != "" {
		f.lines = append(f.lines, words.FoundStopped(words.Plain(r.Stopped, 300)))
	}
	if r.Runs == 0 {
		return
	}
	f.lines = append(f.lines, words.FoundSize(r.Runs, r.Elapsed, words.Plain(r.Clock, 20)))
}

// mark tells what was tried completely from what was not, also without colours.
func (f *found) mark() string {
	if f.complete {
		return "✔"
	}
	return "◐"
}

// grouped is a number in words, "" if it is not known.
func grouped(n *big.Int) string {
	if n == nil {
		return ""
	}
	return words.Grouped(n.String())
}

func (f *found) chooseRaces(r *model.Result) {
	if len(r.Races) == 0 {
		if r.Runs > 0 {
			f.raceHead = words.FoundNoRace(f.complete)
		}
		return
	}
	f.raceHead = words.FoundRaces(len(r.Races))
	for _, race := range r.Races[:min(len(r.Races), mostRaces)] {
		f.races = append(f.races, raceRow{
			words.FoundRace(words.Plain(race.Object, 40), placeAfter(race.A, model.Pos{}), placeAfter(race.B, race.A)),
			words.Plain(race.Token, 400),
		})
	}
	if n := len(r.Races) - len(f.races); n > 0 {
		f.moreRace = words.FoundMore(n, "data race")
	}
}

// placeAfter is a place in a sentence: shorter if the previous place was in the same
// cell or file, "" if it was the same place.
func placeAfter(pos, before model.Pos) string {
	switch {
	case pos == before && pos.Line > 0:
		return ""
	case pos.Line <= 0:
		return words.FoundSomewhere
	}
	same := before.Line > 0 && pos.Together(before)
	return finding.ExplainPlace(pos, words.Plain(ink.FileName(pos.File), 40), same)
}

func (f *found) chooseClasses(r *model.Result) {
	if !f.complete || r.Classes < 2 || len(r.Parallel) == 0 {
		return
	}
	f.classes.head, f.classes.all = words.FoundClasses(r.Classes, grouped(r.Interleavings)), r.Classes
	for _, c := range r.Parallel {
		class := classRow{has: words.FoundClassHas(grouped(c.Interleavings)), token: words.Plain(c.Token, 400)}
		if c.Outcome >= 0 && c.Outcome < len(r.Outcomes) {
			class.row = f.row(r, &r.Outcomes[c.Outcome])
		}
		f.classes.list = append(f.classes.list, class)
	}
}

// first are the first n classes, and words for the others.
func (c *classRows) first(n int) ([]classRow, string) {
	n = min(n, len(c.list))
	if left := c.all - n; left > 0 {
		return c.list[:n], words.FoundMore(left, "class")
	}
	return c.list[:n], ""
}

func (f *found) sayNotes(r *model.Result) {
	all := r.Untried()
	for i, n := range all {
		if i == mostNotes {
			f.notes = append(f.notes, words.FoundMore(len(all)-i, "note"))
			break
		}
		f.notes = append(f.notes, words.Plain(n, 300))
	}
	if r.Runs == 0 {
		return
	}
	f.meaning = []string{words.FoundMeaning, words.FoundNoOdds}
	if !f.complete {
		f.meaning[1] = words.FoundNoOddsHere
	}
	if r.Level == model.Bounded {
		f.meaning = append(f.meaning, words.FoundPreemption)
	}
	f.meaning = append(f.meaning, words.SeeControlled)
}

// beyondHead says what was held fixed in a search that tried all schedules.
func beyondHead(r *model.Result) string {
	if len(r.Ledger)+len(r.Uncontrolled) > 0 {
		return words.FoundControlled(grouped(r.Interleavings), r.Ledger, r.Uncontrolled)
	}
	return words.FoundFixed(grouped(r.Interleavings), r.Fixed)
}
