package rt

import (
	"runtime"
	"sync"
	"unsafe"

	"threading101/kernel/rt/control"
)

// A program can be run again and again in one process:
//
//	func main() { … }   becomes   func main() { if rt.Repeat(main, anew0) { return }; … }
//
// where anew0 is a function that the instrumenter adds: it gives the package's
// variables the values they have when a program begins. The functions called
// init are found where the runtime finds them. The other packages of the program
// say themselves how they are made anew; see Package.

// Repeat runs main as often as was asked for, each time with new variables, and
// returns true. It returns false where the program is to run once, and within
// each of these runs.
func Repeat(main func(), anew ...func()) bool {
	if control.ToRepeat == nil {
		return false
	}
	r := control.ToRepeat
	control.ToRepeat = nil
	r.Run(func() {
		Anew(anew)
		main()
	})
	return true
}

// Anew makes of the running program one that is about to call main: the
// variables of its packages are as new, and their functions called init have
// run, in the order in which Go does it: what is imported comes first.
func Anew(anew []func()) {
	for _, f := range eachRun {
		f()
	}
	flagsAnew = true
	for _, p := range packages {
		p.anew()
	}
	for _, f := range anew {
		f()
	}
	for _, f := range mainInits() {
		f()
	}
}

// eachRun are what to do at the beginning of each run.
var eachRun []func()

// EachRun has f called at the beginning of each run: it gives to the variables of
// a library, which stay in the process from run to run, the values they have when
// a program begins.
func EachRun(f func()) { eachRun = append(eachRun, f) }

// initTask is what the runtime does to initialise a package: the functions to
// call follow it in memory. (See initTask in runtime/proc.go.)
type initTask struct {
	state uint32
	fns   uint32
}

// mainTask is that of package main. The compiler makes one for each.
//
//go:linkname mainTask main..inittask
var mainTask initTask

// mainInits are the functions of package main that are called init.
var mainInits = sync.OnceValue(func() (fns []func()) {
	for i := range uintptr(mainTask.fns) {
		entry := (*uintptr)(unsafe.Add(unsafe.Pointer(&mainTask), unsafe.Sizeof(mainTask)+i*unsafe.Sizeof(uintptr(0))))
		// main.init gives the variables their values, but for those that the
		// linker gave them.
		if f := runtime.FuncForPC(*entry); f != nil && f.Name() != "main.init" {
			fns = append(fns, callable(entry))
		}
	}
	return fns
})

// Zero makes *p a new variable of its type.
func Zero[T any](p *T) {
	var zero T
	*p = zero
}

// A package of the program other than main says how it is made anew:
//
//	func init() { … }   becomes   func init() { rt.Initializing(); … }
//
// and behind all of these, in the last file, stands
//
//	func init() { rt.Package(anew0, anew1) }
//
// The runtime initialises one package after the other, each before those that
// import it: in the order of these calls a repeated run does the same again.

// packages are those of the program but main, in the order of their
// initialisation.
var packages []renewable

// renewable is a package that can be made anew.
type renewable struct {
	variables []func()
	inits     []func()
}

// inits are the functions called init that have begun since the last package was
// complete.
var inits []func()

// Package notes how the variables of the package that is being initialised are
// made anew. Where nothing is going to be repeated it does nothing.
func Package(anew ...func()) {
	if control.ToRepeat != nil {
		packages = append(packages, renewable{anew, inits})
		inits = nil
	}
}

// Initializing is called first in each function called init, for which no name
// and no value can be had: only its frame says which one it is.
//
//go:noinline
func Initializing() {
	if control.ToRepeat == nil {
		return
	}
	pc, _, _, _ := runtime.Caller(1)
	if f := runtime.FuncForPC(pc); f != nil {
		entry := f.Entry()
		inits = append(inits, callable(&entry))
	}
}

// callable is the function that begins at *entry: a function value is a pointer
// to where its entry is written.
func callable(entry *uintptr) func() {
	return *(*func())(unsafe.Pointer(&entry))
}

func (p *renewable) anew() {
	for _, f := range p.variables {
		f()
	}
	for _, f := range p.inits {
		f()
	}
}

// flagsAnew: the command line's flags are yet to be forgotten in this run.
var flagsAnew bool

// Flags reports once in each run that the flags of the last one are to be
// forgotten: before the first package defines its own again.
func Flags() bool {
	first := flagsAnew
	flagsAnew = false
	return first
}
