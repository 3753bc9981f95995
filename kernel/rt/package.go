package rt

import (
	"runtime"
	"unsafe"

	"threading101/kernel/rt/control"
)

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

// Initializing is called first in each function called init, of which no name
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
