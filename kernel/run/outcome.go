package run

import (
	"strings"
	"syscall"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// conclude fills in the outcome, now that the program has ended and everything
// it wrote has been read.
func (r *Run) conclude(p *pump) {
	r.mu.Lock()
	o := r.outcome
	o.Exit, o.Took = exitStatus(r.proc.status), r.took
	o.Interrupted = r.interrupted.Load()
	o.LimitHit = r.limit
	o.ReadStdin = r.inputEnded
	stuck := r.stuck
	if r.killer != nil {
		r.killer.Stop()
	}
	r.mu.Unlock()

	r.crash(p, stuck)
	r.readControl()
	o.Stdout, o.Stderr = p.to.cap.beginning(stdout), p.to.cap.beginning(stderr)
	r.record(p.races())
}

// crash decides whether what is held of stderr is a crash, and takes it apart.
func (r *Run) crash(p *pump, stuck bool) {
	o := r.outcome
	sure := p.filter.sure()
	text := p.filter.finish(func(text []byte, at stage) bool { return sure || r.died(text, at) })
	switch {
	case text != nil:
		o.Crash = crashOf(string(text), r.locate)
		o.Crash.AtLeast = sure
		if sure {
			o.Exit = crashStatus
		}
	case r.proc.status.Signaled() && !o.Interrupted && o.LimitHit == "":
		o.Crash = &Crash{Kind: KindSignal, Message: r.proc.status.Signal().String()}
	}
	if stuck {
		o.Crash = asDeadlock(o.Crash)
		o.Exit = crashStatus
	}
}

// crashStatus is the exit status that Go's runtime ends a crashed program with.
const crashStatus = 2

// died says whether a program whose stderr ends with this text ended by it.
// The runtime lists no goroutines if there are none left, or if it was told
// not to.
func (r *Run) died(text []byte, at stage) bool {
	s := r.proc.status
	aborted := s.Signaled() && s.Signal() == syscall.SIGABRT
	if !aborted && !(s.Exited() && s.ExitStatus() == crashStatus) {
		return false
	}
	level := variable(r.spec.Env, "GOTRACEBACK")
	return at == inDump || level == "none" || level == "0" || strings.HasPrefix(string(text), "fatal error: ")
}

// asDeadlock makes a deadlock, as Go would have said it, of the list of
// goroutines that a stuck program was made to write.
func asDeadlock(c *Crash) *Crash {
	if c == nil || c.Kind != KindSignal {
		c = &Crash{}
	}
	c.Kind, c.Message = KindDeadlock, words.AllAsleep
	return c
}

// races takes the race detector's reports apart.
func (p *pump) races() []raced {
	var all []raced
	for _, text := range p.filter.reports {
		if r, ok := racedOf(string(text), p.locate); ok {
			all = append(all, r)
		}
	}
	return all
}

// status derives how the run ended. What a recording alone can tell, that main
// cut others off, package trace finds out.
func (r *Run) status() (model.Status, string) {
	o := r.outcome
	switch {
	case o.LimitHit != "":
		return model.Limit, o.LimitHit
	case o.Interrupted:
		return model.Interrupted, words.InterruptedByYou
	case o.Crash != nil && o.Crash.Kind == KindDeadlock:
		return model.Deadlock, firstLine(o.Crash.Message)
	case r.proc.status.Signaled() && o.Crash != nil && o.Crash.Kind == KindSignal:
		return model.Exited, words.KilledReason(o.Crash.Message)
	case o.Crash != nil:
		return model.Panicked, lastPanic(o.Crash.Message)
	case o.Stop == event.StopPrompt:
		return model.Waiting, ""
	case o.Stop == event.StopAsked:
		return model.Asked, ""
	case o.Exit != 0 && !(r.spec.Mode == model.RaceDetector && o.Exit == raceStatus):
		return model.Exited, words.ExitReason(o.Exit)
	}
	return model.OK, ""
}

// raceStatus is the exit status of a program that ended well but for races.
const raceStatus = 66

// lastPanic is the value of the panic that nobody recovered: the last of those
// that Go lists, each begun while the one before it was on its way.
func lastPanic(message string) string {
	last := firstLine(message)
	for line := range strings.Lines(message) {
		if value, ok := strings.CutPrefix(line, "panic: "); ok {
			last = firstLine(value)
		}
	}
	return strings.TrimSuffix(last, " [recovered, repanicked]")
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// locate is Spec.Locate, or else the place as it is.
func (r *Run) locate(file string, line, col int) model.Pos {
	if r.spec.Locate == nil {
		return model.Pos{File: file, Line: line}
	}
	return r.spec.Locate(file, line, col)
}

// exitStatus is the shell's: 128 + the number of the signal that ended it.
func exitStatus(s syscall.WaitStatus) int {
	if s.Signaled() {
		return 128 + int(s.Signal())
	}
	return s.ExitStatus()
}
