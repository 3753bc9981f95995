package run

import (
	"fmt"

	"threading101/kernel/event"
	"threading101/kernel/trace"
)

// readTrace and validate are package trace's.
var (
	readTrace func(mem []byte, sites []event.Site, o traceOptions) (*trace.Execution, error)
	validate  func(*trace.Execution) error
)

type traceOptions struct {
	Mode     trace.Mode
	Status   trace.Status
	Reason   string
	ExitCode int
	Stdout   string
	Races    []trace.Report
	Locate   func(file string, line, col int) trace.Pos
}

// read reads the recording of a program that has ended. One that makes no
// sense gives nil and a TraceProblem: no picture rather than a wrong one.
func (r *Run) read(status trace.Status, reason string) *trace.Execution {
	x, err := r.trace(traceOptions{Status: status, Reason: reason, ExitCode: r.outcome.Exit, Stdout: r.outcome.Stdout})
	if err != nil {
		r.outcome.TraceProblem = fmt.Sprintf("reading the recording: %v", err)
	}
	return x
}

// trace reads the recording as it is now.
func (r *Run) trace(o traceOptions) (*trace.Execution, error) {
	if readTrace == nil {
		return nil, nil
	}
	o.Mode, o.Locate = r.spec.Mode, r.locate
	x, err := readTrace(r.ring, r.spec.Sites, o)
	if err == nil {
		err = validate(x)
	}
	if err != nil {
		return nil, err
	}
	return x, nil
}
