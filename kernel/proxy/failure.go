package proxy

import "threading101/kernel/report"

// errorContent is a failure in the form that an error message has.
func errorContent(r *report.Report) map[string]any {
	traceback := r.Traceback
	if len(traceback) == 0 {
		traceback = []string{r.Value}
	}
	return map[string]any{"ename": r.Name, "evalue": r.Value, "traceback": traceback}
}

// errorReply is a failure in the form that a reply has.
func errorReply(r *report.Report) map[string]any {
	reply := errorContent(r)
	reply["status"] = "error"
	return reply
}

// notImplemented says that the kernel has no answer to something.
func notImplemented(sentence string) *report.Report {
	return &report.Report{Name: "NotImplemented", Value: sentence}
}
