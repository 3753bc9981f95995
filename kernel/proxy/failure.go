package proxy

import (
	"regexp"

	"threading101/kernel/report"
)

// failure is how a request failed, in the form front ends take it.
type failure struct {
	Name      string
	Value     string
	Traceback []string
}

// failed puts a report in that form; nil stays nil.
func failed(r *report.Report) *failure {
	if r == nil {
		return nil
	}
	return &failure{Name: r.Name, Value: r.Value, Traceback: r.Traceback}
}

// broken is a failure that is no fault of the cell.
func broken(what string) *failure { return &failure{Name: report.KernelError, Value: what} }

func (f failure) content() map[string]any {
	traceback := f.Traceback
	if len(traceback) == 0 {
		traceback = []string{f.Value}
	}
	return map[string]any{"ename": f.Name, "evalue": f.Value, "traceback": traceback}
}

func (f failure) reply() map[string]any {
	reply := f.content()
	reply["status"] = "error"
	return reply
}

// exitText is what GoNB says when a program it ran itself has failed: then the
// program was built, and what the cell declares is remembered.
var exitText = regexp.MustCompile(`^(exit status \d+|signal: .*)\n?$`)
