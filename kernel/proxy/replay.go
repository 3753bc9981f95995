package proxy

import (
	"errors"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// readToken reads a token that stands in a line of the cell.
func (e *execution) readToken(text string, line int) (sched.Token, *failure) {
	token, err := sched.ParseToken(text)
	switch {
	case errors.Is(err, sched.ErrVersion):
		return token, e.refuseAt(line, words.TokenVersion(token.Version, sched.TokenVersion))
	case err != nil:
		return token, e.refuseAt(line, words.TokenMangled(text))
	}
	return token, nil
}

// refuse says why the cell's token is not replayed. Nothing has been run then.
func (e *execution) refuse(message string, hints ...string) *failure {
	return e.refuseAt(e.orders.Line("replay"), message, hints...)
}

func (e *execution) refuseAt(line int, message string, hints ...string) *failure {
	return failed(report.Replay(model.Pos{Cell: e.number, Line: line}, message, hints, e.p.memory))
}

// replay is the course of a run that repeats another. Code that is not the
// token's is not run, unless that is what was asked for: the same decisions in
// another program are another run.
func (e *execution) replay(built build.Result) (course, *failure) {
	token := *e.orders.token
	c := course{mode: model.Controlled, token: &token, other: token.Code != built.Code}
	if c.other && !e.orders.Lenient {
		message := words.TokenOtherCode("%replay -lenient " + e.orders.Replay)
		if past, ok := e.p.runs.ofToken(token.String()); ok {
			return course{}, e.refuse(message, words.ReplayKnown(past.number))
		}
		return course{}, e.refuse(message)
	}
	spec := token.Spec
	spec.Lenient = e.orders.Lenient
	c.control = &spec
	return c, nil
}

// notes is what must be said of a run.
func (e *execution) notes(c course, o *run.Outcome) []string {
	if c.token == nil || o.Parted < 0 || !c.other {
		return append([]string{c.note}, o.Notes...)
	}
	past, known := e.p.runs.ofToken(c.token.String())
	if !known || o.Execution == nil {
		return append([]string{c.note}, o.Notes...)
	}
	before := e.aligned(past.run, past.number, o.Execution, e.number)
	parts := words.Difference(trace.Compare(before, o.Execution), before, o.Execution)
	return []string{c.note, words.LenientFrom, parts} // tells more than the trail in the token
}

// strayed reports that a replay of the same code was not the token's run. The
// scheduler did its part, so something else decided.
func (e *execution) strayed(c course, o *run.Outcome) *failure {
	if c.token == nil || c.other || e.orders.Lenient || o.Parted < 0 || o.Interrupted {
		return nil
	}
	at := model.Pos{Cell: e.number, Line: e.orders.Line("replay")}
	return failed(report.Strayed(at, sentences(o.Notes), o, e.p.memory))
}
