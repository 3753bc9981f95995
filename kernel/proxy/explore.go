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
	return e.withLast(ctx, e.cell.Nothing, e.explore)
}

// withLast makes use of the program that was run last, for a cell without one. none says
// that there is no such program.
func (e *execution) withLast(ctx context.Context, none func() *report.Report, use func(context.Context, *program.Program)) *report.Report {
	q := e.p.programs.last()
	if q == nil {
		return none()
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.stop.Begin(cancel) {
		return report.Stopped()
	}
	e.compose(q.request.Dir, q.lines)
	q.lay()
	if built, ok := e.compile(ctx, e.cell.Suit(q.request)); ok {
		e.cell.Code = q.cell
		use(ctx, e.program(made{built: built, raced: q.request.Race, call: q.call}, built.Binary))
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
