package build

import (
	"errors"
	"go/types"
	"slices"
	"strings"

	"threading101/kernel/instrument/asked"
	"threading101/kernel/nearest"
	"threading101/kernel/words"
)

// unfit says what is wrong with what the request asks for beside the program
// itself, "" if nothing is.
func (j *job) unfit(pkg *checked) string {
	var outcome *asked.OutcomeError
	if errors.As(asked.CheckOutcome(pkg.pkg, pkg.info, pkg.asts, j.req.Values), &outcome) {
		return sayOutcome(outcome)
	}
	for _, of := range []struct {
		property string
		all      []string
	}{{"always", j.req.Always}, {"eventually", j.req.Eventually}} {
		if errors.As(asked.CheckConditions(pkg.pkg, pkg.info, pkg.asts, j.owns(pkg), of.all), &outcome) {
			return sayCondition(of.property, outcome)
		}
	}
	for i := range j.req.Spans {
		if span := j.watch(pkg, i); span != nil {
			return words.NoSuchFunction(span.Name, nearest.Of(span.Name, span.Known), span.Known)
		}
	}
	return ""
}

// watch finds the function that is asked for: main's, and where main has none of
// that name, those of the learner's own packages: Add, Counter.Add, count.Add.
func (j *job) watch(main *checked, i int) *asked.SpanError {
	var missing *asked.SpanError
	name := j.req.Spans[i]
	if !errors.As(asked.CheckSpans(main.asts, []string{name}), &missing) {
		return nil
	}
	found := false
	for _, m := range j.ownMembers() {
		here := strings.TrimPrefix(name, m.pkg.Name()+".")
		if asked.CheckSpans(m.asts, []string{here}) == nil {
			m.spans = append(m.spans, make([]string, len(j.req.Spans)-len(m.spans))...)
			m.spans[i], found = here, true
		}
	}
	if found {
		return nil
	}
	return missing
}

// owns says which packages are the learner's own.
func (j *job) owns(main *checked) func(*types.Package) bool {
	return func(pkg *types.Package) bool {
		return pkg == main.pkg || slices.ContainsFunc(j.ownMembers(), func(m *member) bool { return m.pkg == pkg })
	}
}

func sayCondition(property string, e *asked.OutcomeError) string {
	switch e.Fault {
	case asked.NotBool:
		return words.ConditionNotBool(property, e.Expr)
	case asked.Calls:
		return words.ConditionCalls(property, e.Expr, e.Problem)
	case asked.Reads:
		return words.ConditionUnseen(property, e.Expr, e.Problem)
	case asked.Address:
		return words.ConditionAddress(property, e.Expr, e.Problem)
	case asked.Receives:
		return words.ConditionReceives(property, e.Expr, e.Problem)
	}
	near := ""
	if e.Undefined != "" {
		near = nearest.Of(e.Undefined, append(e.Scope, e.Names...))
	}
	return words.ConditionDoesNotCompile(property, e.Expr, e.Problem, e.Undefined, near, e.Inside, e.Scope)
}

func sayOutcome(e *asked.OutcomeError) string {
	switch e.Fault {
	case asked.NoValue:
		return words.OutcomeHasNoValue(e.Expr)
	case asked.Several:
		return words.OutcomeHasSeveral(e.Expr)
	case asked.Receives:
		return words.OutcomeReceives(e.Expr)
	}
	near := ""
	if e.Undefined != "" {
		near = nearest.Of(e.Undefined, append(e.Scope, e.Names...))
	}
	return words.OutcomeDoesNotCompile(e.Expr, e.Problem, e.Undefined, near, e.Inside, e.Scope)
}
