package proxy

import (
	"context"

	"threading101/kernel/build"
	"threading101/kernel/program"
	"threading101/kernel/words"
)

// measure measures the cell's program, if that can be done.
func (e *execution) measure(ctx context.Context, p *program.Program) {
	m := e.last()
	switch {
	case !e.draft.HasMain():
		e.fail(e.cell.Misused("real", words.SpeedNoMain, words.SpeedNoMainHint))
		return
	case m.talksToGonb():
		e.fail(e.cell.Misused("real", words.SpeedTalks, ""))
		return
	}
	request := m.request
	request.Output, request.Plain, request.Traced = "", false, true
	traced := func(ctx context.Context) (build.Result, error) { return e.p.stage.builder.Build(ctx, request) }
	e.done(e.cell.Measure(ctx, p, traced, e.streams()))
}
