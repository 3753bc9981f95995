package report

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// ReplayError is the name of a failure to have a run again.
const ReplayError = "ReplayError"

// Replay reports a token, at a line of a cell, that cannot be replayed. Nothing
// has been run. A line of the message that begins with "hint:" is a hint.
func Replay(at model.Pos, message string, hints []string, source Source) *Report {
	p := &page{source: source}
	message, hint, _ := strings.Cut(message, "\nhint: ")
	p.line(part{bold, Place(at)}, part{plain, ": "}, part{bold, message})
	p.quote(at, 0)
	p.hint(hint)
	for _, h := range hints {
		p.hint(h)
	}
	return p.report(ReplayError, Place(at)+": "+message)
}

// Strayed reports a replay that was not the token's run, and how the program
// ended if it failed on top of that.
func Strayed(at model.Pos, message string, o *run.Result, source Source) *Report {
	p := &page{source: source}
	p.line(part{bold, Place(at)}, part{plain, ": "}, part{bold, message})
	p.quote(at, 0)
	if r := Failed(o, source); r != nil {
		p.gap()
		p.lines = append(p.lines, r.Traceback...)
	}
	return p.report(ReplayError, Place(at)+": "+message)
}

// stopHints say what to try where the scheduler ended a run.
var stopHints = map[event.Stop]string{
	event.StopSteps:  words.ReportStepsHint,
	event.StopSpin:   words.ReportSpinHint,
	event.StopBusy:   words.ReportBusyHint,
	event.StopReplay: words.ReportReplayHint,
}

// stopped reports an end that the scheduler made.
func stopped(o *run.Result, source Source) *Report {
	p := &page{source: source}
	value := reasonOf(o)
	name := LimitReached
	if o.Stop == event.StopReplay {
		name = ReplayError
	}
	p.line(part{bold, value})
	p.lanes(o.Execution, model.WasCutOff)
	p.hint(stopHints[o.Stop])
	return p.report(name, value)
}

// reasonOf is the sentence that says why the run ended.
func reasonOf(o *run.Result) string {
	switch {
	case o.LimitHit != "":
		return o.LimitHit
	case o.Execution != nil && words.Reason(o.Execution) != "":
		return words.Reason(o.Execution)
	}
	return words.ReportStop
}
