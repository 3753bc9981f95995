package report

import (
	"errors"
	"regexp"
	"strings"

	"threading101/kernel/cell"
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// Word reports a line with a word that cannot be taken, as [magic.Parse] found
// it in the cell with that execution number.
func Word(number int, err error, source Source) *Report {
	p := &page{source: source}
	var e *magic.Error
	if !errors.As(err, &e) {
		p.line(part{bold, err.Error()})
		return p.report(WordError, err.Error())
	}
	at := model.Pos{Cell: number, Line: e.Line}
	p.line(part{bold, Place(at)}, part{plain, ": "}, part{bold, e.Message})
	p.quote(at, 0)
	p.hint(e.Hint)
	return p.report(WordError, Place(at)+": "+e.Message)
}

// Stopped reports that the learner interrupted the work on a cell before its
// program ran.
func Stopped() *Report { return simple(Interrupt, words.ReportStopped, "") }

// Died reports that GoNB ended while a cell ran and was started again.
// restored says whether the declarations are there again.
func Died(restored bool) *Report {
	hint := words.ReportDiedRestored
	if !restored {
		hint = words.ReportDiedLost
	}
	return simple(KernelError, words.ReportDied, hint)
}

// Broken reports a failure that is not the cell's fault, in one sentence.
func Broken(sentence string) *Report { return &Report{Name: KernelError, Value: sentence} }

// simple is a report of one sentence and a hint.
func simple(name, value, hint string) *Report {
	p := &page{}
	p.line(part{bold, value})
	p.hint(hint)
	return p.report(name, value)
}

// Get reports what go get said when a package could not be fetched.
func Get(output []byte, m *cell.Map, source Source) *Report {
	return imports(string(output), readFaults(string(output), m), m, source)
}

// wrapped is how GoNB introduces the output of a tool that failed.
var wrapped = regexp.MustCompile(`^failed to run "[^"]*": exit status \d+\s*`)

// exited is what GoNB says of a program or a shell command that failed; what
// went wrong is in the output.
var exited = regexp.MustCompile(`^(exit status \d+|signal: .*)$`)

// GoNB reports an error that GoNB answered by itself: a command of its own that
// failed, or a tool. d is the draft of the cell, m the map of its main.go (nil
// if it came to none).
func GoNB(evalue string, d *cell.Draft, m *cell.Map, source Source) *Report {
	if d != nil && len(d.Syntax()) > 0 {
		return Syntax(d.Syntax(), source)
	}
	text := strings.TrimSpace(wrapped.ReplaceAllString(evalue, ""))
	text, isCommand := strings.CutPrefix(text, "executing special commands in cell: ")
	faults := readFaults(text, m)
	for _, f := range faults {
		if isImport(f.message) {
			return imports(text, faults, m, source)
		}
	}
	for _, f := range faults {
		if f.placed {
			return list(CompileError, faults, source)
		}
	}
	switch {
	case text == "":
		return simple(KernelError, words.ReportFailed, "")
	case exited.MatchString(text):
		return simple(ExitStatus, text, "")
	case isCommand:
		return simple(WordError, text, "")
	}
	return simple(KernelError, text, "")
}
