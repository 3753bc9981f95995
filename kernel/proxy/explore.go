package proxy

import (
	"context"
	"strings"

	"threading101/kernel/explore/property"
	"threading101/kernel/program"
	"threading101/kernel/report"
	"threading101/kernel/words"
)

// exploreLast explores the program that was run last, for a cell without one.
func (e *execution) exploreLast(ctx context.Context) *report.Report {
	q := e.p.programs.last()
	if q == nil {
		return e.cell.Nothing()
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.stop.Begin(cancel) {
		return report.Stopped()
	}
	e.compose(q.request.Dir, q.lines)
	q.lay()
	built, ok := e.compile(ctx, e.cell.Suit(q.request))
	if ok {
		e.cell.Code = q.cell
		m := made{built: built, raced: q.request.Race, call: q.call}
		e.explore(ctx, e.program(m, built.Binary))
	}
	if f := e.failed(); f != nil || !e.stop.Interrupted() {
		return f
	}
	return report.Stopped()
}

// explore tries the schedules of a program, if that can be done.
func (e *execution) explore(ctx context.Context, p *program.Program) {
	refusal := p.Unexplorable()
	if q := (made{built: p.Built}); refusal == nil && q.talksToGonb() {
		refusal = &program.Refusal{Message: words.ExploreTalks, Hint: words.ExploreTalksHint}
	}
	if refusal != nil {
		e.done(true, e.cell.Cannot(refusal.Message, refusal.Hint))
		return
	}
	e.done(true, e.cell.Explore(ctx, p))
}

// propertyAt completes the name of a property behind %check. rest is what is
// typed of it; ok is false if that is not what the line is about.
func propertyAt(line string) (matches []string, rest string, ok bool) {
	line = strings.TrimPrefix(strings.TrimPrefix(line, "//t101:"), "%")
	behind, ok := strings.CutPrefix(line, "check ")
	if !ok {
		return nil, "", false
	}
	rest = behind[strings.LastIndexAny(behind, " \t")+1:]
	for _, name := range property.Names() {
		if strings.HasPrefix(name, rest) {
			matches = append(matches, name)
		}
	}
	return matches, rest, true
}
