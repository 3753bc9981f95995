package run

import (
	"bytes"
	"regexp"
	"time"
)

// How much text that looks like a crash is held, and how long while the
// program lives on: it may be the program's own words after all.
const (
	heldCrash   = 1 << 20
	heldLine    = 64 << 10
	messageWait = 250 * time.Millisecond
	dumpWait    = 3 * time.Second
	keptReports = 100

	foreignLines = 50 // so many lines of other goroutines may be in the middle of a crash
)

// stage is what the filter takes the text at hand for.
type stage int

const (
	inText    stage = iota
	inMessage       // of a panic or fatal error: its text, before any goroutine
	inDump          // the goroutines
	inBar           // a line of "=": a race report may follow
	inReport        // a race report
)

// crashFilter separates what the program itself writes to stderr from the crashes
// and race reports that Go's runtime and race detector write there. What could be
// either it holds back, for a bounded time and up to a bounded size; what turns out
// to be the program's is passed on.
type crashFilter struct {
	pass func(b []byte)
	race bool // the program has a race detector

	stage    stage
	line     []byte // the beginning of a line that may matter
	started  bool   // the text passed last did not end a line
	held     []byte // what may be a crash or a report
	released int    // so much of held has been passed on, in doubt
	first    int    // so much of held is a first crash, if a second one follows
	changed  time.Time

	goroutines int // headings seen in the dump
	foreign    int // lines in between that were not the runtime's
	reports    [][]byte
	more       int // reports beyond keptReports
}

var (
	bar     = []byte("==================\n")
	warning = []byte("WARNING: DATA RACE\n")

	runtimeStack = []byte("runtime stack:")
	ownStack     = []byte("runtime/debug.Stack(")
	found        = regexp.MustCompile(`^Found \d+ data race\(s\)\n$`)
)

// feed takes what was read from stderr.
func (s *crashFilter) feed(b []byte, now time.Time) {
	s.changed = now
	for len(b) > 0 {
		line := b
		whole := false
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			line, whole = b[:i+1], true
		}
		b = b[len(line):]
		if len(s.line) > 0 {
			line = append(s.line, line...)
			s.line = nil
		}
		if whole || len(line) > heldLine {
			s.take(line)
		} else {
			s.takePart(line)
		}
	}
}

// takePart takes the beginning of a line. It is shown at once, unless a crash or a
// report may begin with it.
func (s *crashFilter) takePart(line []byte) {
	if s.stage != inText {
		s.line = bytes.Clone(line)
		return
	}
	i := crashBegins(line, s.started)
	if i < 0 && !s.started && mayBegin(line, s.race) {
		i = 0
	}
	if i < 0 {
		s.show(line)
		return
	}
	s.show(line[:i])
	s.line, s.started = bytes.Clone(line[i:]), false
}

// take takes a whole line. A line that does not belong to the crash may come from
// another goroutine, which still runs while the runtime writes: it is shown, after
// a message that may be the program's own, and the rest of the crash is still
// expected.
func (s *crashFilter) take(line []byte) {
	switch {
	case s.stage == inText:
		s.takeText(line)
	case s.stage == inMessage && messageLine(line), s.stage == inDump && dumpLine(line):
		s.hold(line)
	case s.stage == inBar && bytes.Equal(line, warning):
		s.stage = inReport
		s.hold(line)
	case s.stage == inReport:
		s.hold(line)
		if bytes.Equal(line, bar) {
			s.report()
		}
	case s.another(line):
		if s.first == 0 {
			s.first = len(s.held)
		}
		s.stage = inMessage
		s.hold(line)
	case (s.stage == inMessage || s.stage == inDump) && crashBegins(line, s.started) < 0 && s.foreign < foreignLines:
		s.foreign++
		if s.stage == inMessage {
			s.release()
		}
		s.show(line)
	default:
		s.release()
		s.reset()
		s.takeText(line)
	}
}

// another says that a second goroutine panicked while Go was ending the program
// because of the first: both dumps are written, and the first one is reported.
// A stack that the program wrote itself (debug.PrintStack) is no dump.
func (s *crashFilter) another(line []byte) bool {
	return s.stage == inDump && s.released == 0 && crashBegins(line, false) == 0 && !bytes.Contains(s.held, ownStack)
}

// takeText takes a line while nothing is held.
func (s *crashFilter) takeText(line []byte) {
	if i := crashBegins(line, s.started); i >= 0 {
		s.show(line[:i])
		s.stage = inMessage
		s.hold(line[i:])
		return
	}
	switch {
	case s.race && !s.started && bytes.Equal(line, bar):
		s.stage = inBar
		s.hold(line)
	case s.race && !s.started && len(s.reports) > 0 && found.Match(line):
	default:
		s.show(line)
	}
}

// show passes text on.
func (s *crashFilter) show(b []byte) {
	if len(b) > 0 {
		s.pass(b)
		s.started = b[len(b)-1] != '\n'
	}
}

// hold keeps a line of what may be a crash or a report.
func (s *crashFilter) hold(line []byte) {
	// What was released in doubt is followed by more in doubt, up to the first
	// goroutine: then there is little doubt left.
	passing := s.released > 0 && s.released == len(s.held)
	if goroutineHeading.Match(line) {
		s.goroutines++
		passing = passing && s.stage == inDump
		s.stage = inDump
	} else if bytes.HasPrefix(line, runtimeStack) {
		s.stage, passing = inDump, false
	}
	if len(s.held) < heldCrash {
		s.held = append(s.held, line...)
	}
	if passing {
		s.show(line)
		s.released = len(s.held)
	}
	if s.stage == inReport && len(s.held) >= heldCrash {
		s.release()
		s.reset()
	}
}

// report files a finished race report.
func (s *crashFilter) report() {
	if len(s.reports) < keptReports {
		s.reports = append(s.reports, s.held)
		s.held = nil
	} else {
		s.more++
	}
	s.reset()
}

// release passes on what was held, and goes on holding it as a possibility.
func (s *crashFilter) release() {
	s.show(s.held[s.released:])
	s.released = len(s.held)
}

func (s *crashFilter) reset() {
	s.stage, s.held, s.released, s.goroutines = inText, s.held[:0], 0, 0
	s.foreign, s.first = 0, 0
	s.line = nil
}

// sure says that what is held can only be a dump, however it goes on.
func (s *crashFilter) sure() bool {
	return s.stage == inDump && len(s.held) >= heldCrash && s.goroutines > 100
}

// wait returns how long what is held may still be held, negative if nothing is.
func (s *crashFilter) wait(now time.Time) time.Duration {
	if len(s.line) == 0 && s.released == len(s.held) {
		return -1
	}
	most := messageWait
	if s.stage == inDump || s.stage == inReport {
		most = dumpWait
	}
	return max(0, most-now.Sub(s.changed))
}

// settle lets go of what was held too long while the program lived on.
func (s *crashFilter) settle() {
	s.release()
	line := s.line
	s.line = nil
	s.show(line)
}

// other is told that the program wrote to stdout: the mere beginning of a line
// is shown before it, to keep the order. A message or a report is held on: it
// comes in pieces, and other goroutines go on printing meanwhile.
func (s *crashFilter) other() {
	if s.stage == inText && len(s.line) > 0 && crashBegins(s.line, s.started) < 0 && s.line[0] != bar[0] {
		s.settle()
	}
}

// finish ends the text. It returns the crash that ended the program, if what is
// held is one, and passes it on otherwise.
func (s *crashFilter) finish(isCrash func(text []byte, st stage) bool) []byte {
	if len(s.line) > 0 && !s.sure() {
		line := s.line
		s.line = nil
		s.take(line)
	}
	text, at := s.held, s.stage
	if s.first > 0 && s.released == 0 {
		text, at = text[:s.first], inDump
	}
	if (at == inMessage || at == inDump) && isCrash(text, at) {
		return text
	}
	s.release()
	return nil
}

// The beginnings of what Go's runtime says before it ends a program.
var beginnings = [][]byte{
	[]byte("panic: "), []byte("fatal error: "),
	[]byte("runtime: goroutine stack exceeds "), []byte("unexpected fault address "),
	[]byte("SIGABRT: "), []byte("SIGQUIT: "), []byte("SIGSEGV: "), []byte("SIGBUS: "),
	[]byte("SIGFPE: "), []byte("SIGILL: "), []byte("SIGTRAP: "), []byte("SIGSYS: "),
}

// crashBegins returns where in a line a crash may begin, -1 for nowhere: at its
// start, or, for the two commonest, behind what the program wrote without an
// end of line.
func crashBegins(line []byte, started bool) int {
	if !started {
		for _, b := range beginnings {
			if bytes.HasPrefix(line, b) {
				return 0
			}
		}
	}
	for _, b := range beginnings[:2] {
		if i := bytes.Index(line, b); i >= 0 {
			return i
		}
	}
	return -1
}

// mayBegin says whether an unfinished line may become the beginning of
// something that is not the program's own.
func mayBegin(part []byte, race bool) bool {
	for _, b := range beginnings {
		if bytes.HasPrefix(b, part) {
			return true
		}
	}
	return race && (bytes.HasPrefix(bar, part) || bytes.HasPrefix([]byte("Found "), part) || bytes.HasPrefix(part, []byte("Found ")))
}

var (
	goroutineHeading = regexp.MustCompile(`^goroutine \d+ .*\]:\n?$`)
	messageStart     = regexp.MustCompile(`^(\t|\[signal |fatal error: |runtime: |PC=|signal arrived |goroutine \d+ |runtime stack:|\n|$)`)
	dumpStart        = regexp.MustCompile(`^(\t|goroutine \d+ |created by |\.\.\.|runtime stack:|\n|$|r[a-z0-9]+ +0x|[cfg]s +0x|rflags +0x|\[originating from |.*\)\n?$)`)
)

// messageLine says whether a line can follow the beginning of a crash.
func messageLine(line []byte) bool { return messageStart.Match(line) }

// dumpLine says whether a line can stand in a dump of goroutines.
func dumpLine(line []byte) bool {
	return crashBegins(line, false) != 0 && dumpStart.Match(line)
}
