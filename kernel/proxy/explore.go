package proxy

import (
	"context"
	"runtime/debug"
	"slices"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/explain"
	"threading101/kernel/explore"
	"threading101/kernel/explore/property"
	"threading101/kernel/gonbtools"
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/render/columns"
	"threading101/kernel/render/found"
	"threading101/kernel/render/ink"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// wish is what a cell wants to know of all schedules of its program.
type wish struct {
	explore    bool   // %explore or %check stands in the cell
	word       string // which one
	line       int    // and where
	properties []property.Property
	lines      []int // where each property stands
}

// obeyExplore reads what is to be explored and checked, before anything is built.
func (e *execution) obeyExplore(c magic.Cell) *failure {
	w := &e.orders.wish
	for _, name := range []string{"check", "explore"} {
		if line := c.Line(name); line > 0 {
			w.explore, w.word, w.line = true, name, line
		}
	}
	for _, d := range c.All("check") {
		found, err := property.Parse(d.Args)
		if err != nil {
			message, hint, _ := strings.Cut(err.Error(), "\nhint: ")
			return e.badWord(d.Line, "check", message, hint)
		}
		for _, p := range found {
			w.properties, w.lines = append(w.properties, p), append(w.lines, d.Line)
		}
	}
	if c.IsEmpty() && len(c.Outcome) > 0 && !w.explore {
		return e.badWord(c.Line("outcome"), "outcome", words.NothingToRun("outcome"), words.NothingToRunHint)
	}
	return nil
}

func (e *execution) badWord(line int, word, message, hint string) *failure {
	return failed(report.Word(e.number, &magic.Error{Line: line, Word: "%" + word, Message: message, Hint: hint}, e.p.memory))
}

// cannot says at the word that asked for it why a cell is not explored.
func (e *execution) cannot(message, hint string) *failure {
	w := &e.orders.wish
	return failed(report.Unexplorable(model.Pos{Cell: e.number, Line: w.line}, message, hint, e.p.memory))
}

// suited is the request for a program that can tell what the cell asks.
func (o *orders) suited(r build.Request) build.Request {
	r.Outcome, r.Spans = property.Values(o.Outcome, o.wish.properties), property.NeedsOf(o.wish.properties).Spans
	return r
}

// unfit reports, at the line that asks for it, what the program cannot tell.
func (e *execution) unfit(text string) *failure {
	message, hint, _ := strings.Cut(strings.TrimSpace(text), "\nhint: ")
	at, asked := magic.Directive{Name: "outcome", Line: e.orders.Line("outcome")}, ""
	blame := func(d magic.Directive, names ...string) {
		for _, name := range names {
			if len(name) > len(asked) && strings.Contains(message, name) {
				at, asked = d, name
			}
		}
	}
	for _, d := range e.orders.All("outcome") {
		blame(d, d.Args...)
	}
	for i, p := range e.orders.wish.properties {
		needs := p.Needs()
		blame(magic.Directive{Name: "check", Line: e.orders.wish.lines[i]}, slices.Concat(needs.Outcome, needs.Spans)...)
	}
	return e.badWord(at.Line, at.Name, message, hint)
}

// valuesOf says which values the expressions of %outcome had in a run that is not
// one of many, "" if there are none.
func (e *execution) valuesOf(x *model.Execution) string {
	exprs := e.orders.Outcome
	switch {
	case len(exprs) == 0 || x == nil:
		return ""
	case len(x.Outcome) != len(exprs):
		return words.OutcomeNone
	}
	var all []string
	for i, expr := range exprs {
		all = append(all, words.OutcomeValueIs(expr, words.Plain(x.Outcome[i], 200)))
	}
	return words.OutcomeOfRun(all)
}

// exploreCell explores the cell's own program.
func (e *execution) exploreCell(ctx context.Context, c gonbtools.RunCall) {
	if !e.draft.HasMain() {
		e.fail(e.cannot(words.ExploreNoMain(e.orders.wish.word), words.NothingToRunHint))
		return
	}
	e.explore(ctx, c, c.Path+programSuffix)
}

// exploreLast explores the program that was run last, for a cell without one.
func (e *execution) exploreLast(ctx context.Context) *failure {
	w := &e.orders.wish
	q := e.p.programs.last()
	if q == nil {
		return e.badWord(w.line, w.word, words.NothingToRun(w.word), words.ExploreNothingHint)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.begin(cancel) {
		return failed(report.Stopped())
	}
	e.mu.Lock()
	e.dir, e.lines, e.raced, e.program = q.request.Dir, q.lines, q.request.Race, &program{}
	e.mu.Unlock()
	q.lay()
	built, ok := e.compile(ctx, e.orders.suited(q.request))
	if ok {
		e.mu.Lock()
		e.built = built
		e.mu.Unlock()
		e.rest = q.cell
		e.explore(ctx, q.call, built.Binary)
	}
	if f := e.failed(); f != nil || !e.wasInterrupted() {
		return f
	}
	return failed(report.Stopped())
}

// explore tries the schedules of the program that was built and lies at path.
func (e *execution) explore(ctx context.Context, c gonbtools.RunCall, path string) {
	e.ran = true
	e.mu.Lock()
	built := e.built
	e.mu.Unlock()
	if f := e.unexplorable(built); f != nil {
		e.fail(f)
		return
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.begin(cancel) {
		return
	}
	defer e.endRun()
	spec := e.exploreSpec(built, c, path)
	b := e.newBoard()
	spec.Progress = b.progress
	result, err := explore.Explore(ctx, spec)
	b.stop()
	if e.gone(ctx) {
		b.remove()
		return
	}
	e.say(built.Notes)
	if err != nil {
		b.remove()
		e.fail(broken(words.ExploreFailed(err)))
		return
	}
	e.present(ctx, b, spec, result)
}

// gone reports whether GoNB has died, and what it started with it.
func (e *execution) gone(ctx context.Context) bool {
	return (ctx.Err() != nil || e.child != nil && closed(e.child.dying)) && !e.wasInterrupted()
}

// unexplorable says why a program cannot be explored, nil if it can.
func (e *execution) unexplorable(built build.Result) *failure {
	q := program{built: built}
	switch {
	case e.raced:
		return e.cannot(words.ExploreRaced, words.ExploreRacedHint)
	case built.Unrecorded != "":
		return e.cannot(words.ExploreNotRecorded(built.Unrecorded), "")
	case !built.Instrumented:
		return e.cannot(words.ExploreAlone(built.Uncontrolled), "")
	case built.Outside:
		return e.cannot(words.ExploreOutside(built.Uncontrolled), words.ExploreOutsideHint)
	case q.talksToGonb():
		return e.cannot(words.ExploreTalks, words.ExploreTalksHint)
	}
	return nil
}

func (e *execution) exploreSpec(built build.Result, c gonbtools.RunCall, path string) explore.Spec {
	o := &e.orders
	spec := explore.Spec{
		Run: run.Spec{
			Path: path, Args: c.Args, Env: c.Env, Dir: c.Dir, Sites: built.Sites,
			Code: built.Code, Uncontrolled: built.Uncontrolled, Ledger: built.Ledger, Locate: e.locate,
		},
		Budget: o.Budget, Clock: sched.Free, Values: property.Values(o.Outcome, o.wish.properties),
	}
	if o.Clock != "" {
		spec.Clock = clockNamed(o.Clock)
	}
	for _, p := range o.wish.properties {
		spec.Properties = append(spec.Properties, p.Among(spec.Values))
	}
	return spec
}

// present shows what an exploration found, and what that means for what is
// checked.
func (e *execution) present(ctx context.Context, b *board, spec explore.Spec, r *model.Result) {
	w := &e.orders.wish
	paper := ink.Paper{}
	verdicts := property.Judge(w.properties, r)
	if len(verdicts) == 0 || e.orders.Explore {
		b.replace(e.bundled(func() (data, metadata map[string]any) { return found.Bundle(r, paper) }))
	}
	if len(verdicts) == 0 {
		return
	}
	show := func() (data, metadata map[string]any) { return found.CheckBundle(verdicts, r, paper) }
	if e.orders.Explore {
		e.out.show("display_data", e.bundled(show))
	} else {
		b.replace(e.bundled(show))
	}
	for i, v := range verdicts {
		if !v.Holds && !e.wasInterrupted() {
			e.violated(ctx, spec, v, w.lines[i])
			return
		}
	}
}

// violated shows the shortest run that violates a property, and makes the cell
// fail.
func (e *execution) violated(ctx context.Context, spec explore.Spec, v model.Verdict, line int) {
	at := model.Pos{Cell: e.number, Line: line}
	o, err := e.open(ctx, spec, v.Token)
	if err != nil {
		e.p.log("opening %s: %v", v.Token, err)
		o = &run.Outcome{}
	}
	if o.Execution != nil {
		if token, err := sched.ParseToken(v.Token); err == nil {
			e.orders.token = &token // the picture of the token's run, whatever was run before
		}
		e.draw(o.Execution, o.Notes...)
		e.out.show("display_data", e.bundled(func() (data, metadata map[string]any) { return columns.Bundle(o.Execution) }))
	}
	explanation := explain.Sentences(o.Execution)
	e.fail(failed(report.Check(at, v.Property, v.Why(explanation), explanation, v.Token, e.p.memory)))
}

// open makes the run of a token again, recorded.
func (e *execution) open(ctx context.Context, spec explore.Spec, token string) (*run.Outcome, error) {
	if token == "" {
		return &run.Outcome{}, nil
	}
	return explore.Open(ctx, spec, token)
}

// bundled is the content of display_data for what a drawing makes. With %picture
// off it is text only. A drawing that fails is no reason to show nothing.
func (e *execution) bundled(make func() (data, metadata map[string]any)) (content map[string]any) {
	defer func() {
		if r := recover(); r != nil {
			e.p.log("drawing: %v\n%s", r, debug.Stack())
			content = bundle(map[string]any{"text/plain": words.ExploreNotDrawn})
		}
	}()
	data, metadata := make()
	if e.p.pictureOff.Load() {
		delete(data, "image/svg+xml")
		delete(data, "text/html")
	}
	return map[string]any{"data": data, "metadata": metadata, "transient": map[string]any{}}
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
