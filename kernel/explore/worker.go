package explore

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/share"
	"threading101/kernel/words"
)

const (
	overtime = 100 * time.Millisecond // what a process may take beyond its budget before it is asked to stop
	lastWall = 5 * time.Second        // what it may take in any case beyond its budget
	lastRead = time.Second            // for how long what an ended process wrote is read
	mostLine = 4 << 20                // bytes; a longer line is left out
)

// patience is what a process may take, once it was asked to stop, before it is killed.
var patience = 400 * time.Millisecond // tests of those that stop wait for them

// memory is how many bytes all processes together may use.
var memory = sync.OnceValue(func() int64 { return min(share.Read().Bytes, 2<<30) })

// worker is one process that searches.
type worker struct {
	asked sched.Spec
	run   *run.Run
	ended chan struct{} // closed when it is gone and all it wrote was read

	patience time.Duration // from when it was asked to end until it is killed

	mu      sync.Mutex
	said    *snapshot
	stopped bool   // it was asked to end
	died    string // why it ended without saying so, in the learner's words
	slow    bool   // it did not end when it was asked to
}

// begin starts the program to search as asked. It is not ended by a context, so
// that it can say what it found: that is what stop is for.
func begin(program run.Spec, asked sched.Spec, workers int) (*worker, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer write.Close()
	budget := time.Duration(asked.Budget)
	program.Mode, program.Record, program.Control, program.Extra = model.Controlled, true, &asked, write
	program.ReplayOf, program.Output, program.NoInput, program.OutputFile = nil, nil, true, ""
	program.Apart = true
	program.Limits.Wall = budget + lastWall
	if program.Limits.MemoryBytes == 0 {
		program.Limits.MemoryBytes = memory() / int64(workers)
	}
	r, err := run.Start(context.Background(), program)
	if err != nil {
		read.Close()
		return nil, err
	}
	w := &worker{asked: asked, run: r, ended: make(chan struct{}), patience: patience, said: newSnapshot()}
	late := time.AfterFunc(budget+overtime, w.stop)
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		w.listen(read)
	}()
	go func() {
		defer close(w.ended)
		o := r.Wait()
		late.Stop()
		read.SetReadDeadline(time.Now().Add(lastRead)) // somebody it started may still hold the pipe
		<-heard
		read.Close()
		w.conclude(o)
	}()
	return w, nil
}

// stop asks the process to end, and has it killed if it does not.
func (w *worker) stop() {
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.run.StopSearch(w.patience)
}

// listen hears line after line until the pipe is closed at the other end. A last
// line without an end is left out: it was cut off.
func (w *worker) listen(pipe io.Reader) {
	in := bufio.NewReaderSize(pipe, 64<<10)
	for {
		line, err := readLine(in)
		if err != nil {
			return
		}
		w.mu.Lock()
		w.said.hear(line)
		w.mu.Unlock()
	}
}

// readLine returns a line without its end; one that is too long is left empty.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for tooLong := false; ; {
		part, err := in.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > mostLine; tooLong {
			line, part = nil, nil
		}
		line = append(line, part...)
		switch {
		case err == nil:
			return string(line[:max(len(line)-1, 0)]), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", err
		}
	}
}

// conclude finds out why a process ended that did not say so.
func (w *worker) conclude(o *run.Result) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.printed(o)
	switch {
	case w.said.end != 0:
	case o.LimitHit != "":
		w.died = words.SearchDied(o.LimitHit)
	case w.stopped:
		w.slow = true
	case o.Crash != nil:
		w.died = words.SearchDied(o.Crash.Message)
	case len(o.Notes) > 0:
		w.died = o.Notes[0]
	default:
		w.died = words.SearchDied(words.ExitReason(o.Exit))
	}
}

// printed looks at the streams of a process that searches, to which nothing comes
// of what the search sees. What does come there, nobody knows where, was printed
// in ways that are not known here.
func (w *worker) printed(o *run.Result) {
	if o.Stdout == "" && o.Stderr == "" {
		return
	}
	w.said.past = true
	known := func(n wire.Note) bool { return n.Kind == wire.NotePrint }
	if !slices.ContainsFunc(w.said.notes, known) {
		w.said.notes = append(w.said.notes, wire.Note{Kind: wire.NotePrint})
	}
}

// report is what a process said so far, or in all.
type report struct {
	*snapshot
	asked sched.Spec
	died  string
	slow  bool
}

func (w *worker) report() report {
	w.mu.Lock()
	defer w.mu.Unlock()
	return report{snapshot: w.said.clone(), asked: w.asked, died: w.died, slow: w.slow}
}
