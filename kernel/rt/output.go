package rt

import (
	"sync"

	"threading101/kernel/event"
)

// Recording says whether anything is recorded.
//
//go:norace
func Recording() bool { return ring != nil }

// Quiet says whether what the program prints is dropped: it is run many times.
//
//go:norace
func Quiet() bool { return ctl != nil && ctl.quiet }

// Output is one of the two standard streams. What goroutines print to it is
// noted in the order in which it is written.
type Output struct{ mu sync.Mutex }

// The two standard streams.
var Stdout, Stderr Output

// Print notes text and keeps others from printing until the function it returns
// is called, once the text is written. The detector does not see the mutex:
// printing orders nothing in the plain program.
func (o *Output) Print(s uint32, text string) (done func()) {
	if ctl != nil {
		g := ctl.print(s, text)
		if o == &Stdout {
			ctl.seek.printed(text)
		}
		return func() { ctl.over(g) }
	}
	raceDisable()
	o.mu.Lock()
	raceEnable()
	notePrint(s, text)
	return o.done
}

func (o *Output) done() {
	raceDisable()
	o.mu.Unlock()
	raceEnable()
}

// Print notes a text that is written elsewhere.
func Print(s uint32, text string) {
	if ctl != nil {
		ctl.over(ctl.print(s, text))
		return
	}
	if ring != nil {
		notePrint(s, text)
	}
}

//go:norace
func notePrint(s uint32, text string) {
	noteValue(event.Print, 0, s, 0, value{text: text, flags: event.FlagText})
}
