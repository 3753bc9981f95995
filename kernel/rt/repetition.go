package rt

import (
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/sched"
)

// repetition is what is to be done once main is called: nil if main is to run.
var repetition *repeated

// repeated is a number of runs in one process.
type repeated struct {
	spec sched.Spec
	mem  unsafe.Pointer // of the recording
	hold coroutines
}

// prepare puts all off until main is called: whatever goes on before is done
// again in each run.
func prepare(spec sched.Spec) {
	repetition = &repeated{spec: spec, mem: ring}
	ring = nil
}

// run makes the runs. One alone is recorded, of many only what they come to.
func (r *repeated) run(main func(), anew []func()) {
	first := newFiber(mainID)
	ctl = begin(r.spec, &r.hold, first)
	ring = r.mem // after ctl: a goroutine left over from the first initialisation must not record as if nobody scheduled
	*word(ring, event.OffControl) = event.IsControlled
	ctl.quiet = r.spec.Repeat > 1 || r.spec.Search != ""
	body := func() {
		adopt(&ctl.running.routine)
		Anew(anew)
		main()
	}
	r.hold.before = runtime.NumGoroutine()
	began := nanotime()
	if r.spec.Search != "" {
		r.seek(body)
		r.conclude()
		return
	}
	for i := range max(r.spec.Repeat, 1) {
		if i > 0 {
			ctl.reset(r.spec.Seed + i)
			ctl.restart()
		}
		r.once(body)
		r.sum()
	}
	*word(ring, event.OffRunTime) = uint64(nanotime() - began)
	r.conclude()
}

// once makes one run.
func (r *repeated) once(body func()) {
	g := ctl.running
	r.hold.ended = result{}
	r.hold.body(g, body)
	r.hold.drive(ctl, g)
}

// inputRewinds says whether the standard input is a file.
var inputRewinds = sync.OnceValue(func() bool {
	_, err := syscall.Seek(0, 0, 1)
	return err == nil
})

// restart makes a new main the running goroutine, which reads its input from the
// beginning where that is a file.
func (c *control) restart() {
	if inputRewinds() {
		syscall.Seek(0, 0, 0)
	}
	*word(ring, event.OffG) = mainID
	main := c.newG(mainID)
	main.begun = true
	c.dying = false
	c.join(main)
	c.running = main
}

// sum adds a run to what is told of all of them.
func (r *repeated) sum() {
	*word(ring, event.OffRuns)++
	*word(ring, event.OffRunSteps) += ctl.steps
	h := word(ring, event.OffRunHash)
	*h = (*h ^ ctl.hash) * 0x9e3779b97f4a7c15
	e := &r.hold.ended
	switch {
	case e.failed:
		*word(ring, event.OffRunPanics)++
	case e.stop == event.StopDeadlock:
		*word(ring, event.OffRunDeadlocks)++
	case e.stop != event.NotStopped:
		*word(ring, event.OffRunStops)++
	}
}

// conclude ends the process as a single run ended; of many, in peace.
func (r *repeated) conclude() {
	e := &r.hold.ended
	switch {
	case r.spec.Repeat > 1 || r.spec.Search != "":
	case e.failed:
		ctl, ring, larger, clock = nil, nil, nil, nil
		panic(e.panics)
	case e.stop != event.NotStopped:
		baton{}.stop(ctl, e.stop)
	case e.exit:
		syscall.Exit(e.code)
	}
	ctl, ring, larger, clock = nil, nil, nil, nil
}
