package seat

import (
	"encoding/json"
	"slices"

	"threading101/kernel/room/wire"
)

// mostKept is how many notes are kept, the oldest go first.
const mostKept = 300

// log has what was told, for a room that has not heard it yet. It belongs to who holds the
// seat's mutex.
type log struct {
	list   []entry
	count  int
	tokens []string // of the runs that were told, the latest at the end
}

// mostTokens is of how many runs the room may ask for the picture.
const mostTokens = 200

// entry is a note; a later one with the same key takes its place.
type entry struct {
	key   string
	count int
	note  wire.Note
	heard bool
}

// put notes something.
func (l *log) put(n wire.Note) {
	if !n.Clean() {
		return
	}
	if n.Token != "" {
		l.tokens = append(l.tokens, n.Token)
		l.tokens = l.tokens[max(0, len(l.tokens)-mostTokens):]
	}
	key := keyOf(&n)
	l.list = slices.DeleteFunc(l.list, func(e entry) bool { return e.key == key })
	l.count++
	l.list = append(l.list, entry{key: key, count: l.count, note: n})
	l.list = l.list[max(0, len(l.list)-mostKept):]
}

// keyOf tells notes apart of which a room must hear each: the first answer of each round,
// each order, the last result of each check, and where the learner is now.
func keyOf(n *wire.Note) string {
	same := *n
	switch n.Kind {
	case wire.At:
		return "at"
	case wire.Run:
		same.Token, same.Shows = "", nil
	case wire.Check:
		same.Verdicts = slices.Clone(n.Verdicts)
		for i, v := range same.Verdicts {
			same.Verdicts[i] = wire.Verdict{Property: v.Property}
		}
	}
	text, err := json.Marshal(same)
	if err != nil {
		panic(err) // it holds texts and numbers only
	}
	return string(text)
}

// batch is what is to be told next: as much as fits into one request.
func (l *log) batch() (notes []wire.Note, counts []int) {
	size := 2
	for _, e := range l.list {
		if e.heard {
			continue
		}
		text, err := json.Marshal(e.note)
		if size += len(text) + 1; err != nil || len(notes) == wire.MostNotes || len(notes) > 0 && size > wire.MostBody {
			break
		}
		notes, counts = append(notes, e.note), append(counts, e.count)
	}
	return notes, counts
}

// heard notes that the room has heard a batch.
func (l *log) heard(counts []int) {
	for i := range l.list {
		if slices.Contains(counts, l.list[i].count) {
			l.list[i].heard = true
		}
	}
}

// again has everything told once more.
func (l *log) again() {
	for i := range l.list {
		l.list[i].heard = false
	}
}

// told reports whether the room was told of the run of a token.
func (l *log) told(token string) bool {
	return slices.Contains(l.tokens, token)
}
