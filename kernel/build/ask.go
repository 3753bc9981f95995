package build

import (
	"errors"

	"threading101/kernel/instrument"
	"threading101/kernel/nearest"
	"threading101/kernel/words"
)

// unfit says what is wrong with what the request asks for beside the program
// itself, "" if nothing is.
func (j *job) unfit(pkg *checked) string {
	var outcome *instrument.OutcomeError
	if errors.As(instrument.CheckOutcome(pkg.pkg, pkg.info, pkg.asts, j.req.Outcome), &outcome) {
		return sayOutcome(outcome)
	}
	var span *instrument.SpanError
	if errors.As(instrument.CheckSpans(pkg.asts, j.req.Spans), &span) {
		return words.NoSuchFunction(span.Name, nearest.Of(span.Name, span.Known), span.Known)
	}
	return ""
}

func sayOutcome(e *instrument.OutcomeError) string {
	switch e.Fault {
	case instrument.NoValue:
		return words.OutcomeHasNoValue(e.Expr)
	case instrument.Several:
		return words.OutcomeHasSeveral(e.Expr)
	case instrument.Receives:
		return words.OutcomeReceives(e.Expr)
	}
	near := ""
	if e.Undefined != "" {
		near = nearest.Of(e.Undefined, append(e.Scope, e.Names...))
	}
	return words.OutcomeDoesNotCompile(e.Expr, e.Problem, e.Undefined, near, e.Inside, e.Scope)
}
