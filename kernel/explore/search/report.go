package search

import "threading101/kernel/explore/wire"

// report writes what was found: a later message about the same outcome replaces the
// earlier.
type report struct {
	write func([]byte)
	line  []byte
}

func (r *report) send(m wire.Message) {
	r.line = m.Append(r.line[:0])
	r.write(r.line)
}

func (r *report) outcome(id int, o *outcome, interleavings string) {
	r.send(wire.Outcome{
		ID: id, Status: o.status, Value: o.value, Stderr: o.stderr, Values: o.values, Marks: o.marks,
		Classes: o.classes, Runs: o.runs, Interleavings: interleavings,
		Switches: len(o.best.Switches), Preemptions: o.best.Preemptions, Schedule: o.best.Switches,
	})
}

// probes tells how many runs made at random ended so. It is not told of none that
// never had any.
func (r *report) probes(id int, o *outcome) {
	if o.probes > 0 {
		r.send(wire.Probes{Outcome: id, Runs: o.probes})
	}
}
