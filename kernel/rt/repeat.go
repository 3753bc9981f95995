package rt

import (
	"runtime"
	"unsafe"
)

// A program can be run again and again in one process. For that, its package
// main is made so that its variables can be made anew:
//
//	var n int
//	var list = []int{1, 2}     becomes   var list = rt.Var([]int{1, 2})
//	func init() { … }          becomes   func init() { rt.Init(); … }
//	func main() { … }          becomes   func main() { if rt.Repeat(main) { return }; … }
//
// and at the end of each file
//
//	var _ = rt.Repeatable(zero); func zero() { rt.Zero(&n); rt.Zero(&list) }
//
// The compiler collects the initialisers that are not constant in a function,
// main.init, which the runtime calls before the functions called init. Var makes
// all of them such. To begin again is to zero the variables, and to call main.init
// and then the others once more: same code, same order, same names in a traceback.

// repeating says that the program is to be run more than once. It is set before
// the program's own packages are initialised.
var repeating bool

// fresh is what makes the variables of package main new.
var fresh struct {
	zero  []func()
	inits []uintptr // main.init, then those of the program, in the order of their first call
	again bool      // they are called by reinit
}

// Repeat runs main as often as was asked for and returns true, or returns false
// where it is to run once, or is one of these runs.
func Repeat(main func()) bool { return false }

// Repeatable tells how the variables of one file are zeroed.
func Repeatable(zero func()) bool {
	if repeating && !fresh.again {
		if len(fresh.zero) == 0 {
			addInit()
		}
		fresh.zero = append(fresh.zero, zero)
	}
	return true
}

// Init is the first statement of each function called init.
func Init() {
	if repeating && !fresh.again {
		addInit()
	}
}

// addInit keeps the function that called the caller.
//
//go:noinline
func addInit() {
	var pcs [1]uintptr
	frame, _ := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])]).Next()
	fresh.inits = append(fresh.inits, frame.Entry)
}

// reinit makes the variables of package main what they are when a program
// begins.
func reinit() {
	fresh.again = true
	for _, zero := range fresh.zero {
		zero()
	}
	for i := range fresh.inits {
		entry := &fresh.inits[i] // a function value is a pointer to where its entry is written
		(*(*func())(unsafe.Pointer(&entry)))()
	}
}

// Var returns v. The compiler cannot know that.
//
//go:noinline
func Var[T any](v T) T { return v }

// Zero makes *p a new variable of its type.
func Zero[T any](p *T) {
	var zero T
	*p = zero
}
