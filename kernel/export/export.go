package export

import (
	"fmt"
	"go/format"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// mostLegs is how often a run may change hands: beyond that nobody reads the file.
const mostLegs = 5000

// Program is what is to be written: a file of source, and what is known of the program
// that it was built to.
type Program struct {
	Name  string // of the file, as in the sites
	Title string // what it is called in the text that is written
	Text  []byte
	Sites []event.Site
}

// File writes the program so that it takes the way of a run, whose token is told in it.
// The error may be an [Error].
func File(p Program, ex *model.Execution) ([]byte, error) {
	if err := fits(ex); err != nil {
		return nil, err
	}
	s, err := read(p.Name, p.Text, p.Sites)
	if err != nil {
		return nil, err
	}
	legs := legsOf(ex, s)
	if len(legs) > mostLegs {
		return nil, &Error{words.ExportLong(len(legs))}
	}
	if s.fault != nil {
		return nil, s.fault
	}
	return write(newWeaver(s, legs), legs, ex, p.Title)
}

// fits says what there is in a run that no program can be made to do.
func fits(ex *model.Execution) error {
	switch {
	case ex.Dropped > 0 || ex.Skipped > 0:
		return &Error{words.ExportDropped}
	case ex.Status == model.Limit || ex.Status == model.Interrupted:
		return &Error{words.ExportCutOff}
	case slices.ContainsFunc(ex.Events, asksDatabase):
		return &Error{words.ExportDatabase}
	}
	return nil
}

func asksDatabase(e model.Event) bool { return event.Table[e.Op].By == event.ByStatement }

// write weaves, and puts the helper below.
func write(w *weaver, legs []leg, ex *model.Execution, title string) ([]byte, error) {
	w.maps = mapsOf(ex, w.source)
	made := w.look(ex)
	w.weave()
	choices := w.choices(made)
	names := namesOf(ex)
	newcomers := w.starts(ex, names)
	if w.fault != nil {
		return nil, w.fault
	}
	text := words.ExportHead(title, ex.Token) + "\n" + string(w.apply()) + w.help(ex.Token, legs, names, newcomers, choices)
	out, err := format.Source([]byte(text))
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, text)
	}
	return out, nil
}

// look finds out what the source does not tell: what is a condition, and which case each
// select took.
func (w *weaver) look(ex *model.Execution) (made []choiceMade) {
	for i := range ex.Events {
		e := &ex.Events[i]
		switch {
		case e.Op == event.Select:
			if p := w.place(e.Site); p != nil {
				made = append(made, choiceMade{p, e.Value})
			}
		case e.Op == event.CondWant:
			w.conds[w.place(e.Site)] = true
		}
	}
	return made
}

// namesOf are the names of the goroutines, each another.
func namesOf(ex *model.Execution) (names []string) {
	seen := map[string]int{}
	for _, g := range ex.Goroutines {
		seen[g.Name]++
		if n := seen[g.Name]; n > 1 {
			names = append(names, fmt.Sprintf("%s (%d)", g.Name, n))
			continue
		}
		names = append(names, g.Name)
	}
	return names
}
