package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/event"
)

// racesOf plays what goroutines 0 to 3 do, one after another, and returns the pairs
// of places in the list that race. Each is goroutine, operation, object:
//
//	r w      reads, writes a variable
//	ar aw    the same, atomically, and synchronises
//	bump     adds atomically and does not look
//	rel acq  releases, acquires; rrel: as a reader, racq: as one; wacq: as a writer
//	put      releases, in place of all that was released before
//	s v      sends, receives over a channel with room for two values; s1 v1: for one
//	both     meets goroutine OBJECT; tell: lets it know
//	lib      is in a library
func racesOf(t *testing.T, text string) (found []string) {
	t.Helper()
	var r Races
	r.Found = func(a, b, _ uint32) { found = append(found, fmt.Sprint(a, "-", b)) }
	r.reset(8)
	r.spawn(-1)
	for i, part := range strings.Split(text, ",") {
		var p, o int
		var op string
		if _, err := fmt.Sscan(part, &p, &op, &o); err != nil {
			t.Fatalf("%q: %v", part, err)
		}
		r.play(t, p, op, o, uint32(i+1))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (r *Races) play(t *testing.T, p int, op string, o int, site uint32) {
	object := uint32(o)
	switch op {
	case "go":
		r.spawn(p)
	case "r", "w":
		r.Access(p, object, op == "w", false, site)
	case "ar", "aw":
		r.Access(p, object, op == "aw", true, site)
		r.Acquire(p, object, event.HandWriters)
		if op == "aw" {
			r.Release(p, object, event.HandWriters)
		}
	case "bump":
		r.Bump(p, object, site)
		r.Release(p, object, event.HandWriters)
	case "rel":
		r.Release(p, object, event.HandWriters)
	case "acq":
		r.Acquire(p, object, event.HandWriters)
	case "put":
		r.Replace(p, object, event.HandValue)
	case "rrel":
		r.Release(p, object, event.Table[event.RUnlock].Gives)
	case "racq":
		r.Acquire(p, object, event.Table[event.RLock].Takes)
	case "wacq":
		r.Acquire(p, object, event.Table[event.Lock].Takes)
	case "s", "s1":
		r.Sent(p, object, map[string]int{"s": 2, "s1": 1}[op])
	case "v", "v1":
		r.Received(p, object)
	case "both":
		r.Both(p, o)
	case "tell":
		r.Tell(p, o)
	case "lib":
		r.Library(p)
	default:
		t.Fatalf("what is %s?", op)
	}
}

func TestRaces(t *testing.T) {
	for name, c := range map[string]struct{ ops, want string }{
		"two writes":     {"0 go 1, 0 w 1, 1 w 1", "2-3"},
		"two reads":      {"0 go 1, 0 r 1, 1 r 1", ""},
		"read and write": {"0 go 1, 0 r 1, 1 w 1", "2-3"},
		"two variables":  {"0 go 1, 0 w 1, 1 w 2", ""},
		"one goroutine":  {"0 w 1, 0 w 1, 0 r 1", ""},
		"before go":      {"0 w 1, 0 go 1, 1 w 1", ""},
		"one that was started does not know what came after": {"0 go 1, 0 w 1, 0 go 2, 1 r 1, 2 r 1", "2-4"},

		"a lock":                {"0 go 1, 0 acq 5, 0 w 1, 0 rel 5, 1 acq 5, 1 w 1, 1 rel 5", ""},
		"two locks":             {"0 go 1, 0 acq 5, 0 w 1, 0 rel 5, 1 acq 6, 1 w 1, 1 rel 6", "3-6"},
		"after the lock":        {"0 go 1, 0 acq 5, 0 rel 5, 0 w 1, 1 acq 5, 1 w 1, 1 rel 5", "4-6"},
		"one side has the lock": {"0 go 1, 0 w 1, 1 acq 5, 1 w 1, 1 rel 5", "2-4"},

		"a writer after a reader":      {"0 go 1, 0 w 1, 0 rrel 5, 1 wacq 5, 1 w 1", ""},
		"a reader after a reader":      {"0 go 1, 0 w 1, 0 rrel 5, 1 racq 5, 1 w 1", "2-5"},
		"a reader after a writer":      {"0 go 1, 0 w 1, 0 rel 5, 1 racq 5, 1 r 1", ""},
		"what is put over it is gone":  {"0 go 1, 0 go 2, 0 w 1, 0 rel 5, 1 put 5, 2 acq 5, 2 r 1", "3-7"},
		"what is put is what it knows": {"0 go 1, 0 go 2, 0 w 1, 0 rel 5, 1 acq 5, 1 put 5, 2 acq 5, 2 r 1", ""},

		"sent before it is received": {"0 go 1, 0 w 1, 0 s 5, 1 v 5, 1 r 1", ""},
		"written after it is sent":   {"0 go 1, 0 s 5, 0 w 1, 1 v 5, 1 r 1", "3-5"},
		"another value":              {"0 go 1, 0 s 5, 0 w 1, 0 s 5, 1 v 5, 1 r 1", "3-6"},
		"received makes room":        {"0 go 1, 0 s1 5, 1 w 1, 1 v1 5, 0 s1 5, 0 w 1", ""},
		"there was room":             {"0 go 1, 0 s 5, 1 w 1, 1 v 5, 0 s 5, 0 w 1", "3-6"},
		"an unbuffered channel":      {"0 go 1, 0 w 1, 0 both 1, 1 r 1", ""},
		"its sender learns as well":  {"0 go 1, 1 w 1, 0 both 1, 0 r 1", ""},
		"woken":                      {"0 go 1, 0 w 1, 0 tell 1, 1 r 1", ""},
		"who wakes does not learn":   {"0 go 1, 1 w 1, 0 tell 1, 0 r 1", "2-4"},
		"who was in a library":       {"0 go 1, 0 w 1, 0 lib 0, 1 lib 0, 1 w 1", ""},
		"only one was in a library":  {"0 go 1, 0 w 1, 0 lib 0, 1 w 1", "2-4"},

		"atomics":                          {"0 go 1, 0 aw 1, 1 aw 1, 1 ar 1, 0 aw 1", ""},
		"atomic and plain":                 {"0 go 1, 0 aw 1, 1 r 1", "2-3"},
		"behind an atomic":                 {"0 go 1, 0 w 1, 0 aw 2, 1 ar 2, 1 r 1", ""},
		"a load publishes nothing":         {"0 go 1, 0 w 1, 0 ar 2, 1 ar 2, 1 r 1", "2-5"},
		"two who do not look":              {"0 go 1, 0 w 1, 0 bump 2, 1 bump 2, 1 w 1", "2-5"},
		"who looks at what they added":     {"0 go 1, 0 w 1, 0 bump 2, 1 ar 2, 1 w 1", ""},
		"who does not look at a plain one": {"0 go 1, 0 go 2, 0 w 1, 0 bump 1, 1 bump 1, 2 bump 1", "3-5 3-6"},
		"read again before a race":         {"0 go 1, 0 go 2, 0 w 1, 0 rel 5, 1 acq 5, 1 r 1, 2 r 1", "3-7"},

		"three that are not ordered":       {"0 go 1, 0 go 2, 0 w 1, 1 w 1, 2 w 1", "3-4 3-5 4-5"},
		"two readers and a writer":         {"0 go 1, 0 go 2, 0 r 1, 1 r 1, 2 w 1", "3-5 4-5"},
		"writer, then two readers":         {"0 go 1, 0 go 2, 0 w 1, 1 r 1, 2 r 1", "3-4 3-5"},
		"a reader of each kind":            {"0 go 1, 0 go 2, 0 w 1, 1 ar 1, 2 aw 1", "3-4 3-5"},
		"two places of one goroutine":      {"0 go 1, 0 w 2, 0 w 1, 0 r 1, 1 w 1", "3-5 4-5"},
		"a write stands for all before it": {"0 go 1, 0 r 1, 0 w 1, 1 w 1", "3-4"},
	} {
		if got := strings.Join(racesOf(t, c.ops), " "); got != c.want {
			t.Errorf("%s: %q races, not %q", name, got, c.want)
		}
	}
}

// A run knows nothing of the run before.
func TestRacesReset(t *testing.T) {
	found := 0
	r := Races{Found: func(_, _, _ uint32) { found++ }}
	for range 3 {
		r.reset(4)
		r.spawn(-1)
		r.Access(0, 1, true, false, 1)
		r.Sent(0, 2, 1)
		r.Release(0, 3, event.HandWriters)
		r.spawn(0)
		r.Access(1, 1, true, false, 2)
	}
	if found != 0 {
		t.Errorf("%d races", found)
	}
}
