package story

import (
	"fmt"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// Tell makes a run of a few words, for tests: one event a line, "who op object
// value", in the order in which they happened. An event's place is its line of
// the story, or what a last word @7 says. The run is a controlled one, of seed 1.
//
//	main start
//	main go A
//	A start
//	A store x 1
//	main recv done closed
//
// "go A" starts a goroutine of that name; "cond-want c mu" says which lock the
// Cond has; "select-want nil 2" begins to wait in a select of two cases, which
// follow: "case in", "case out sends"; an object "nil" is none, a value "?" not
// recorded, "given" that a library gave the channel; in what is printed _ is a
// blank, as in what is written to a file, or sent to a database, where "?" says that it
// failed; "sql-want db A<COMMIT" waits for A, and "says locks A_account_1" has the
// database say so; "context done parent" makes a context, "context done timed" one with a
// deadline. Some lines are no events: "status deadlock" says how the program ended,
// "mode real" under which scheduler, "uncontrolled" that not all of its code is
// recorded, "cell 3" in which cell, "stop 3 A" that the
// scheduler ended the run at a step of A, for the reason of that number, and
// "judged leak" and "left A waiting" what it says when main has returned.
func Tell(text string) (*model.Execution, error) {
	s := storyteller{
		log: trace.Log{Procs: 2}, sites: []event.Site{{}}, options: trace.Options{Mode: model.Controlled, Status: model.OK},
		numbers: map[string]uint32{"main": mainNumber}, addrs: map[string]uint64{}, children: map[string]uint64{},
	}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if err := s.line(strings.Fields(line)); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	s.log.Count, s.log.Goroutines = uint64(len(s.log.Entries)), uint32(len(s.numbers))
	s.options.Locate = func(file string, line, col int) model.Pos { return model.Pos{Cell: s.cell, File: file, Line: line} }
	x := s.log.Execution(s.sites, s.options)
	if x.Mode == model.Controlled {
		x.Seed, x.Clock, x.Token = 1, "virtual", "t1-abcde-1-0000-zz"
	}
	return x, nil
}

// mainNumber is the number of main in a recording.
const mainNumber = 1

type storyteller struct {
	log      trace.Log
	sites    []event.Site
	options  trace.Options
	cell     int
	t        int64
	numbers  map[string]uint32 // of goroutines
	addrs    map[string]uint64 // of objects
	children map[string]uint64 // how many, by goroutine
}

func (s *storyteller) line(w []string) error {
	s.sites = append(s.sites, event.Site{Line: len(s.sites), Kind: event.KindInt})
	if n := len(w); n > 0 && w[n-1][0] == '@' {
		if _, err := fmt.Sscan(w[n-1][1:], &s.sites[len(s.sites)-1].Line); err != nil {
			return err
		}
		w = w[:n-1]
	}
	w = append(w, "", "", "", "")
	switch w[0] {
	case "":
		return nil
	case "status":
		s.options.Status = model.Status(w[1])
		return nil
	case "mode":
		s.options.Mode = model.Mode(w[1])
		return nil
	case "cell":
		_, err := fmt.Sscan(w[1], &s.cell)
		return err
	case "uncontrolled":
		s.options.Outside = true
		return nil
	case "judged":
		return parseLine(&s.log, "judged "+w[1])
	case "left":
		return parseLeft(&s.log, fmt.Sprintf("g%d %s", s.number(w[1]), w[2]))
	case "stop":
		_, err := fmt.Sscan(w[1], &s.log.Stop)
		s.log.StopSite, s.log.StopG = uint32(len(s.sites)-1), s.number(w[2])
		return err
	}
	return s.tell(w[0], w[1], w[2], w[3])
}

func (s *storyteller) tell(who, does, object, value string) error {
	op, ok := event.Parse(does)
	if !ok {
		return fmt.Errorf("there is no operation %q", does)
	}
	site := &s.sites[len(s.sites)-1]
	site.Op, site.Object = op, object
	e := trace.Entry{Op: op, G: s.number(who), Site: uint32(len(s.sites) - 1), T: s.t}
	var n int64
	fmt.Sscan(value, &n)
	e.Aux = uint64(n)
	switch {
	case op == event.Go:
		s.children[who]++
		e.Obj, e.Aux = s.children[who], uint64(s.number(object))
		s.add(e)
		e = trace.Entry{Op: event.Name, G: s.number(object), Site: e.Site, Flags: event.FlagText, Text: object, T: s.t}
	case op == event.Context && value != "" && value != "timed":
		e.Obj, e.Aux = s.addr(object), s.addr(value)
	case op == event.Part: // of the access in the line before
		e.Site, e.Obj, e.Aux = e.Site-1, s.addr(object), s.addr(value)
	case op == event.CondWant || op == event.CondWait:
		e.Obj, e.Aux = s.addr(object), s.addr(value)
	case op == event.Print:
		e.Flags, e.Text = event.FlagText, strings.ReplaceAll(object, "_", " ")+"\n"
	case event.Table[op].Class == event.ClassFile:
		e.Obj, e.Flags, e.Text = s.addr(object), event.FlagText, strings.ReplaceAll(strings.Trim(value, "?"), "_", " ")
	case op == event.StatementWant || op == event.Statement:
		text, failed := strings.CutSuffix(value, "?")
		e.Obj, e.Flags, e.Text = s.addr(object), event.FlagText, strings.ReplaceAll(text, "_", " ")
		if failed {
			e.Flags |= event.FlagFailed
		}
		if who, sent, _ := strings.Cut(e.Text, "<"); op == event.StatementWant {
			e.Text = fmt.Sprint(s.number(who), " ", sent)
		}
	case op == event.Says:
		who, what, _ := strings.Cut(value, "_")
		e.Flags, e.Text = event.FlagText, strings.TrimSpace(fmt.Sprint(object, " ", s.number(who), " ", strings.ReplaceAll(what, "_", " ")))
	case op == event.Value:
		e.Flags, e.Text = event.FlagText, strings.ReplaceAll(object, "_", " ")
	case op == event.False:
		fmt.Sscan(object, &e.Obj)
		e.Flags, e.Text = event.FlagText, strings.ReplaceAll(value, `\n`, "\n")
	case op == event.Enter || op == event.Leave:
		fmt.Sscan(object, &e.Aux)
	case op == event.Sleep:
		fmt.Sscan(object, &e.Aux)
		s.t += int64(e.Aux)
	case object != "" && object != "nil":
		e.Obj = s.addr(object)
	}
	switch value {
	case "closed":
		e.Flags |= event.FlagClosed
	case "?":
		e.Flags |= event.FlagNoValue
	case "case":
		e.Flags |= event.FlagNoValue | event.FlagSelect
	case "sends":
		e.Flags |= event.FlagSends
	case "given":
		site.Given = true
	case "timed":
		e.Flags |= event.FlagTimed
	}
	s.add(e)
	return nil
}

func (s *storyteller) add(e trace.Entry) {
	e.N = uint64(len(s.log.Entries) + 1)
	s.log.Entries = append(s.log.Entries, e)
}

func (s *storyteller) number(name string) uint32 {
	if s.numbers[name] == 0 {
		s.numbers[name] = uint32(len(s.numbers) + 1)
	}
	return s.numbers[name]
}

func (s *storyteller) addr(name string) uint64 {
	if s.addrs[name] == 0 {
		s.addrs[name] = 0x100 + 8*uint64(len(s.addrs))
	}
	return s.addrs[name]
}
