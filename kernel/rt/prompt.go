package rt

import (
	"time"

	"threading101/kernel/rt/control"
)

// realPrompt is how long a prompt lasts where Go's own scheduler decides.
const realPrompt = 200 * time.Millisecond

// Prompt is the prompt behind the n-th cell of a program that cells continue: main
// sleeps, and the others go on. Behind the last cell the program stays there.
func Prompt(s uint32, n int, last bool) {
	if control.Active != nil {
		control.Prompt(control.Active, s, n, last)
		return
	}
	Sleep(s, realPrompt)
}

// Freeze is Prompt where the world is to stand still meanwhile.
func Freeze(s uint32, n int, last bool) {
	if control.Active != nil {
		control.Freeze(control.Active, s, n, last)
	}
}
