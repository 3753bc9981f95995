package trace

import (
	"fmt"
	"strings"
	"testing"

	"threading101/kernel/event"
)

// A story is a controlled run in a few words: one event a line, "who op object
// value", in order. Its lines are numbered from 1, and so are its places. "go A"
// starts a goroutine named A.
//
//	main go A
//	A store x 1
//
// "cond-want c mu" names the Cond's lock, "recv ch closed" finds it closed.
func story(t *testing.T, text string) *Execution {
	t.Helper()
	x := storyLog(t, text)
	if err := Validate(x); err != nil {
		t.Fatalf("not valid: %v\n%s", err, text)
	}
	return x
}

func storyLog(t *testing.T, text string) *Execution {
	t.Helper()
	s := teller{numbers: map[string]uint32{"main": 1}, addrs: map[string]uint64{}, children: map[string]uint64{}, sites: []event.Site{{}}}
	status := OK
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 2 && words[0] == "status":
			status = Status(words[1])
			s.sites = append(s.sites, event.Site{})
			continue
		case len(words) < 2:
			t.Fatalf("line %d: %q", i+1, line)
		}
		if err := s.tell(append(words, "", "")); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
	}
	s.log.Count, s.log.Goroutines = uint64(len(s.log.Entries)), uint32(len(s.numbers))
	return s.log.Execution(s.sites, Options{Mode: Controlled, Status: status})
}

type teller struct {
	log      Log
	sites    []event.Site
	numbers  map[string]uint32
	addrs    map[string]uint64
	children map[string]uint64
}

func (s *teller) tell(w []string) error {
	who, object, value := w[0], w[2], w[3]
	op, ok := event.Parse(w[1])
	if !ok {
		return fmt.Errorf("no operation %q", w[1])
	}
	s.sites = append(s.sites, event.Site{Op: op, Line: len(s.sites), Object: object, Kind: event.KindInt})
	e := Entry{Op: op, G: s.number(who), Site: uint32(len(s.sites) - 1)}
	fmt.Sscan(value, &e.Aux)
	switch {
	case op == event.Go:
		s.children[who]++
		e.Obj, e.Aux = s.children[who], uint64(s.number(object))
		s.add(e)
		e = Entry{Op: event.Name, G: s.number(object), Site: e.Site, Flags: event.FlagText, Text: object}
	case op == event.CondWant || op == event.CondWait:
		e.Obj, e.Aux = s.addr(object), s.addr(value)
	case op == event.Print:
		e.Flags, e.Text = event.FlagText, object
	case object != "" && object != "nil":
		e.Obj = s.addr(object)
	}
	if value == "closed" {
		e.Flags |= event.FlagClosed
	}
	s.add(e)
	return nil
}

func (s *teller) add(e Entry) {
	e.N = uint64(len(s.log.Entries) + 1)
	s.log.Entries = append(s.log.Entries, e)
}

func (s *teller) number(name string) uint32 {
	if s.numbers[name] == 0 {
		s.numbers[name] = uint32(len(s.numbers) + 1)
	}
	return s.numbers[name]
}

func (s *teller) addr(name string) uint64 {
	if s.addrs[name] == 0 {
		s.addrs[name] = 0x100 + 8*uint64(len(s.addrs))
	}
	return s.addrs[name]
}
