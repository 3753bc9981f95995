package rt

import (
	"runtime"
	"sync/atomic"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// How long a prompt lasts where Go's own scheduler decides, and how many times as long
// while others still do something: a busy machine wakes sleepers late.
const (
	realPrompt  = 200 * time.Millisecond
	realPrompts = 5
)

// Prompt is the prompt behind the n-th cell of a program that cells continue: main
// sleeps, and the others go on. Behind the last cell the program stays there.
func Prompt(s uint32, n int, last bool) {
	if control.Active != nil {
		control.Prompt(control.Active, s, n, last)
		return
	}
	promptReal(s)
}

// promptReal sleeps at a prompt where Go's own scheduler decides.
func promptReal(s uint32) {
	seen := recordedSoFar() + 2 // with the sleep and the waking of main
	Sleep(s, realPrompt)
	for range realPrompts - 1 {
		now := recordedSoFar()
		if now <= seen || runtime.NumGoroutine() == 1 {
			return
		}
		seen = now
		time.Sleep(realPrompt)
	}
}

// recordedSoFar is how many events were recorded so far.
func recordedSoFar() uint64 {
	if record.Ring == nil {
		return 0
	}
	return atomic.LoadUint64(record.Word(record.Ring, event.OffCount))
}

// Freeze is Prompt where the world is to stand still meanwhile.
func Freeze(s uint32, n int, last bool) {
	if control.Active != nil {
		control.Freeze(control.Active, s, n, last)
	}
}
