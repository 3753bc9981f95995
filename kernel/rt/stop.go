package rt

import (
	"runtime"
	"syscall"

	"threading101/kernel/event"
)

// stop ends the run: it cannot, or may not, go on.
func (c *control) stop(why event.Stop, s uint32, g *g) {
	var id uint32
	if g != nil {
		id = g.id
	}
	c.publish()
	*word(ring, event.OffStopAt) = uint64(s)<<32 | uint64(id)
	*word(ring, event.OffStop) = uint64(why)
	c.hold.stop(c, why)
}

// stopStatus is the exit status of a program that the scheduler ended: Go's own
// for a fatal error.
const stopStatus = 2

// stop ends the process. A deadlock is told in Go's own words.
func (baton) stop(c *control, why event.Stop) {
	if why == event.StopDeadlock {
		text := "fatal error: all goroutines are asleep - deadlock!\n\n"
		if c.mainGone && c.live == 0 {
			text = "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n\n"
		}
		syscall.Write(2, append([]byte(text), stacks()...))
	}
	syscall.Exit(stopStatus)
}

// maxStacks bounds the list of goroutines: the kernel keeps no more.
const maxStacks = 1 << 20

// stacks lists all goroutines as Go does.
func stacks() []byte {
	for size := 1 << 14; ; size *= 4 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size || size >= maxStacks {
			return append(buf[:n], '\n')
		}
	}
}
