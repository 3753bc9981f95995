package model

import "threading101/kernel/judge"

// Ending is how a goroutine ended.
type Ending string

// The endings.
const (
	Returned   Ending = "returned"
	WasCutOff  Ending = "cut-off"  // main ended first
	WasBlocked Ending = "blocked"  // waited for something at the end of the run
	DidPanic   Ending = "panicked" //
	DidExit    Ending = "exited"   // called os.Exit or runtime.Goexit
	AtPrompt   Ending = "waiting"  // is as it was at the last prompt, or where nobody had decided what is next: it may go on from there
)

// Goroutine is one lane.
type Goroutine struct {
	ID        string // spawn path: "main", "main.1", "main.1.2"
	Name      string // "A", "worker 3", "Worker.Run"; never empty
	Creator   int    // index in Goroutines, -1 for main and for unknown creators
	Pos       Pos    // the go statement
	End       Ending
	Left      judge.Standing // how it stood when main returned, Unknown if it had ended; of a real run as far as is known
	BlockedOn int            // index in Objects when End is WasBlocked and it is known, else -1
	BlockedAt Pos            // where, when End is WasBlocked or WasCutOff: its last known place
}
