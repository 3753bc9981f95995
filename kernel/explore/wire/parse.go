package wire

import (
	"strconv"

	"threading101/kernel/sched"
)

// Parse reads a line without its end.
func Parse(line string) (m Message, ok bool) {
	f := &fields{rest: line, left: true}
	switch f.text() {
	case aProgress:
		m = Progress{Runs: f.number(), Classes: f.number(), Blocked: f.number(), Elapsed: f.number(), Level: f.level()}
	case anOutcome:
		m = Outcome{
			ID: f.number(), Status: f.text(), Value: f.quoted(), Stderr: f.quoted(), Values: f.quoted(), Marks: f.marks(),
			Classes: f.number(), Runs: f.number(), Interleavings: f.digits(),
			Switches: f.number(), Preemptions: f.number(), Schedule: f.schedule(),
		}
	case aProbes:
		m = Probes{Outcome: f.number(), Runs: f.number()}
	case aClass:
		m = Class{Outcome: f.number(), Interleavings: f.digits(), Schedule: f.schedule()}
	case aRace:
		m = Race{A: f.site(), B: f.site(), Object: f.quoted(), Schedule: f.schedule()}
	case aLevel:
		m = f.level()
	case aNote:
		m = Note{Kind: Kind(f.name(kindNames[:])), Site: f.site(), Text: f.quoted()}
	case anEnd:
		m = End{Why: Reason(f.name(reasonNames[:]))}
	default:
		return nil, false
	}
	if f.bad || f.left {
		return nil, false
	}
	return m, true
}

// fields takes a line apart. After the first field that is not what it should be
// it is bad.
type fields struct {
	rest string
	left bool // there is one more: rest, which may be ""
	bad  bool
}

// text is a field that is not empty.
func (f *fields) text() (one string) {
	if f.left {
		one, f.rest, f.left = cut(f.rest, '\t')
	}
	f.good(one != "")
	return one
}

func (f *fields) good(is bool) { f.bad = f.bad || !is }

// cut splits text at the first sep, if there is one.
func cut(text string, sep byte) (before, after string, found bool) {
	for i := range len(text) {
		if text[i] == sep {
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

func (f *fields) number() int {
	n, err := strconv.ParseUint(f.text(), 10, strconv.IntSize-1)
	f.good(err == nil)
	return int(n)
}

func (f *fields) site() uint32 {
	n, err := strconv.ParseUint(f.text(), 10, 32)
	f.good(err == nil)
	return uint32(n)
}

// mostDigits is how long a number of interleavings may be.
const mostDigits = 10_000

func (f *fields) digits() string {
	text := f.text()
	if text == none {
		return ""
	}
	f.good(len(text) <= mostDigits)
	for i := range len(text) {
		f.good('0' <= text[i] && text[i] <= '9')
	}
	return text
}

func (f *fields) quoted() string {
	text, err := strconv.Unquote(f.text())
	f.good(err == nil)
	return text
}

// marks are not empty, each.
func (f *fields) marks() string {
	text := f.text()
	if text == none {
		return ""
	}
	for rest, more := text, true; more; {
		var one string
		one, rest, more = cut(rest, MarkSeparator[0])
		f.good(one != "")
	}
	return text
}

func (f *fields) level() Level {
	l := Level{Name: f.text(), K: f.number()}
	f.good(sched.IsSearch(l.Name))
	return l
}

// name is the place of one of some names, the first of which is none.
func (f *fields) name(names []string) int {
	text := f.text()
	for i, name := range names {
		if name == text && i > 0 {
			return i
		}
	}
	f.good(false)
	return 0
}

func (f *fields) schedule() []sched.Switch {
	text := f.text()
	if text == none {
		return []sched.Switch{}
	}
	all, ok := sched.ParseSwitches(text)
	f.good(ok)
	return all
}
