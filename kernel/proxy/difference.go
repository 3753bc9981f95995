package proxy

import (
	"context"
	"os"

	"threading101/kernel/model"
	"threading101/kernel/render/difference"
	"threading101/kernel/render/ink"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// diff shows two runs side by side: the last two of the last cell, or those with
// two tokens.
func (e *execution) diff(ctx context.Context) *failure {
	var pair [2]past
	if tokens := e.orders.Diff; len(tokens) == 2 {
		for i, text := range tokens {
			var f *failure
			if pair[i], f = e.runOf(ctx, text); f != nil {
				return f
			}
		}
	} else {
		var ok bool
		if pair[0], pair[1], ok = e.p.runs.lastTwo(); !ok {
			return e.cannotDiff(words.DiffNoRuns, words.DiffNoRunsHint)
		}
	}
	b := pair[1].run
	a := e.aligned(pair[0].run, pair[0].number, b, pair[1].number)
	if a.Mode != b.Mode && (a.Mode == model.Controlled || b.Mode == model.Controlled) {
		return e.cannotDiff(words.DiffOtherScheme, "")
	}
	data, metadata := difference.Bundle(a, b, ink.Paper{})
	e.out.show("display_data", map[string]any{"data": data, "metadata": metadata, "transient": map[string]any{}})
	return nil
}

func (e *execution) cannotDiff(message, hint string) *failure {
	return failed(report.Replay(model.Pos{Cell: e.number, Line: e.orders.Line("diff")}, message, []string{hint}, e.p.memory))
}

// runOf returns the run with that token: as it is remembered, or made once more
// by a program of its code.
func (e *execution) runOf(ctx context.Context, text string) (past, *failure) {
	token, f := e.readToken(text, e.orders.Line("diff"))
	if f != nil {
		return past{}, f
	}
	if known, ok := e.p.runs.ofToken(token.String()); ok {
		return known, nil
	}
	q := e.p.programs.ofCode(token.Code)
	if q == nil {
		return past{}, e.cannotDiff(words.DiffUnknown(text), words.DiffGoneHint)
	}
	o, err := e.remake(ctx, q, &token)
	switch {
	case e.wasInterrupted():
		return past{}, failed(report.Stopped())
	case err != nil:
		return past{}, broken(words.RunFailed(err))
	case o.Execution == nil || o.Parted >= 0:
		return past{}, e.cannotDiff(words.DiffStrayed(text), sentences(o.Notes))
	}
	return past{q.cell, q.number, o.Execution, 0}, nil
}

// remake makes the run of a token again, and shows nothing of it.
func (e *execution) remake(ctx context.Context, q *program, token *sched.Token) (*run.Outcome, error) {
	spec := token.Spec
	c := course{mode: model.Controlled, control: &spec, token: token}
	order := run.Spec{
		Path: q.built.Binary, Args: q.call.Args, Env: q.call.Env, Dir: q.call.Dir,
		Sites: q.built.Sites, Record: true, Locate: q.lines.Locate,
	}
	c.apply(&order, q.built)
	r, err := run.Start(ctx, order)
	if err != nil {
		return nil, err
	}
	if !e.setRun(r) {
		r.Interrupt()
	}
	defer e.setRun(nil)
	return r.Wait(), nil
}

// exists reports whether a program's binary is still there.
func (q *program) exists() bool {
	_, err := os.Stat(q.built.Binary)
	return err == nil
}
