package proxy

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"threading101/kernel/build/code"
	"threading101/kernel/event"
	"threading101/kernel/jupyter"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/proxy/output"
	"threading101/kernel/report"
	"threading101/kernel/sequel"
	"threading101/kernel/words"
)

// Cells of bare statements continue one program (package sequel). A cell that
// continues it has the whole program composed, built and run; what the cells before
// did is decided by their seeds, and what they print again is not shown.

// sequelOf is the part that a cell has in the program. It belongs to the executor; the
// goroutines of GoNB's tools read it while the cell is at GoNB.
type sequelOf struct {
	parts []sequel.Part // the cells before, and this one
	seeds []uint64
	known [][2]string // what the first of them printed before
	did   []uint64    // and what their goroutines did
	other int         // the first of them, from 1, that did something else in this run; 0 if none did
	own   bool        // the last part is this cell
	text  *sequel.Text
	bands *output.Bands
	input typed
}

// laterSeeds is how many seeds a cell after the first has: tokens of a program of many
// cells stay short.
const laterSeeds = 10_000

// knowledge is what the composer may ask of the notebook: see [sequel.Past].
type knowledge struct {
	sequel.Attempt
	results func() map[string]int
	library func(pkg, name string) int
}

func (n knowledge) Results(name string) int {
	if r, ok := n.results()[name]; ok {
		return r
	}
	if pkg, name, ok := strings.Cut(name, "."); ok {
		return n.library(pkg, name)
	}
	return -1
}

// knows is what is known of the notebook for a cell that has its place.
func (p *proxy) knows(ctx context.Context, a sequel.Attempt) knowledge {
	library := func(pkg, name string) int { return p.stage.builder.Results(ctx, p.stage.dir, pkg, name) }
	var all map[string]int
	return knowledge{a, func() map[string]int {
		if all == nil {
			all = sequel.Results(p.memory.Declarations())
		}
		return all
	}, library}
}

// continues executes the cell as part of the program of the cells before; false if it
// is of another kind.
func (e *execution) continues(ctx context.Context, code string) (f *report.Report, is bool) {
	p, rest := e.p, e.cell.Code
	a := p.timeline.Begin(e.cell.ID)
	c, faults := sequel.Read(e.cell.Number, rest, p.knows(ctx, a))
	if c == nil {
		return nil, false
	}
	if e.cell.Speed != nil {
		return e.cell.Misused("real", words.SpeedContinues, words.SpeedNoMainHint), true
	}
	m := &sequel.Moment{ID: e.cell.ID, Number: e.cell.Number, Cell: c, Frozen: e.cell.Freeze, Seed: e.seed(a), Free: e.cell.Free()}
	if len(faults) > 0 {
		return report.Syntax(faults, p.memory), true
	}
	e.part = &sequelOf{parts: append(a.Parts(), m.Part()), seeds: append(a.Seeds(), m.Seed), known: e.known(a, c), own: true}
	e.part.expect(a.Before)
	f = e.sendProgram(ctx, code)
	if e.extends() {
		e.settle(a, m, f)
	}
	return f, true
}

// sendProgram has the program of the cell's part built and run.
func (e *execution) sendProgram(ctx context.Context, code string) *report.Report {
	e.part.text = sequel.Compose(e.part.parts, e.part.own)
	e.part.bands = &output.Bands{Show: e.out.Stream, Known: e.part.known, Over: e.part.input.over}
	e.cell.Folded, e.cell.Printed = e.part.repeated, e.part.printed
	e.cell.Seeds, e.cell.Code = e.part.seeds, e.part.text.Source
	f := e.send(ctx, code, e.part.text.Source)
	e.strayed()
	return f
}

// strayed says from which cell on the program went another way than before, though
// nothing of it has changed.
func (e *execution) strayed() {
	if !e.hasRun() {
		return
	}
	first := e.part.other
	if n := e.part.bands.Differs; n > 0 && (first == 0 || n < first) {
		first = n
	}
	if first > 0 {
		e.cell.Tell(words.PastDiffers(e.part.parts[first-1].Number, e.last().built.Uncontrolled, e.cell.Result.Loose&event.LooseFiles != 0))
	}
}

// hasRun reports whether the cell's program has run. It is asked before anything is read
// of the run, its part's notes too: GoNB may die while its tool still runs the program.
func (e *execution) hasRun() bool { return e.shown() && e.cell.Result != nil }

// repeated is how many of the cells before did in a run what they did before, as far as
// both were recorded whole.
func (s *sequelOf) repeated(x *model.Execution) (same int) {
	now := deeds(x)
	for same < min(len(s.did), len(now)) && s.did[same] != 0 {
		if s.did[same] != now[same] {
			s.other = same + 1
			break
		}
		same++
	}
	return same
}

// printed is what the last of the cells printed.
func (s *sequelOf) printed() string { return s.bands.Of(len(s.parts) - 1)[output.Streams["stdout"]] }

// deeds are hashes of what was done while each cell ran, but for accesses to memory:
// which of these are steps depends on what later cells share. There are none past what
// the recording keeps.
func deeds(x *model.Execution) (all []uint64) {
	at := 0
	for _, p := range x.Prompts {
		if x.Dropped > 0 && p.Event > x.DroppedAt {
			return all
		}
		h := fnv.New64a()
		for ; at < p.Event; at++ {
			e := &x.Events[at]
			ours := e.Site != nil && e.Site.Prompt > 0 // main does not go on from the last
			if event.Table[e.Op].Class != event.ClassMemory && !ours {
				fmt.Fprintln(h, e.G, e.Op, e.Pos.Line)
			}
		}
		all = append(all, h.Sum64())
	}
	return all
}

// programNumber is the number of a text that is no cell's: the program, run anew. No
// declaration that is remembered has it, so that the text's places are told from theirs.
const programNumber = -1

// draftNumber is the number of what is sent to GoNB.
func (e *execution) draftNumber() int {
	if e.part != nil && !e.part.own {
		return programNumber
	}
	return e.cell.Number
}

// seed is the cell's own.
func (e *execution) seed(a sequel.Attempt) uint64 {
	switch {
	case e.cell.Orders.Seed != nil:
		return *e.cell.Orders.Seed
	case len(a.Before) == 0:
		return rand.Uint64N(program.Seeds) + 1
	}
	return rand.Uint64N(laterSeeds)
}

// known is what the cells before printed, nil where that is not to be expected again:
// the program has changed, or another run is asked for.
func (e *execution) known(a sequel.Attempt, c *sequel.Cell) (all [][2]string) {
	if a.Live == 0 || a.Before[a.Live-1].Free != e.cell.Free() || e.cell.Replay != "" || e.cell.Real || e.cell.Race {
		return nil
	}
	after := e.p.memory.Begin(e.cell.Number, c.Declarations).Declarations()
	if e.p.hash(after, a.Parts()[:a.Live]) != a.Before[a.Live-1].Hash {
		e.cell.Tell(words.ProgramChanged)
		return nil
	}
	for _, m := range a.Before[:a.Live] {
		all = append(all, m.Printed)
	}
	return all
}

// expect has the program do what the cells before did.
func (s *sequelOf) expect(before []*sequel.Moment) {
	for _, m := range before {
		s.did = append(s.did, m.Did)
		s.input.known = append(s.input.known, m.Answers...)
	}
	s.did = s.did[:len(s.known)]
}

// hash is that of the program of some cells, with the notebook's declarations.
func (p *proxy) hash(declarations string, parts []sequel.Part) string {
	return code.OfText("package main\n" + declarations + "\n" + sequel.Main(parts))
}

// extends reports whether the cell's run is part of the notebook's program: it was not
// a search, no run that Go decided, and not one that a token of a search names.
func (e *execution) extends() bool {
	token := e.cell.Token()
	return !e.cell.Explores() && !e.cell.Step && !e.cell.Real && !e.cell.Race && (token == nil || token.Spec.Switches == nil)
}

// settle notes what came of a cell of the program.
func (e *execution) settle(a sequel.Attempt, m *sequel.Moment, f *report.Report) {
	p := e.p
	if !e.hasRun() {
		return // it could not begin
	}
	e.note(append(a.Before, m))
	m.Mark = e.cell.Mark
	var others []*sequel.Moment
	if f != nil {
		others = p.timeline.Failed(a, m)
	} else {
		others = p.timeline.Happened(a, m, !e.cell.Waits())
	}
	e.remark(a, m, others)
}

// note keeps how the cells of the program ran.
func (e *execution) note(all []*sequel.Moment) {
	seeds := e.part.seeds
	if t := e.cell.Token(); t != nil {
		seeds = append([]uint64{t.Spec.Seed}, t.Spec.Later...)
	}
	declarations := e.p.memory.Declarations()
	var did []uint64
	if x := e.cell.Result.Execution; x != nil {
		did = deeds(x)
	}
	for i, m := range all {
		m.Free = e.cell.Free()
		if m.Did = 0; i < len(did) {
			m.Did = did[i]
		}
		m.Printed, m.Answers = e.part.bands.Of(i), e.part.input.of(i)
		if x := e.cell.Result.Execution; x != nil && i < len(x.Prompts) {
			m.Lasted = x.Prompts[i].Lasted
		}
		if !e.part.own || i >= len(e.part.known) { // else it was looked at before the run
			m.Hash = e.p.hash(declarations, e.part.parts[:i+1])
		}
		if i < len(seeds) {
			m.Seed = seeds[i]
		}
	}
}

// remark says once what a learner may not expect of cells that continue a program.
func (e *execution) remark(a sequel.Attempt, m *sequel.Moment, others []*sequel.Moment) {
	if m.Cell.Defers > 0 {
		e.cell.Say(words.DeferredToEnd)
	}
	for _, name := range m.Cell.Vars {
		if a.Has(name) {
			e.cell.Say(words.DeclaredAgain(name))
		}
	}
	if len(others) > 0 {
		e.cell.Tell(words.InAnotherPast(numbers(others)))
		mark(others, m.Number)
	}
}

// mark says on the pictures of cells that they ran in another past, since the one of
// that number has run again, or is no longer there.
func mark(others []*sequel.Moment, number int) {
	for _, o := range others {
		if o.Mark != nil {
			o.Mark(words.OfAnotherPast(number))
			o.Mark = nil
		}
	}
}

// renew runs the program anew if the declarations of the cell have changed it.
func (e *execution) renew(ctx context.Context, code string) *report.Report {
	p := e.p
	live := p.timeline.Live()
	if len(live) == 0 || p.timeline.HasEnded() {
		return nil
	}
	a := p.timeline.Next()
	if p.hash(p.memory.Declarations(), a.Parts()) == live[len(live)-1].Hash {
		return nil
	}
	e.cell.Tell(words.RunsAnew(len(live)))
	f := e.rerun(ctx, code, a, false)
	for n := len(live) - 1; n > 0 && !e.hasRun() && !e.stop.Interrupted(); n-- { // it does not compile any more
		p.timeline.Keep(n)
		e.shared.forgive()
		e.rerun(ctx, code, p.timeline.Next(), false)
	}
	return f
}

// rerun runs the program as it is, for a cell that is no part of it. known says that it
// is to print what it printed before, if the clock is the same.
func (e *execution) rerun(ctx context.Context, code string, a sequel.Attempt, known bool) *report.Report {
	e.part = &sequelOf{parts: a.Parts(), seeds: a.Seeds()}
	for _, m := range a.Before {
		if known && m.Free == e.cell.Free() {
			e.part.known = append(e.part.known, m.Printed)
		}
	}
	e.part.expect(a.Before)
	f := e.sendProgram(ctx, code)
	if e.hasRun() && e.extends() {
		e.note(a.Before)
		if x := e.cell.Result.Execution; f != nil && x != nil {
			e.p.timeline.Keep(len(x.Prompts))
		}
		e.p.timeline.Ended(f == nil && !e.cell.Waits())
	}
	return f
}

// alone carries out what a cell without code asks of the program: %end, %replay.
func (e *execution) alone(ctx context.Context, code string) *report.Report {
	word := "replay"
	if e.cell.End {
		word = "end"
	}
	a := e.p.timeline.Next()
	if len(a.Before) == 0 || e.p.timeline.HasEnded() {
		return e.cell.Misused(word, words.NoProgram(word), words.NoProgramHint)
	}
	return e.rerun(ctx, code, a, e.cell.End)
}

// arrange carries out what a cell asks of the program before its code: %new, %rm.
func (e *execution) arrange() *report.Report {
	t := &e.p.timeline
	if e.cell.New {
		*t = sequel.Timeline{}
		if e.cell.IsEmpty() {
			e.cell.Tell(words.NewProgram)
		}
	}
	if n := e.cell.Remove; n > 0 {
		others, ok := t.Remove(n)
		if !ok {
			return e.cell.Misused("rm", words.NotInProgram(n), words.NotInProgramHint)
		}
		e.cell.Tell(words.TakenOut(n, numbers(others)))
		mark(others, n)
	}
	return nil
}

func numbers(all []*sequel.Moment) (list []int) {
	for _, m := range all {
		list = append(list, m.Number)
	}
	return list
}

// showProgram shows the program of the cells so far as one file.
func (e *execution) showProgram() *report.Report {
	a := e.p.timeline.Next()
	if len(a.Before) == 0 {
		return e.cell.Misused("program", words.NoProgram("program"), words.NoProgramHint)
	}
	text, err := sequel.File(e.p.memory.Declarations(), a.Before)
	if err != nil {
		return report.Broken(words.ProgramNotWritten(err))
	}
	e.cell.Tell(text)
	return nil
}

// look notes what stands around the next cell, for who types it.
func (p *proxy) look() {
	above, below := sequel.Around(p.timeline.Next().Parts())
	p.around.Store(&[2]string{above, below})
	p.recent.Store(&programs{slices.Clone(p.programs.list), p.programs.lend})
}

// forgetDeleted takes the cells out of the program that the front end has deleted.
func (e *execution) forgetDeleted() {
	gone, others := e.p.timeline.Forget(e.deleted())
	if len(gone) > 0 && len(others) > 0 {
		e.cell.Tell(words.Deleted(numbers(gone), numbers(others)))
		mark(others, gone[0].Number)
	}
}

// deleted are the cells that the front end has deleted since.
func (e *execution) deleted() []string {
	return jupyter.Content(&jupyter.Message{Content: e.request.Message.Metadata}, struct {
		Cells []string `json:"deletedCells"`
	}{}).Cells
}
