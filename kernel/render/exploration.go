package render

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

	"threading101/kernel/exploration"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// ExplorationType is the MIME type of what an exploration found, as data.
const ExplorationType = "application/vnd.threading101.exploration+json"

// ExplorationBundle returns the MIME bundle of what an exploration found, and
// its metadata; nil without a result.
func ExplorationBundle(r *exploration.Result, o Options) (data, metadata map[string]any) {
	if r == nil {
		return nil, nil
	}
	f := newFound(r)
	found, err := json.Marshal(ExplorationJSON(r))
	if err != nil { // only strings and numbers in there
		panic(err)
	}
	return map[string]any{
		"text/plain":    f.text(o.filled()),
		"image/svg+xml": string(f.svg()),
		"text/html":     f.html(),
		ExplorationType: json.RawMessage(found),
	}, map[string]any{}
}

// ExplorationText returns what an exploration found as text.
func ExplorationText(r *exploration.Result, o Options) string {
	if r == nil {
		return ""
	}
	return newFound(r).text(o.filled())
}

// ExplorationSVG returns it as a picture that stands alone as a file.
func ExplorationSVG(r *exploration.Result) []byte {
	if r == nil {
		return nil
	}
	return newFound(r).svg()
}

// ExplorationHTML returns it as a piece of a page, without scripts.
func ExplorationHTML(r *exploration.Result) string {
	if r == nil {
		return ""
	}
	return newFound(r).html()
}

// The bounds of what is shown; the data hold all of it.
const (
	mostOutcomes   = 12
	mostFoundRaces = 8
	mostClasses    = 12 // in text; a fold has room for all that were kept
	mostFoundNotes = 8
)

// found is what an exploration found, laid out: everything the forms need to
// know, nothing of how they show it.
type found struct {
	complete bool
	head     string
	lines    []string // below it
	by       counting
	whole    *big.Int // that the outcomes are counted of
	rows     []foundRow
	more     string // the outcomes that have no row
	raceHead string
	races    []foundRace
	moreRace string
	classes  foundClasses
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

// foundRow is one outcome.
type foundRow struct {
	look     look
	sign     string
	value    string // on one line, shortened
	whole    string // all of it, "" if value is
	empty    bool   // value is words of ours
	printed  bool   // it is what the program printed
	ends     string
	count    *big.Int
	many     string
	switches string
	token    string
	fewest   bool
}

// look is how good an outcome is: colour, texture and sign say it.
type look uint8

const (
	looksFine look = iota
	looksCut       // something is missing: cut off, stopped
	looksBad
)

// foundRace is one race; foundClass is one execution of those that differ.
type foundRace struct{ says, token string }

type foundClass struct {
	row    foundRow // how it ends
	stands string
	token  string
}

// foundClasses are the executions that stand for all interleavings.
type foundClasses struct {
	head string // "" if they are not known
	list []foundClass
	all  int
}

func newFound(r *exploration.Result) *found {
	f := &found{complete: complete(r)}
	outcomes := r.ByEnd()
	f.count(r, outcomes)
	f.sayHead(r, len(outcomes)+r.Omitted)
	f.chooseRows(r, outcomes)
	f.chooseRaces(r)
	f.chooseClasses(r)
	f.sayNotes(r)
	return f
}

// complete says whether what was found is all there is: nobody knows what would
// have become of a run that was stopped.
func complete(r *exploration.Result) bool {
	stopped := func(o exploration.Outcome) bool { return o.Status == trace.Limit || o.Status == trace.Interrupted }
	return r.Complete() && !slices.ContainsFunc(r.Outcomes, stopped)
}

// count decides what outcomes are counted in: interleavings wherever all of
// them are known.
func (f *found) count(r *exploration.Result, outcomes []exploration.Outcome) {
	uncounted := func(o exploration.Outcome) bool { return o.Interleavings == nil }
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
func (f *found) of(o *exploration.Outcome) *big.Int {
	switch f.by {
	case byInterleavings:
		return o.Interleavings
	case byExecutions:
		return big.NewInt(int64(o.Classes))
	}
	return big.NewInt(int64(o.Runs))
}

func (f *found) sayHead(r *exploration.Result, outcomes int) {
	switch {
	case r.Runs == 0:
		f.head = words.FoundNothing
	case f.complete:
		f.head = words.FoundAll(grouped(r.Interleavings), r.Classes)
	case r.Complete():
		f.head = words.FoundEndless(r.Runs)
	case r.Level == exploration.Bounded:
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

// chooseRows takes the most frequent outcomes, but at least one of each way of
// ending: that one of a thousand is a deadlock must not be left out.
func (f *found) chooseRows(r *exploration.Result, outcomes []exploration.Outcome) {
	slices.SortStableFunc(outcomes, func(a, b exploration.Outcome) int { return f.of(&b).Cmp(f.of(&a)) })
	keep, left, seen := make([]bool, len(outcomes)), mostOutcomes, map[trace.Status]bool{}
	take := func(wanted func(o *exploration.Outcome) bool) {
		for i := range outcomes {
			if o := &outcomes[i]; left > 0 && !keep[i] && wanted(o) {
				keep[i], seen[o.Status] = true, true
				left--
			}
		}
	}
	take(func(o *exploration.Outcome) bool { return !seen[o.Status] })
	take(func(*exploration.Outcome) bool { return true })
	for i := range outcomes {
		if keep[i] {
			f.rows = append(f.rows, f.row(r, &outcomes[i]))
		}
	}
	f.tellApart()
	if n := len(outcomes) - len(f.rows) + r.Omitted; n > 0 {
		f.more = words.FoundMore(n, "outcome")
	}
}

// row is one outcome, in words.
func (f *found) row(r *exploration.Result, o *exploration.Outcome) foundRow {
	row := foundRow{
		ends: words.FoundEndings[string(o.Status)], count: f.of(o),
		switches: words.FoundSwitches(o.Switches), token: words.Plain(o.Token, 400), fewest: o.Proven,
	}
	row.look, row.sign = looks(o.Status)
	if row.ends == "" {
		row.ends = words.Plain(string(o.Status), 40)
	}
	row.many = f.many(row.count)
	row.say(o, len(r.Values) > 0)
	return row
}

// looks are the look and the sign of a way of ending; the signs are those of
// the pictures of runs.
func looks(s trace.Status) (look, string) {
	switch s {
	case trace.OK:
		return looksFine, "■"
	case trace.CutOff:
		return looksCut, "✂"
	case trace.Limit, trace.Interrupted:
		return looksCut, "⋯"
	}
	return looksBad, "✖"
}

func (f *found) many(n *big.Int) string {
	switch f.by {
	case byInterleavings:
		return words.FoundInterleavings(grouped(n), grouped(f.whole))
	case byExecutions:
		return words.FoundExecutions(grouped(n), grouped(f.whole))
	}
	return words.FoundRuns(grouped(n), grouped(f.whole))
}

// Of a value, so many columns stand in its row, and so many lines of so many
// columns are there for whoever asks.
const (
	valueWidth = 44
	wholeLines = 60
	wholeWidth = 160
)

// say puts what came out on one line, and keeps the whole where that is more.
func (row *foundRow) say(o *exploration.Outcome, asked bool) {
	value := strings.TrimRight(o.Value, "\n")
	row.printed = o.Values == nil
	switch {
	case value == "" && asked && mainEnds(o.Status):
		row.value, row.empty = words.FoundUnknown, true
		return
	case value == "" && asked:
		row.value, row.empty = words.FoundNoValue, true
		return
	case value == "":
		row.value, row.empty = words.FoundEmpty, true
		return
	}
	row.shorten(value)
	if words.Plain(value, valueWidth) == value {
		return
	}
	var lines []string
	for line := range strings.Lines(value) {
		if len(lines) == wholeLines {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, words.Plain(strings.TrimRight(line, "\r\n"), wholeWidth))
	}
	row.whole = strings.Join(lines, "\n")
}

// mainEnds says whether main came to its end, where values are evaluated.
func mainEnds(s trace.Status) bool { return s == trace.OK || s == trace.CutOff || s == trace.Leak }

// shorten says a value in the columns that it has.
func (row *foundRow) shorten(value string) {
	row.value = words.Plain(value, valueWidth)
	if row.printed {
		row.value = words.FoundPrints(row.value)
	}
}

// tellApart shows of outcomes that begin alike what comes where they part.
func (f *found) tellApart() {
	alike := map[string][]int{}
	for i := range f.rows {
		if f.rows[i].whole != "" {
			alike[f.rows[i].value] = append(alike[f.rows[i].value], i)
		}
	}
	for _, rows := range alike {
		if len(rows) < 2 {
			continue
		}
		from := len(f.rows[rows[0]].whole)
		for _, i := range rows[1:] {
			from = min(from, common(f.rows[rows[0]].whole, f.rows[i].whole))
		}
		for _, i := range rows {
			f.rows[i].shorten("…" + f.rows[i].whole[back(f.rows[i].whole, from):])
		}
	}
}

// common is how many bytes at their beginning two texts have in common.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// back goes back from a place in a text to where a word begins, a little before.
func back(s string, from int) int {
	const before = 12
	if from <= before {
		return 0
	}
	if i := strings.LastIndexAny(s[:from-before], " \n"); i > 0 {
		return i + 1
	}
	return 0
}

// length is how long a row's bar is in a track of that length. It is the share of
// all, never on another scale; what is there at all can be seen.
func (f *found) length(row *foundRow, track, least int) int {
	if row.count.Sign() <= 0 || f.whole.Sign() <= 0 {
		return 0
	}
	n := new(big.Int).Mul(row.count, big.NewInt(int64(track)))
	return min(max(int(n.Quo(n, f.whole).Int64()), least), track)
}

func (f *found) chooseRaces(r *exploration.Result) {
	if len(r.Races) == 0 {
		if r.Runs > 0 {
			f.raceHead = words.FoundNoRace(f.complete)
		}
		return
	}
	f.raceHead = words.FoundRaces(len(r.Races))
	for _, race := range r.Races[:min(len(r.Races), mostFoundRaces)] {
		f.races = append(f.races, foundRace{
			words.FoundRace(words.Plain(race.Object, 40), foundPlace(race.A, trace.Pos{}), foundPlace(race.B, race.A)),
			words.Plain(race.Token, 400),
		})
	}
	if n := len(r.Races) - len(f.races); n > 0 {
		f.moreRace = words.FoundMore(n, "data race")
	}
}

// foundPlace is a place in a sentence, short where the one before was in the same
// cell or file; "" where it is the same.
func foundPlace(pos, before trace.Pos) string {
	switch {
	case pos == before && pos.Line > 0:
		return ""
	case pos.Line <= 0:
		return words.FoundSomewhere
	}
	same := pos.Cell == before.Cell && pos.File == before.File && before.Line > 0
	return words.ExplainPlace(pos.Cell, words.Plain(base(pos.File), 40), pos.Line, same)
}

func (f *found) chooseClasses(r *exploration.Result) {
	if !f.complete || r.Classes < 2 || len(r.Parallel) == 0 {
		return
	}
	f.classes.head, f.classes.all = words.FoundClasses(r.Classes, grouped(r.Interleavings)), r.Classes
	for _, c := range r.Parallel {
		class := foundClass{stands: words.FoundStandsFor(grouped(c.Interleavings)), token: words.Plain(c.Token, 400)}
		if c.Outcome >= 0 && c.Outcome < len(r.Outcomes) {
			class.row = f.row(r, &r.Outcomes[c.Outcome])
		}
		f.classes.list = append(f.classes.list, class)
	}
}

// first are the first n executions, and words for the others.
func (c *foundClasses) first(n int) ([]foundClass, string) {
	n = min(n, len(c.list))
	if left := c.all - n; left > 0 {
		return c.list[:n], words.FoundMore(left, "execution")
	}
	return c.list[:n], ""
}

func (f *found) sayNotes(r *exploration.Result) {
	for i, n := range r.Notes {
		if i == mostFoundNotes {
			f.notes = append(f.notes, words.FoundMore(len(r.Notes)-i, "note"))
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
	if r.Level == exploration.Bounded {
		f.meaning = append(f.meaning, words.FoundPreemption)
	}
}
