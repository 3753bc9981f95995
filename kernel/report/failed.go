package report

import (
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// raceExit is the status with which Go's race detector ends a program.
const raceExit = 66

// Failed reports how a program failed, nil if it did not.
func Failed(o *run.Result, source Source) *Report {
	switch {
	case o.Interrupted:
		return interrupted(o, source)
	case stopHints[o.Stop] != "":
		return stopped(o, source)
	case o.LimitHit != "":
		return limit(o, source)
	case o.Crash != nil && o.Crash.Kind == run.KindDeadlock:
		return deadlock(o, source)
	case o.Crash != nil:
		return crash(o, source)
	case o.Exit == raceExit && len(o.Races) > 0:
		return races(o, source)
	case o.Exit != 0:
		return exit(o, source)
	}
	return nil
}

func interrupted(o *run.Result, source Source) *Report {
	p := &page{source: source}
	p.line(part{bold, words.ReportInterrupted})
	p.lanes(o.Execution, model.WasCutOff)
	return p.report(Interrupt, words.ReportInterrupted)
}

func limit(o *run.Result, source Source) *Report {
	p := &page{source: source}
	p.line(part{bold, o.LimitHit})
	p.lanes(o.Execution, model.WasCutOff)
	if strings.HasPrefix(o.LimitHit, words.MemoryLimitSign) {
		p.hint(words.MemoryLimitHint)
	}
	return p.report(LimitReached, o.LimitHit)
}

// exit reports a program that ended itself with a status.
func exit(o *run.Result, source Source) *Report {
	p := &page{source: source}
	value := words.ExitReason(o.Exit)
	if at, who, ok := exitEvent(o.Execution); ok {
		value += ", " + Place(at)
		p.line(part{bold, words.ExitReason(o.Exit)}, part{plain, words.ReportExitAt(who, Place(at))})
		p.quote(at, 0)
		p.hint(words.ReportExitHint)
	} else {
		p.line(part{bold, value})
	}
	return p.report(ExitStatus, value)
}

// races reports that the race detector found something.
func races(o *run.Result, source Source) *Report {
	p := &page{source: source}
	value := words.ReportRaces(len(o.Races))
	p.line(part{bold, value})
	for _, r := range o.Races {
		p.gap()
		p.line(part{plain, words.ReportRace(r.Object)})
		for _, a := range []model.Access{r.A, r.B} {
			p.line(part{plain, "  " + words.ReportAccess(a.Goroutine, a.Write) + " "}, part{bold, Place(a.Pos)})
			p.quote(a.Pos, 0)
		}
	}
	p.gap()
	p.hint(words.ReportRaceHint)
	return p.report(DataRace, value)
}

// crash reports a panic or a fatal error.
func crash(o *run.Result, source Source) *Report {
	p := &page{source: source}
	c := o.Crash
	head := headOf(c)
	p.line(part{bold, head})
	value := head
	if len(c.Goroutines) > 0 {
		s := c.Goroutines[0]
		if at, ok := top(s); ok {
			first, _, _ := strings.Cut(head, "\n")
			value = first + " (" + Place(at) + ")"
		}
		p.stack(s, o.Execution)
	}
	p.hint(crashHint(c))
	name := Panic
	if c.Kind != run.KindPanic {
		name = FatalError
	}
	return p.report(name, value)
}
