package search

import (
	"strconv"

	"threading101/kernel/sched"
)

// report writes what was found, a line for each thing, fields separated by tabs:
//
//	progress  RUNS CLASSES BLOCKED NANOSECONDS LEVEL K
//	outcome   ID STATUS VALUE STDERR VALUES MARKS CLASSES RUNS INTERLEAVINGS SWITCHES PREEMPTIONS SCHEDULE
//	probes    OUTCOME-ID RUNS
//	class     OUTCOME-ID INTERLEAVINGS SCHEDULE
//	race      SITE SITE OBJECT SCHEDULE
//	level     LEVEL K
//	note      KIND SITE TEXT
//	end       REASON
//
// Texts are quoted as Go quotes them. A later line of the same outcome replaces
// the earlier.
type report struct {
	write func([]byte)
	line  []byte
}

func (r *report) begin(kind string) { r.line = append(r.line[:0], kind...) }

func (r *report) word(text string) {
	if text == "" {
		text = "-"
	}
	r.line = append(append(r.line, '\t'), text...)
}

func (r *report) text(text string) { r.line = strconv.AppendQuote(append(r.line, '\t'), text) }
func (r *report) number(n int)     { r.line = strconv.AppendInt(append(r.line, '\t'), int64(n), 10) }

func (r *report) end() { r.write(append(r.line, '\n')) }

func (r *report) outcome(id int, o *outcome, interleavings string) {
	r.begin("outcome")
	r.number(id)
	r.word(o.status)
	r.text(o.value)
	r.text(o.stderr)
	r.text(o.values)
	r.word(o.marks)
	r.number(o.classes)
	r.number(o.runs)
	r.word(interleavings)
	r.number(len(o.best.Switches))
	r.number(o.best.Preemptions)
	r.word(sched.FormatSwitches(o.best.Switches))
	r.end()
}

// probes tells how many runs made at random ended so. It is not told of none that
// never had any.
func (r *report) probes(id int, o *outcome) {
	if o.probes == 0 {
		return
	}
	r.begin("probes")
	r.number(id)
	r.number(o.probes)
	r.end()
}

func (r *report) class(c *class, interleavings string) {
	r.begin("class")
	r.number(c.outcome)
	r.word(interleavings)
	r.word(c.schedule)
	r.end()
}

func (r *report) race(p pair, s *Schedule) {
	r.begin("race")
	r.number(int(p.a))
	r.number(int(p.b))
	r.text("")
	r.word(sched.FormatSwitches(s.Switches))
	r.end()
}

func (r *report) level(name string, k int) {
	r.begin("level")
	r.word(name)
	r.number(k)
	r.end()
}

// Note writes something that the learner must know.
func (r *report) note(kind string, site uint32, text string) {
	r.begin("note")
	r.word(kind)
	r.number(int(site))
	r.text(text)
	r.end()
}
