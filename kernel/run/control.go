package run

import (
	"encoding/binary"
	"path/filepath"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// controlVariable tells the scheduler in the program what to do.
const controlVariable = ours + "CONTROL"

// folderVariable tells package rtfile in the program where it is to work.
const folderVariable = ours + "FOLDER"

// notParted is Result.Parted of a replay that is the token's run.
const notParted = -1

// orders is the program's T101_CONTROL, "" for none. The race detector watches
// what really runs side by side.
func (s *Spec) orders() string {
	if s.Control == nil || !s.Record || s.Mode == model.RaceDetector {
		return ""
	}
	return s.Control.String()
}

// header returns a word of the recording's header, 0 if nothing was recorded.
func (r *Run) header(off int) uint64 {
	if r.ring == nil || word(r.ring, event.OffMagic) != event.Magic {
		return 0
	}
	return word(r.ring, off)
}

func word(mem []byte, off int) uint64 { return binary.NativeEndian.Uint64(mem[off:]) }

// controlled says whether the program is, or was, under the control of a
// scheduler of ours.
func (r *Run) controlled() bool { return r.header(event.OffControl) == event.IsControlled }

// mode is under which scheduler the program really ran.
func (r *Run) mode() model.Mode {
	switch {
	case r.controlled():
		return model.Controlled
	case r.spec.Mode == model.Controlled:
		return model.Real
	}
	return r.spec.Mode
}

// readControl fills in what the scheduler left in the recording's header.
func (r *Run) readControl() {
	o := r.outcome
	o.Parted = notParted
	if r.spec.orders() == "" {
		return
	}
	if r.header(event.OffControl) == event.CannotControl {
		o.Notes = append(o.Notes, words.NotControllable)
	}
	if o.Controlled = r.controlled(); !o.Controlled {
		return
	}
	o.Steps, o.Stop, o.Loose = r.header(event.OffSteps), event.Stop(r.header(event.OffStop)), event.Loose(r.header(event.OffLoose))
	o.Hash = r.header(event.OffHash)
	o.Repeated = r.repeated()
	trail := r.trail()
	if r.spec.Code != "" && r.spec.Control.Then != sched.ThenSeed {
		o.Token = sched.Token{Code: r.spec.Code, Spec: r.decided(), Trail: trail}.String()
	}
	if r.spec.ReplayOf != nil {
		o.Parted = sched.Parted(r.spec.ReplayOf.Trail, trail, o.Steps)
		if note := r.compared(trail); note != "" {
			o.Notes = append(o.Notes, note)
		}
	}
	if o.LimitHit == "" {
		o.LimitHit = r.stopped(nil)
	}
}

// decided is what decided the run, for its token: whether main returns behind the last
// prompt says nothing of a program without prompts.
func (r *Run) decided() sched.Spec {
	s := *r.spec.Control
	s.Ends = s.Ends && slices.ContainsFunc(r.spec.Sites, func(s event.Site) bool { return s.Prompt > 0 })
	return s
}

// trail returns the trail of the run. One that was ended from outside, at
// whatever moment, has none that another run could have; nor has one that ended because
// nobody had decided what is next.
func (r *Run) trail() []byte {
	if r.outcome.Interrupted || r.outcome.LimitHit != "" || r.outcome.Stop == event.StopAsked {
		return nil
	}
	return sched.Trail(r.ring[event.OffTrail:event.OffTrail+event.TrailSize], r.outcome.Steps, r.header(event.OffHash))
}

// compared says how a replay compares with what was replayed, "" if it is the
// same run of the same code.
func (r *Run) compared(trail []byte) string {
	o, token := r.outcome, r.spec.ReplayOf
	other := token.Code != r.spec.Code
	switch {
	case o.Stop == event.StopReplay:
		return "" // said as the reason of its end
	case o.Parted >= 0 && other:
		return words.TokenRunOther(o.Parted)
	case o.Parted >= 0:
		return words.TokenRunParted(o.Parted, r.uncontrolled())
	case !other:
		return ""
	case len(token.Trail) == 0 || len(trail) == 0:
		return words.TokenRunUnknown
	}
	return words.TokenRunSame
}

// uncontrolled lists what of the run was not controlled.
func (r *Run) uncontrolled() (list []string) {
	if len(r.spec.Uncontrolled) > 0 {
		list = append(list, words.UncontrolledInside(r.spec.Uncontrolled))
	}
	list = append(list, r.spec.Gaps()...)
	for bit := event.Loose(1); bit <= r.outcome.Loose && bit != 0; bit <<= 1 {
		if text := words.UncontrolledMet(bit); r.outcome.Loose&bit != 0 && text != "" {
			list = append(list, text)
		}
	}
	return list
}

// stopped says why the scheduler ended the run, "" if it did not, or if it did
// as Go would have. Who it was and where is known once the recording was read.
func (r *Run) stopped(x *model.Execution) string {
	who, place := "", ""
	if x != nil {
		if g := x.Stopped.G; g >= 0 && g < len(x.Goroutines) {
			who = x.Goroutines[g].Name
		}
		if p := x.Stopped.Pos; p.Line > 0 {
			place = words.ReportPlace(p.Cell, filepath.Base(p.File), p.Line)
		}
	}
	switch o := r.outcome; o.Stop {
	case event.StopSteps:
		return words.StepLimit(who, place, o.Steps)
	case event.StopSpin:
		return words.SpinLimit(who, place)
	case event.StopBusy:
		return words.BusyLimit(who, place)
	case event.StopReplay:
		return words.ReplayMisfit(who, place, o.Steps)
	}
	return ""
}

// label writes on an execution how it was decided.
func (r *Run) label(x *model.Execution) {
	o := r.outcome
	if !o.Controlled {
		if r.spec.orders() != "" && r.header(event.OffControl) == event.CannotControl {
			x.Uncontrolled = append(x.Uncontrolled, words.NotControllable)
		}
		return
	}
	x.Seed, x.Token, x.Clock = r.spec.Control.Seed, o.Token, r.spec.Control.Clock.String()
	if reason := r.stopped(x); reason != "" && x.Status == model.Limit && x.Reason == r.stopped(nil) {
		x.Reason, o.LimitHit = reason, reason
	}
	x.Uncontrolled = append(x.Uncontrolled, r.uncontrolled()...)
}
