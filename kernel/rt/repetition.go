package rt

import (
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
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
	repetition = &repeated{spec: spec, mem: record.Ring}
	record.Ring = nil
}

// run makes the runs, each of them of main. One alone is recorded, of many only what they come to.
func (r *repeated) run(main func()) {
	first := newFiber(record.MainID)
	ctl = begin(r.spec, &r.hold, first)
	record.Ring = r.mem // after ctl: a goroutine left over from the first initialisation must not record as if nobody scheduled
	*record.Word(record.Ring, event.OffControl) = event.IsControlled
	ctl.quiet = r.spec.Repeat > 1 || r.spec.Search != ""
	body := func() {
		record.Adopt(&ctl.running.G)
		main()
	}
	r.hold.before = runtime.NumGoroutine()
	began := record.Nanotime()
	if r.spec.Search != "" {
		r.search(body)
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
	*record.Word(record.Ring, event.OffRunTime) = uint64(record.Nanotime() - began)
	r.conclude()
}

// search makes the runs that a search asks for.
func (r *repeated) search(body func()) {
	if newSearcher == nil {
		refuse(noSearch)
	}
	if ctl.spec.Steps == sched.DefaultSteps {
		ctl.spec.Steps = sched.SearchSteps
	}
	k := newSearcher(ctl, r.spec)
	ctl.spec.Seed = 0 // random numbers are those of a replay
	ctl.follow(k)
	go k.watch()
	r.hold.before++
	for first := true; k.more(); first = false {
		if !first {
			ctl.reset(0)
			ctl.restart()
		}
		k.begins()
		r.once(body)
		r.sum()
	}
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
	*record.Word(record.Ring, event.OffG) = record.MainID
	main := c.newG(record.MainID)
	main.begun = true
	c.dying = false
	c.join(main)
	c.running = main
}

// sum adds a run to what is told of all of them.
func (r *repeated) sum() {
	*record.Word(record.Ring, event.OffRuns)++
	*record.Word(record.Ring, event.OffRunSteps) += ctl.steps
	h := record.Word(record.Ring, event.OffRunHash)
	*h = (*h ^ ctl.hash) * 0x9e3779b97f4a7c15
	e := &r.hold.ended
	switch {
	case e.failed:
		*record.Word(record.Ring, event.OffRunPanics)++
	case e.stop == event.StopDeadlock:
		*record.Word(record.Ring, event.OffRunDeadlocks)++
	case e.stop != event.NotStopped:
		*record.Word(record.Ring, event.OffRunStops)++
	}
}

// conclude ends the process as a single run ended; of many, in peace.
func (r *repeated) conclude() {
	e := &r.hold.ended
	switch {
	case r.spec.Repeat > 1 || r.spec.Search != "":
	case e.failed:
		ctl, record.Ring, record.Larger, record.Clock = nil, nil, nil, nil
		panic(e.panics)
	case e.stop != event.NotStopped:
		baton{}.stop(ctl, e.stop)
	case e.exit:
		syscall.Exit(e.code)
	}
	ctl, record.Ring, record.Larger, record.Clock = nil, nil, nil, nil
}
