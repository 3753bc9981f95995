package proxy

import (
	"context"
	"os"
	"strings"

	"threading101/kernel/program"
	"threading101/kernel/report"
	"threading101/kernel/step"
	"threading101/kernel/words"
)

// stepLast has a run made by hand of the program that was run last, for a cell without
// one.
func (e *execution) stepLast(ctx context.Context) *report.Report {
	return e.withLast(ctx, e.cell.NothingToStep, e.step)
}

// step has a run of a program made by hand, if that can be done.
func (e *execution) step(ctx context.Context, p *program.Program) {
	if q := (made{built: p.Built}); q.talksToGonb() {
		e.done(true, e.cell.CannotStep(words.StepTalks))
		return
	}
	if _, err := os.Stat(p.Built.Binary); err == nil {
		p.Path = p.Built.Binary // it stays when another cell is built
	}
	ask := e.typed
	if !e.asks.AllowStdin || e.asks.Silent || e.p.queue.busy() {
		ask = nil
	}
	e.done(true, e.cell.StepThrough(ctx, p, ask))
}

// goalAt completes what follows %step: the option, or a goal behind it. rest is what is
// typed of it; ok is false if that is not what the line is about.
func goalAt(line string) (matches []string, rest string, ok bool) {
	line = strings.TrimPrefix(strings.TrimPrefix(line, "//t101:"), "%")
	behind, ok := strings.CutPrefix(line, "step ")
	if !ok {
		return nil, "", false
	}
	all := append([]string{"-goal"}, step.Goals()...)
	at := strings.LastIndexAny(behind, " \t") + 1
	if rest = behind[at:]; strings.HasSuffix(strings.TrimRight(behind[:at], " \t"), "-goal") {
		all = all[1:]
	} else {
		all = all[:1]
	}
	for _, w := range all {
		if strings.HasPrefix(w, rest) && !strings.Contains(w, "=") {
			matches = append(matches, strings.TrimSuffix(w, " TEXT"))
		}
	}
	return matches, rest, true
}
