package rt

import (
	"runtime"
	"weak"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// Go0 … Go8R3, GoV1 … GoV8R3 (generated): go f(a, b) becomes
//
//	if run := rt.Go2(site, f)(a, b); run != nil { go run() }
//
// so that Go evaluates and converts the arguments as ever, before the new
// goroutine is known to anyone. None is copied into its caller: each copy of the
// functions in it is compiled anew whenever a cell is run.

// launch is what all of them have in common. It stands apart, and is never copied
// into its callers: these are compiled anew for each program.
//
//go:noinline
func launch(s uint32, first record.Value, f func()) func() {
	if record.Ring == nil {
		return f
	}
	g := control.Spawn(s)
	return g.Body(func() {
		defer g.Leave(s)
		g.EnterWith(s, first)
		f()
		g.Returned()
	})
}

// nothing is the first argument of a function that has none.
var nothing = record.Value{Flags: event.FlagNoValue}

// Goexit is runtime.Goexit.
func Goexit(s uint32) {
	if control.Active != nil {
		g := control.Active.Enter()
		g.Exit, g.Exiting = s, true
		if g.ID == record.MainID && running == 0 {
			control.Active.Ended(g, event.Goexit, s) // in an init: nobody else would say so
		}
		control.Active.Backend.Goexit()
	} else if record.Ring != nil {
		control.Spawned{G: record.Current()}.ExitAt(s)
	}
	runtime.Goexit()
}

// Gosched is runtime.Gosched.
func Gosched(s uint32) {
	if control.Active != nil {
		goschedControlled(control.Active, s)
		return
	}
	if record.Ring != nil {
		record.Note(event.Gosched, 0, s, 0, 0)
	}
	runtime.Gosched()
}

func goschedControlled(c *control.Scheduler, s uint32) {
	g := c.Enter()
	c.Point(g, event.Gosched, s, nil)
	c.Note(g, event.Gosched, 0, s, nil, 0)
	g.Read(0, uint32(c.Changes))
	runtime.Gosched()
	c.Leave(g)
}

// standardProcs is what a controlled run says of the machine: it is the same run
// on every machine.
const standardProcs = 4

// NumGoroutine is runtime.NumGoroutine. Of a controlled run it counts who is under
// control, and others only where some were met: one that has ended takes a while
// to be gone, and how long is not the program's.
func NumGoroutine() int {
	if control.Active == nil {
		return runtime.NumGoroutine()
	}
	g := control.Active.Enter()
	control.Active.Point(g, event.NumGoroutine, 0, nil)
	control.Active.Observer.Counts(g)
	g.Read(0, uint32(control.Active.Changes))
	n := control.CountGoroutines(control.Active)
	control.Active.Leave(g)
	return n
}

// NumCPU is runtime.NumCPU.
func NumCPU() int {
	if control.Active != nil {
		return standardProcs
	}
	return runtime.NumCPU()
}

// GOMAXPROCS is runtime.GOMAXPROCS. In a controlled run one goroutine runs at a
// time whatever it says.
func GOMAXPROCS(n int) int {
	if control.Active == nil {
		return runtime.GOMAXPROCS(n)
	}
	old := control.Active.Library.Procs
	if old == 0 {
		old = standardProcs
	}
	if n > 0 {
		control.Active.Library.Procs = n
	}
	return old
}

// GoNamed offers a name for the goroutine that go statement s starts next, "visit
// https://…", or only the text where what is empty. It returns the text.
func GoNamed[S ~string](s, rank uint32, what string, name S) S {
	if naming := namesGoroutines(); naming && what != "" {
		record.OfferName(s, rank, what+" "+string(name))
	} else if naming {
		record.OfferName(s, rank, string(name))
	}
	return name
}

// GoNumbered offers a name that ends in a number: "Worker 3".
func GoNumbered[N integer](s, rank uint32, what string, n N) N {
	if namesGoroutines() {
		record.OfferName(s, rank, what+" "+record.Decimal(n))
	}
	return n
}

// Called notes which variable of the learner's was given a value: "anna".
func Called[T any](value *T, variable string) {
	if value != nil && namesGoroutines() {
		record.NameValue(weak.Make(value), variable)
	}
}

// GoCalled offers the name of the variable that was given a value as one for the
// goroutine that go statement s starts next; what goes before it.
func GoCalled[T any](s, rank uint32, what string, value *T) {
	if value == nil || !namesGoroutines() {
		return
	}
	if name := record.ValueName(weak.Make(value)); name != "" {
		GoNamed(s, rank, what, name)
	}
}

// namesGoroutines says whether anybody will read the names.
func namesGoroutines() bool {
	return record.Ring != nil && (control.Active == nil || !control.Active.Quiet)
}
