package found

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// outcomeRow is one outcome.
type outcomeRow struct {
	look     look
	sign     string
	value    string // on one line, shortened
	whole    string // all of it, "" if value is
	empty    bool   // value is our words, not the program's
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

// chooseRows takes the most frequent outcomes, but at least one for each way to end: a
// deadlock must not be left out because it is one of a thousand.
func (f *found) chooseRows(r *model.Result, outcomes []model.Outcome) {
	slices.SortStableFunc(outcomes, func(a, b model.Outcome) int { return f.of(&b).Cmp(f.of(&a)) })
	keep, left, seen := make([]bool, len(outcomes)), mostOutcomes, map[model.Status]bool{}
	take := func(wanted func(o *model.Outcome) bool) {
		for i := range outcomes {
			if o := &outcomes[i]; left > 0 && !keep[i] && wanted(o) {
				keep[i], seen[o.Status] = true, true
				left--
			}
		}
	}
	take(func(o *model.Outcome) bool { return !seen[o.Status] })
	take(func(*model.Outcome) bool { return true })
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
func (f *found) row(r *model.Result, o *model.Outcome) outcomeRow {
	row := outcomeRow{
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
func looks(s model.Status) (look, string) {
	switch s {
	case model.OK:
		return looksFine, "■"
	case model.CutOff:
		return looksCut, "✂"
	case model.Limit, model.Interrupted:
		return looksCut, "⋯"
	}
	return looksBad, "✖"
}

func (f *found) many(n *big.Int) string {
	switch f.by {
	case byInterleavings:
		return words.FoundInterleavings(grouped(n), grouped(f.whole))
	case byExecutions:
		return words.FoundInClasses(grouped(n), grouped(f.whole))
	}
	return words.FoundRuns(grouped(n), grouped(f.whole))
}

// How much of a value is shown: so many columns in its row, and so many lines of so
// many columns in the fold.
const (
	valueWidth = 44
	wholeLines = 60
	wholeWidth = 160
)

// say puts a value on one line, and keeps the whole value if that is longer.
func (row *outcomeRow) say(o *model.Outcome, asked bool) {
	value := printed(o)
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

// printed is everything that an outcome printed. What went to standard error comes
// last, with a line that says so.
func printed(o *model.Outcome) string {
	value := strings.TrimRight(o.Value, "\n")
	if o.Stderr == "" {
		return value
	}
	if value != "" {
		value += "\n"
	}
	return value + words.FoundToStderr + strings.TrimRight(o.Stderr, "\n")
}

// mainEnds reports whether main returned; the values are evaluated there.
func mainEnds(s model.Status) bool { return s == model.OK || s == model.CutOff || s == model.Leak }

// shorten cuts a value to the columns of its row.
func (row *outcomeRow) shorten(value string) {
	row.value = words.Plain(abridged(value, valueWidth), valueWidth)
	if row.printed {
		row.value = words.FoundPrints(row.value)
	}
}

// leastShare is how many columns of a line say something.
const leastShare = 10

// abridged cuts the long lines of a value, if it has few, so that all of them begin in a
// row of so many columns: what differs is often in the last.
func abridged(value string, width int) string {
	lines := strings.Split(value, "\n")
	left := width - (len(lines) - 1) // what a line end takes
	if words.Plain(value, width) == value || left/len(lines) < leastShare {
		return value
	}
	for n, i := range byLength(lines) { // what a short line leaves is for the longer ones
		lines[i] = words.Plain(lines[i], left/(len(lines)-n))
		left -= words.Width(lines[i])
	}
	return strings.Join(lines, "\n")
}

// byLength are the places of lines, the shortest first.
func byLength(lines []string) []int {
	places := make([]int, len(lines))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(words.Width(lines[a]), words.Width(lines[b])) })
	return places
}

// tellApart shows outcomes that begin alike from where they differ.
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

// common is the length of the longest common beginning of two texts, in bytes.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// back returns the beginning of a word a little before a place in a text.
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

// length is the length of a row's bar: the row's share of the whole track, and at least
// the least length that can be seen.
func (f *found) length(row *outcomeRow, track, least int) int {
	if row.count.Sign() <= 0 || f.whole.Sign() <= 0 {
		return 0
	}
	n := new(big.Int).Mul(row.count, big.NewInt(int64(track)))
	return min(max(int(n.Quo(n, f.whole).Int64()), least), track)
}
