package control

import (
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
	"threading101/kernel/sched"
)

// ToRepeat is what is to be done once main is called: nil if main is to run.
var ToRepeat *Repetition

// Repetition is a number of runs in one process.
type Repetition struct {
	Spec sched.Spec
	Mem  unsafe.Pointer // of the recording
	hold coroutines
}

// prepare puts all off until main is called: whatever goes on before is done
// again in each run.
func prepare(spec sched.Spec) {
	ToRepeat = &Repetition{Spec: spec, Mem: record.Ring}
	record.Ring = nil
}

// Run makes the runs, each of them of main. One alone is recorded, of many only what they come to.
func (r *Repetition) Run(main func()) {
	first := newControlled(record.MainID)
	Active = begin(r.Spec, &r.hold, first)
	record.Ring = r.Mem // after ctl: a goroutine left over from the first initialisation must not record as if nobody scheduled
	*record.Word(record.Ring, event.OffControl) = event.IsControlled
	Active.Quiet = r.Spec.Repeat > 1 || r.Spec.Search != ""
	body := func() {
		record.Adopt(&Active.Running.G)
		main()
	}
	r.hold.before = runtime.NumGoroutine()
	began := record.Nanotime()
	if r.Spec.Search != "" {
		r.search(body)
		r.conclude()
		return
	}
	for i := range max(r.Spec.Repeat, 1) {
		if i > 0 {
			Active.reset(r.Spec.Seed + i)
			Active.restart()
		}
		r.once(body)
		r.sum()
	}
	*record.Word(record.Ring, event.OffRunTime) = uint64(record.Nanotime() - began)
	r.conclude()
}

// search makes the runs that a search asks for.
func (r *Repetition) search(body func()) {
	if newSearcher == nil {
		refuse(noSearch)
	}
	if Active.Spec.Steps == sched.DefaultSteps {
		Active.Spec.Steps = sched.SearchSteps
	}
	k := newSearcher(Active, r.Spec)
	Active.Spec.Seed = 0 // random numbers are those of a replay
	Active.follow(k)
	go k.Watch()
	r.hold.before++
	for first := true; k.More(); first = false {
		if !first {
			Active.reset(0)
			Active.restart()
		}
		k.Begins()
		r.once(body)
		r.sum()
	}
}

// once makes one run.
func (r *Repetition) once(body func()) {
	g := Active.Running
	r.hold.ended = Result{}
	r.hold.body(g, body)
	r.hold.drive(Active, g)
}

// inputRewinds says whether the standard input is a file.
var inputRewinds = sync.OnceValue(func() bool {
	_, err := syscall.Seek(0, 0, 1)
	return err == nil
})

// restart makes a new main the running goroutine, which reads its input from the
// beginning where that is a file.
func (c *Scheduler) restart() {
	if inputRewinds() {
		syscall.Seek(0, 0, 0)
	}
	*record.Word(record.Ring, event.OffG) = record.MainID
	main := c.newG(record.MainID)
	main.begun = true
	c.Dying = false
	c.join(main)
	c.Running = main
}

// sum adds a run to what is told of all of them.
func (r *Repetition) sum() {
	*record.Word(record.Ring, event.OffRuns)++
	*record.Word(record.Ring, event.OffRunSteps) += Active.Steps
	h := record.Word(record.Ring, event.OffRunHash)
	*h = (*h ^ Active.hash) * 0x9e3779b97f4a7c15
	e := &r.hold.ended
	switch {
	case e.Failed:
		*record.Word(record.Ring, event.OffRunPanics)++
	case e.Stop == event.StopDeadlock:
		*record.Word(record.Ring, event.OffRunDeadlocks)++
	case e.Stop != event.NotStopped:
		*record.Word(record.Ring, event.OffRunStops)++
	}
}

// conclude ends the process as a single run ended; of many, in peace.
func (r *Repetition) conclude() {
	e := &r.hold.ended
	switch {
	case r.Spec.Repeat > 1 || r.Spec.Search != "":
	case e.Failed:
		Active, record.Ring, record.Larger, record.Clock = nil, nil, nil, nil
		panic(e.panics)
	case e.Stop != event.NotStopped:
		baton{}.stop(Active, e.Stop)
	case e.Exit:
		syscall.Exit(e.Code)
	}
	Active, record.Ring, record.Larger, record.Clock = nil, nil, nil, nil
}
