package notebook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"threading101/kernel/jupyter"
	"threading101/kernel/words"
)

// Options say how notebooks are executed.
type Options struct {
	Kernel      []string      // command that starts a kernel; the connection file is appended
	AllowErrors bool          // go on after a cell that failed, and do not count it as a failure
	Output      string        // where the executed notebook is written; empty: nowhere
	Timeout     time.Duration // for each cell; 0: none
}

// The exit status of Run.
const (
	done   = 0
	failed = 1 // a cell failed unexpectedly, or the kernel did
	usage  = 2 // nothing was executed: a file cannot be read, or the options contradict
)

// Run executes notebooks one after the other, each in a kernel of its own, and
// returns the exit status for the command. It stops a notebook at the first
// cell that fails unexpectedly and goes on with the next notebook. Cells
// tagged raises-exception may fail, those tagged skip-execution are left out.
func Run(ctx context.Context, o Options, files []string, stdout, stderr io.Writer) int {
	if o.Output != "" && len(files) > 1 {
		fmt.Fprintln(stderr, words.NotebookOneOutput)
		return usage
	}
	notebooks := make([]*file, len(files))
	for i, path := range files {
		var err error
		if notebooks[i], err = read(path); err != nil {
			fmt.Fprintln(stderr, words.NotebookUnreadable(err))
			return usage
		}
	}
	status := done
	for i, f := range notebooks {
		if ctx.Err() != nil {
			return failed
		}
		r := &runner{options: o, path: files[i], file: f, out: printer{w: stdout}, stderr: stderr}
		status = max(status, r.run(ctx))
	}
	return status
}

// runner executes one notebook.
type runner struct {
	options Options
	path    string
	file    *file
	out     printer
	stderr  io.Writer
	kernel  *process
}

func (r *runner) run(ctx context.Context) int {
	begun := time.Now()
	r.out.line(words.NotebookBegins(r.path, len(r.file.cells)))
	var err error
	r.kernel, err = start(ctx, r.options.Kernel, filepath.Dir(r.path))
	if err != nil {
		fmt.Fprintln(r.stderr, words.NotebookNoKernel(err, r.lastWords()))
		return failed
	}
	defer r.kernel.stop()
	r.note(r.kernel.client.Info())
	status := r.cells(ctx)
	if r.options.Output != "" {
		if err := r.file.write(r.options.Output); err != nil {
			fmt.Fprintln(r.stderr, words.NotebookUnreadable(err))
			return failed
		}
	}
	if status == done {
		r.out.line(words.NotebookDone(r.path, time.Since(begun)))
	}
	return status
}

func (r *runner) lastWords() string {
	if r.kernel == nil {
		return ""
	}
	return r.kernel.lastWords()
}

// note records the language, as every front end does on saving.
func (r *runner) note(info *jupyter.Message) {
	var content map[string]any
	json.Unmarshal(info.Content, &content) // without it nothing is noted
	metadata, _ := r.file.json["metadata"].(map[string]any)
	if language, ok := content["language_info"]; ok && metadata != nil {
		metadata["language_info"] = language
	}
}

func (r *runner) cells(ctx context.Context) int {
	for i, c := range r.file.cells {
		r.out.line(words.NotebookCell(i+1, len(r.file.cells)))
		result, err := r.cell(ctx, c)
		r.out.endLine()
		if problem := r.problem(ctx, i+1, c, result, err); problem != "" {
			fmt.Fprintln(r.stderr, problem)
			return failed
		}
	}
	return done
}

// cell executes one cell; its outputs are printed and kept as they come.
func (r *runner) cell(ctx context.Context, c *cell) (*jupyter.Result, error) {
	c.outputs = new(outputs)
	c.json["execution_count"] = nil
	ctx, cancel := r.limited(ctx)
	defer cancel()
	result, err := r.kernel.client.Execute(ctx, jupyter.Execute{
		Code:        c.source(),
		KeepGoing:   r.mayFail(c),
		OnPublished: func(m *jupyter.Message) { r.published(c, m) },
	})
	r.out.release()
	if result != nil && result.Count > 0 {
		c.json["execution_count"] = result.Count
	}
	if ctx.Err() != nil {
		r.interrupt()
	}
	return result, err
}

func (r *runner) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.options.Timeout == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, r.options.Timeout)
}

func (r *runner) mayFail(c *cell) bool {
	return r.options.AllowErrors || c.tagged("raises-exception")
}

func (r *runner) published(c *cell, m *jupyter.Message) {
	content := decode(m)
	if m.Header.MsgType == "update_display_data" {
		for _, c := range r.file.cells {
			if c.outputs != nil {
				c.outputs.update(content)
			}
		}
		r.out.update(content)
		return
	}
	c.outputs.add(m.Header.MsgType, content)
	r.out.output(m.Header.MsgType, content)
}

func (r *runner) interrupt() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	r.kernel.client.Interrupt(ctx) // the kernel is stopped next in any case
}

// problem says what is wrong after a cell, if anything is.
func (r *runner) problem(ctx context.Context, n int, c *cell, result *jupyter.Result, err error) string {
	switch {
	case ctx.Err() != nil:
		return words.NotebookInterrupted(r.path, n)
	case errors.Is(err, context.DeadlineExceeded):
		return words.NotebookTooLong(r.path, n, r.options.Timeout)
	case err != nil:
		r.kernel.wait(termLimit)
		return words.NotebookKernelEnded(r.path, n, r.lastWords())
	case result.Status == "ok":
		return ""
	case r.mayFail(c):
		r.out.line(words.NotebookExpected(result.EName))
		return ""
	}
	return words.NotebookCellFailed(r.path, n, result.EName, result.EValue)
}
