package run

import (
	"context"
	"os"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// Spec says what to run and who listens.
type Spec struct {
	Path string   // the binary
	Args []string // without the program's name
	Env  []string // nil: this process's; variables of our own are taken out
	Dir  string

	Sites  []event.Site // what the instrumenter numbered
	Mode   model.Mode
	Record bool // give the program a recording to write to
	Limits Limits

	// Control says how the scheduler decides; nil: Go's own does. It needs a
	// recording, and is not heeded in race mode; Result.Controlled says what came
	// of it.
	Control      *sched.Spec
	Code         string            // hash of the program, for the run's token: build.Result.Code
	ReplayOf     *sched.Token      // the token that is replayed, nil if none is
	Ledger       []event.Gap       // what of the program is not recorded: build.Result.Ledger
	Uncontrolled []string          // what the program uses that is not controlled: build.Result.Uncontrolled
	Alone        bool              // runs at the same time would meet outside: build.Result.Alone
	Rules        []model.Rule      // what is asked about the calls of watched functions
	Conditions   []model.Condition // what is asked to be true

	// Locate maps a place in the compiled source to the learner's cell and
	// line. Nil: places stay as they are.
	Locate func(file string, line, col int) model.Pos

	// Output takes the program's output in order: stream is "stdout" or
	// "stderr", text is valid UTF-8. It is called from one goroutine; while it
	// does not return, the program is held up. Nil: the output is dropped.
	Output func(stream string, text string)

	// Prompt, if set, is told that on this stream all was given to Output that the
	// program printed before it went on from the prompt behind its n-th cell.
	Prompt func(stream string, n int)

	// Input is asked for a line when the program waits for its standard input.
	// Nil, or an error: the program meets the end of its input.
	// Its context ends with the program.
	Input func(ctx context.Context) (line string, err error)

	// Apart: the program's working folder is another, which begins as Dir does and is
	// gone with the run: whoever makes many runs has each find the same files.
	Apart bool

	// InputFile, if set, is the file that is the program's standard input, from its
	// beginning; Input is then not asked.
	InputFile string

	// NoInput: the program's standard input is empty from the beginning. Input is then
	// not asked, and nobody is told that the program has read.
	NoInput bool

	// Extra, if set, is the program's descriptor 3. It stays the caller's, who
	// closes it here once the program is started.
	Extra *os.File

	// Lend, if set, is asked before the program starts: env is what its environment has
	// besides, back is called once the program has ended, and may take its time. The
	// error is a sentence for the learner; Start returns it as a [Refused].
	Lend func(ctx context.Context) (env []string, back func(), err error)

	// MentionsStdin says that the source reads standard input. It is used only
	// where the system does not tell whether the program waits for it.
	MentionsStdin bool

	// OutputFile, if set, is where the whole output is kept (bounded by
	// Limits.FileBytes) once it is too long to be shown whole. The file is not
	// made before that.
	OutputFile string
}

// Limits of one run. A field that is 0 means the default, a negative one no limit.
type Limits struct {
	OutputBytes int64         // output shown as it comes; a quarter as much again is kept of its end. Default 256 KiB
	FileBytes   int64         // size of Spec.OutputFile. Default 64 MiB
	MemoryBytes int64         // resident memory. Default: see package share
	Wall        time.Duration // Default: no limit
}

// Result is what came of a run.
type Result struct {
	Exit         int              // exit status; 128 + the signal's number when one ended the program
	Execution    *model.Execution // nil if not recorded
	Crash        *Crash           // nil unless the program crashed
	Races        []model.Race     // in race mode, also in Execution
	OmittedBytes int64            // output that was neither shown nor kept for the end
	OmittedLines int64
	OutputFile   string // where the whole output lies, if it does
	LimitHit     string // one line naming the limit that ended the program, or ""
	Interrupted  bool
	ReadStdin    bool          // the program waited for input and got none
	TraceProblem string        // why Execution is missing or not to be trusted, or ""
	Stdout       string        // the beginning of its standard output
	Stderr       string        // and of what it wrote to its standard error itself, without what Go said
	Took         time.Duration // from its start to its end, as the supervisor saw them

	// Of a controlled run.
	Controlled bool        // false also if it could not be: the runtime is unknown
	Token      string      // gives the run again; without a trail if it was ended from outside, "" if Spec.Code is, or if a seed decided the rest of it
	Steps      uint64      // made
	Hash       uint64      // of all steps: equal runs have equal ones
	Repeated   Repeated    // if it was many
	Stop       event.Stop  // why the scheduler ended it
	Loose      event.Loose // what was met that is not controlled
	Notes      []string    // what the learner must know: that it was not controlled, or how it compares with the run of ReplayOf
	Parted     int         // of a replay: the number of steps after which, at the latest, it differs from the token's run; -1 if it does not
}

// Kinds of crash.
const (
	KindPanic    = "panic"
	KindDeadlock = "deadlock"
	KindFatal    = "fatal"
	KindSignal   = "signal"
)

// Crash is a fatal end, taken apart.
type Crash struct {
	Kind       string // one of the kinds
	Message    string // "runtime error: …", without "panic: "; may have several lines
	Goroutines []Stack
	Omitted    int  // goroutines that are not listed
	AtLeast    bool // there are more than Omitted: the program was ended while it still listed them
}

// Stack is one goroutine of a crash, without the frames of the recorder and of
// Go's runtime.
type Stack struct {
	ID        int
	State     string // "running", "chan receive", "sync.Mutex.Lock"
	Minutes   int    // it had been in that state
	Frames    []Frame
	CreatedBy *Frame // nil for main and where it is not known
}

// Frame is a call on a stack.
type Frame struct {
	Func string // "main.worker", "main.(*Account).Deposit"
	File string // as the compiler knew it
	Line int
	Pos  model.Pos // the same place for the learner

	Repeated int // further calls of the same function at the same line, directly below: recursion
}

// Run is a program under supervision.
type Run struct {
	spec Spec
	*state
}

// Start starts the program. When ctx ends, the program is killed.
func Start(ctx context.Context, spec Spec) (*Run, error) { return start(ctx, spec) }

// Interrupt ends the program: SIGINT to its group, then, 200 ms later, SIGKILL.
// It does not wait and may be called at any time and more than once.
func (r *Run) Interrupt() { r.interrupt() }

// StopSearch asks a program that searches (sched.Spec.Search) to end before its
// next run, and kills it if it has not ended after patience. It does not wait
// and may be called at any time and more than once.
func (r *Run) StopSearch(patience time.Duration) { r.stopSearch(patience) }

// Wait returns when the program and everything it started have ended.
func (r *Run) Wait() *Result {
	<-r.done
	return r.outcome
}

// WaitFor waits as Wait does, but not for the recording to be read once ctx has
// ended: all that is known of the run then is that it was interrupted.
func (r *Run) WaitFor(ctx context.Context) *Result {
	select {
	case <-r.done:
		return r.outcome
	case <-ctx.Done():
		<-r.ended
		return &Result{Interrupted: true}
	}
}
