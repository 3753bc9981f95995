package run

import (
	"strings"
	"syscall"
)

// conclude fills in the outcome, now that everything is known.
func (r *Run) conclude(p *pump) {
	o := r.outcome
	o.Exit = exitStatus(r.proc.status)
	o.Interrupted = r.interrupted.Load()
	o.OmittedBytes, o.OmittedLines = p.to.cap.omitted, p.to.cap.omittedLines
	o.Stdout = strings.ToValidUTF8(string(p.to.cap.stdout), "\uFFFD")
	r.mu.Lock()
	defer r.mu.Unlock()
	o.LimitHit = r.limit
	if r.killer != nil {
		r.killer.Stop()
	}
}

// exitStatus is the shell's: 128 + the number of the signal that ended it.
func exitStatus(s syscall.WaitStatus) int {
	if s.Signaled() {
		return 128 + int(s.Signal())
	}
	return s.ExitStatus()
}
