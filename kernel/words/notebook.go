package words

import (
	"fmt"
	"strings"
	"time"
)

// NotebookBegins opens the report on one notebook.
func NotebookBegins(file string, cells int) string {
	return fmt.Sprintf("%s: %s", file, Count(cells, "code cell"))
}

// NotebookCell stands above the output of a cell.
func NotebookCell(n, of int) string { return fmt.Sprintf("── cell %d of %d ──", n, of) }

// NotebookDone closes the report on a notebook that went as it should.
func NotebookDone(file string, took time.Duration) string {
	return fmt.Sprintf("%s: done in %s", file, Elapsed(took))
}

// NotebookExpected says that a cell failed as its tag or the command allows.
func NotebookExpected(name string) string { return fmt.Sprintf("(%s was allowed here)", name) }

// NotebookCellFailed says which cell failed and what to do about it.
func NotebookCellFailed(file string, cell int, name, value string) string {
	return fmt.Sprintf("%s: cell %d failed: %s\nhint: mend the cell; or, if it is meant to fail, give it the tag raises-exception.",
		file, cell, After(name, ": ")+value)
}

// NotebookKernelEnded says that the kernel went away, with its last words.
func NotebookKernelEnded(file string, cell int, lastWords string) string {
	s := fmt.Sprintf("%s: the kernel ended while cell %d ran.", file, cell)
	if lastWords = strings.TrimSpace(lastWords); lastWords != "" {
		s += "\nits last words:\n" + lastWords
	}
	return s
}

// NotebookTooLong says that a cell was stopped.
func NotebookTooLong(file string, cell int, limit time.Duration) string {
	return fmt.Sprintf("%s: cell %d was stopped: it ran longer than %s.", file, cell, limit)
}

// NotebookInterrupted says that the reader stopped the work.
func NotebookInterrupted(file string, cell int) string {
	return fmt.Sprintf("%s: stopped at cell %d, as you asked.", file, cell)
}

// NotebookNoKernel says that the kernel did not start.
func NotebookNoKernel(err error, lastWords string) string {
	s := fmt.Sprintf("threading101: the kernel did not start: %v", err)
	if lastWords = strings.TrimSpace(lastWords); lastWords != "" {
		s += "\nits last words:\n" + lastWords
	}
	return s + "\nhint: threading101 doctor says what is missing."
}

// NotebookUnreadable says why a file cannot be executed.
func NotebookUnreadable(err error) string { return fmt.Sprintf("threading101: %v", err) }

// NotebookOneOutput answers -o with several files.
const NotebookOneOutput = "threading101: -o takes one notebook at a time.\nhint: call the command once for each file."

// Why a file is no notebook that can be executed.
const (
	NotebookNoCells   = "it has no list of cells"
	NotebookNoObject  = "it is not an object"
	NotebookNoText    = "it is not text"
	NotebookMixedText = "it holds a line that is not text"
)

// NotebookFormat says so of a format that is not known.
func NotebookFormat(format any) string { return fmt.Sprintf("nbformat is %v, only 4 is known", format) }

// NotebookEndedAtOnce says that a kernel ended while it started.
func NotebookEndedAtOnce(how string) string { return "it ended at once: " + how }

// NotebookSilent says that a kernel did not answer.
func NotebookSilent(limit time.Duration) string { return "it did not answer within " + limit.String() }
