package run

import (
	"regexp"
	"strconv"
	"strings"

	"threading101/kernel/model"
)

// raced is one report of Go's race detector as it stands on stderr:
//
//	==================
//	WARNING: DATA RACE
//	Read at 0x0000006aabd8 by goroutine 9:
//	  main.f()
//	      FILE:LINE +0x74
//
//	Previous write at 0x0000006aabd8 by main goroutine:
//	  …
//
//	Goroutine 9 (running) created at:
//	  main.main()
//	      FILE:LINE +0x56
//	==================
//
// The detector's goroutine numbers are its own, not those of a crash.
type raced struct {
	access [2]access // in the order of time: the "previous" one first
}

// access is one side of a report.
type access struct {
	write     bool
	address   uint64
	goroutine int     // the detector's number; 0 is main, -1 unknown
	stack     []Frame // the learner's calls, innermost first
	created   *Frame  // nil for main and where it is not known
}

var (
	accessHead = regexp.MustCompile(`^(Previous )?(?i:atomic )?(Read|read|Write|write) (?:of size \d+ )?at 0x([0-9a-f]+) by (?:goroutine (\d+)|(main) goroutine):`)
	createHead = regexp.MustCompile(`^Goroutine (\d+) \(.*\) created at:`)
)

// racedOf takes a report apart; false if it is not one with two places.
func racedOf(text string, locate func(string, int, int) model.Pos) (r raced, ok bool) {
	sides := 0
	for block := range strings.SplitSeq(text, "\n\n") {
		block = strings.TrimPrefix(strings.TrimLeft(block, "=\n"), "WARNING: DATA RACE\n")
		lines := strings.Split(block, "\n")
		if m := accessHead.FindStringSubmatch(lines[0]); m != nil && sides < 2 {
			a := access{write: strings.EqualFold(m[2], "write"), goroutine: -1, stack: framesOf(lines[1:], locate)}
			a.address, _ = strconv.ParseUint(m[3], 16, 64)
			if m[4] != "" {
				a.goroutine, _ = strconv.Atoi(m[4])
			} else if m[5] != "" {
				a.goroutine = 0
			}
			r.access[sides] = a
			sides++
			continue
		}
		if m := createHead.FindStringSubmatch(lines[0]); m != nil {
			id, _ := strconv.Atoi(m[1])
			r.setCreated(id, framesOf(lines[1:], locate))
		}
	}
	r.access[0], r.access[1] = r.access[1], r.access[0]
	return r, sides == 2 && len(r.access[0].stack) > 0 && len(r.access[1].stack) > 0
}

func (r *raced) setCreated(id int, stack []Frame) {
	for i := range r.access {
		if r.access[i].goroutine == id && len(stack) > 0 {
			r.access[i].created = &stack[0]
		}
	}
}

// framesOf reads the calls of one stack and leaves out what is hidden.
func framesOf(lines []string, locate func(string, int, int) model.Pos) []Frame {
	var frames []Frame
	for i := 0; i+1 < len(lines); i++ {
		place := lines[i+1]
		if !strings.HasPrefix(lines[i], "  ") || !strings.HasPrefix(place, "      ") {
			continue
		}
		i++
		if f := frameOf(strings.TrimSpace(lines[i-1]), place, locate); !hidden(f) {
			frames = append(frames, f)
		}
	}
	return frames
}

// place returns where the learner's own code made the access: the innermost
// call in package main, or else the innermost call.
func (a *access) place() Frame {
	for _, f := range a.stack {
		if strings.HasPrefix(f.Func, "main.") {
			return f
		}
	}
	return a.stack[0]
}
