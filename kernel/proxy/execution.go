package proxy

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/cell"
	"threading101/kernel/jupyter"
	"threading101/kernel/magic"
	"threading101/kernel/program"
	"threading101/kernel/proxy/output"
	"threading101/kernel/report"
	"threading101/kernel/sequel"
	"threading101/kernel/words"
)

// execution is one execute_request on its way through the kernel. Its fields are
// in groups by the goroutines that may touch them; the comment of each group
// names the hand-over.
//
// The goroutines are: the front's, which answers requests (answerAll) and takes
// signals; the executor's (executeAll), which executes one cell at a time; GoNB's
// listener, which hears what GoNB publishes; those of GoNB's tools, one for each
// call (handler.go), on which the program is built, run and drawn; and the run's
// own, which deliver its output and ask for its input.
type execution struct {
	given
	turn
	shared
	stop program.Stop // any goroutine; it has its own mutex
}

// given is set before the cell is queued and never changed, so every goroutine
// may read it. The queue's mutex hands it to the executor, [proxy.setCurrent] to
// all others. The output has a mutex of its own.
type given struct {
	p       *proxy
	request jupyter.Request
	asks    executeRequest
	out     *output.Output
}

// turn is the executor's. It fills it until it sends the cell to GoNB, by
// [shared.send]: from then on until GoNB has answered it only reads, as those of
// GoNB's tools do that find the cell through [proxy.atWork].
type turn struct {
	count int
	cell  *program.Cell
	draft *cell.Draft // nil: nothing for the compiler

	posed  []*posed  // what the cell wants to have predicted
	part   *sequelOf // nil: it does not continue the notebook's program
	before []string  // what the notebook's program declares when the cell is sent

	viaGonb bool // the program's output must pass through GoNB
}

// executeRequest is the content of an execute_request. Front ends leave fields
// out; these are the protocol's defaults.
type executeRequest struct {
	Code        *string                    `json:"code"`
	Silent      bool                       `json:"silent"`
	Store       *bool                      `json:"store_history"`
	Expressions map[string]json.RawMessage `json:"user_expressions"`
	AllowStdin  bool                       `json:"allow_stdin"`
	StopOnError bool                       `json:"stop_on_error"`
}

func (a executeRequest) stores() bool { return !a.Silent && (a.Store == nil || *a.Store) }

// enqueue puts a cell into the queue.
func (p *proxy) enqueue(r jupyter.Request) {
	e := &execution{given: given{p: p, request: r, out: output.New(p.publishMessage, r.Message, p.session)}}
	e.asks = jupyter.Content(r.Message, executeRequest{StopOnError: true})
	e.out.Silent = e.asks.Silent
	e.out.Notebook = e.cellID() != ""
	e.out.Locate = e.locate
	p.queue.put(e)
}

// executeAll executes the cells, one at a time, in the order of their coming.
func (p *proxy) executeAll(ctx context.Context) {
	var memory surplus
	for {
		e := p.queue.next(ctx, givenBackAfter, memory.giveBack)
		if e == nil {
			return
		}
		p.setCurrent(e)
		behind := e.perform(ctx)
		p.setCurrent(nil)
		p.abort(behind)
	}
}

func (p *proxy) setCurrent(e *execution) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.current = e
}

// running is the cell that runs now, nil if none does.
func (p *proxy) running() *execution {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.current
}

// abort answers cells that are not executed.
func (p *proxy) abort(all []*execution) {
	for _, e := range all {
		p.bracket(e.request, func() {
			p.reply(e.request, map[string]any{"status": "aborted", "execution_count": p.count, "user_expressions": map[string]any{}, "payload": []any{}})
		})
	}
}

// perform executes one cell and answers it. If it fails, it takes out of the
// queue what came before anybody could know: the cell that somebody sends at
// seeing the error is a new one.
func (e *execution) perform(ctx context.Context) (behind []*execution) {
	p := e.p
	p.status(e.request.Message, "busy")
	defer p.status(e.request.Message, "idle")
	e.announce()
	f := e.work(ctx)
	e.out.Flush()
	if f == nil {
		p.reply(e.request, map[string]any{
			"status": "ok", "execution_count": e.count, "payload": []any{}, "user_expressions": e.expressions(),
		})
		return nil
	}
	if e.asks.StopOnError {
		behind = p.queue.empty()
	}
	e.out.Show("error", errorContent(f))
	reply := errorReply(f)
	reply["execution_count"] = e.count
	reply["payload"], reply["user_expressions"] = []any{}, map[string]any{}
	p.reply(e.request, reply)
	return behind
}

// unstoredFrom is above the numbers of all cells: those that are executed
// without being counted get numbers of their own from there.
const unstoredFrom = 1 << 20

// announce counts the cell and shows its input.
func (e *execution) announce() {
	p := e.p
	if e.asks.stores() {
		p.count++
	}
	e.count = p.count
	e.cell = &program.Cell{Session: p.cells, Number: p.count, ID: e.cellID(), Lesson: e.lessonOf(), Screen: screen{e}, Stop: &e.stop, Live: e.keepLive}
	if !e.asks.stores() {
		// It must not be taken for the cell that has the number.
		p.unstored++
		e.cell.Number = unstoredFrom + p.unstored
	}
	e.out.Count = p.count
	code := ""
	if e.asks.Code != nil {
		code = *e.asks.Code
	}
	if e.asks.stores() {
		p.history.add(e.count, code)
	}
	e.out.Show("execute_input", map[string]any{"code": code, "execution_count": e.count})
}

// cellID is by what a front end with a notebook knows the cell.
func (e *execution) cellID() string {
	return jupyter.Content(&jupyter.Message{Content: e.request.Message.Metadata}, struct {
		Cell string `json:"cellId"`
	}{}).Cell
}

// expressions answers user_expressions: Go has no values outside a run.
func (e *execution) expressions() map[string]any {
	all := map[string]any{}
	for name := range e.asks.Expressions {
		all[name] = errorReply(notImplemented(words.NoExpressions))
	}
	return all
}

// work executes the cell; nil means that all went well.
func (e *execution) work(ctx context.Context) *report.Report {
	if e.asks.Code == nil {
		return report.Broken(words.NoCode)
	}
	code := strings.ReplaceAll(*e.asks.Code, "\r\n", "\n")
	e.p.memory.Show(e.cell.Number, code)
	e.viaGonb = magic.NeedsGoNBOutput(code)
	e.forgetDeleted()
	e.p.cells.Continues = len(e.p.timeline.Live()) > 0
	f := e.cell.Obey(code)
	e.out.OneStream = len(e.cell.Checks) > 0
	e.turnLive()
	if f == nil {
		f = e.obeyRoom(ctx)
	}
	e.mindRoom()
	if f == nil && e.cell.Summary {
		e.summary()
	}
	if f == nil && e.cell.Database != "" {
		f = e.database(ctx)
	}
	if f == nil {
		f = e.predict(ctx)
	}
	if f == nil {
		f = e.arrange()
	}
	if f != nil {
		return f
	}
	f = e.obey(ctx, code)
	e.p.look()
	e.p.teacher.again()
	if e.cell.Explores() && f == nil && (e.draft == nil || !e.draft.HasGo()) {
		f = e.exploreLast(ctx)
	}
	if e.cell.Step && f == nil && (e.draft == nil || !e.draft.HasGo()) {
		f = e.stepLast(ctx)
	}
	if f == nil {
		e.keepSolved(code)
	}
	if e.shown() || f == nil && e.cell.IsEmpty() {
		if g := e.reveal(ctx); f == nil {
			f = g
		}
	}
	e.tellCame()
	e.noteForHints(code, f)
	if e.cell.Orders.Hint {
		e.hint()
	}
	if e.cell.Orders.Why && f == nil {
		e.cell.Why()
	}
	if e.cell.Orders.Diff != nil && (f == nil || e.shown()) {
		g := e.cell.Diff(ctx, e.p.programs.maker)
		if f == nil {
			f = g
		}
	}
	return f
}

// obey has the cell's code executed, and what it asks of the notebook's program done.
func (e *execution) obey(ctx context.Context, code string) (f *report.Report) {
	switch {
	case strings.TrimSpace(e.cell.Code) != "":
		f = e.code(ctx, code)
	case e.cell.End || e.cell.Replay != "":
		f = e.alone(ctx, code)
	}
	if e.cell.Program && f == nil {
		f = e.showProgram()
	}
	if e.cell.Export != nil && f == nil {
		f = e.export(ctx)
	}
	return f
}

// code has the cell's code executed.
func (e *execution) code(ctx context.Context, code string) *report.Report {
	if f, continues := e.continues(ctx, code); continues {
		return f
	}
	f := e.send(ctx, code, e.cell.Code)
	if f == nil && e.draft.Forgets() {
		e.p.timeline = sequel.Timeline{}
	}
	if f != nil || e.draft.HasMain() || !e.draft.HasGo() {
		return f
	}
	if onlyGo(e.cell.Code) {
		e.declare()
	}
	return e.renew(ctx, code)
}

// declare says what the cell has declared.
func (e *execution) declare() {
	if all := e.draft.Declared(); len(all) > 0 {
		e.cell.Tell(words.Declared(all))
	}
}

// send lets GoNB execute what is left of the cell without our own magics: the next GoNB,
// if this one turns out to be dead before it began.
func (e *execution) send(ctx context.Context, code, rest string) *report.Report {
	f, heard := e.sendOnce(ctx, code, rest)
	if !heard {
		f, _ = e.sendOnce(ctx, code, rest)
	}
	if f == nil {
		e.tellMisspelt(ctx, code)
	}
	return f
}

// tellMisspelt says which imports of the cell's own were left out, as nothing uses them, of
// which there is no package.
func (e *execution) tellMisspelt(ctx context.Context, code string) {
	own := slices.DeleteFunc(e.draft.Imports(), func(path string) bool {
		return !strings.Contains(code, strconv.Quote(path)) // of a cell that this one continues
	})
	dir, _ := e.composed()
	for _, m := range e.p.stage.builder.Misspelt(ctx, dir, own) {
		e.cell.Tell(words.ImportLeftOut(m.Path, m.Meant))
	}
}

func (e *execution) sendOnce(ctx context.Context, code, rest string) (f *report.Report, heard bool) {
	p := e.p
	if asksForInput(rest) && !e.asks.AllowStdin {
		return report.Broken(words.NoInputHere), true
	}
	child, err := e.awaitChild(ctx)
	if e.stop.Interrupted() {
		return report.Stopped(), true
	}
	if err != nil {
		return report.Broken(words.NoGonb(err)), true
	}
	rest = cell.OwnPlaces(rest)
	e.draft = p.memory.Begin(e.draftNumber(), rest)
	if e.part != nil {
		e.draft.Through(e.part.text.Place)
	}
	e.before = p.timeline.Next().Names()
	p.memory.Show(e.cell.Number, code)
	if faults := e.draft.Syntax(); len(faults) > 0 && !hasCommands(rest) {
		return report.Syntax(faults, p.memory), true
	}
	if f, done := e.again(ctx, child, rest); done {
		return f, true
	}
	if !onlyGo(rest) {
		p.commands++
	}
	e.shared.send(child)
	reply, err := child.ask(ctx, "execute_request", map[string]any{
		"code": rest, "silent": true, "store_history": true, "user_expressions": map[string]any{},
		"allow_stdin": e.asks.AllowStdin, "stop_on_error": true,
	}, e.out, e.inputForGonb(child))
	if errors.Is(err, errUnheard) && !e.stop.Interrupted() {
		return report.Died(true), false
	}
	f = e.judge(reply, err, rest)
	e.keep(rest)
	e.out.Release(f == nil)
	e.dropQuestions()
	return f, true
}

// atWork is the cell that GoNB works on now, nil if it has none of ours.
func (p *proxy) atWork() *execution {
	e := p.running()
	if e == nil || e.sentTo() == nil {
		return nil
	}
	return e
}

// awaitChild waits for GoNB, or for an interrupt.
func (e *execution) awaitChild(ctx context.Context) (*child, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.stop.Begin(cancel) {
		return nil, context.Canceled
	}
	defer e.stop.Idle()
	return e.p.awaitChild(ctx)
}

// judge says how the cell ended. What our own build and run found comes first,
// since GoNB knows less; then what only GoNB knows.
func (e *execution) judge(reply *jupyter.Message, err error, rest string) *report.Report {
	if f := e.failed(); f != nil {
		return f
	}
	switch {
	case errors.Is(err, errGone):
		return report.Died(true)
	case e.stop.Interrupted():
		return report.Stopped()
	case err != nil:
		return report.Broken(words.NoGonb(err))
	}
	answer := jupyter.Content(reply, gonbReply{})
	if answer.Status == "error" {
		if output.ExitText.MatchString(answer.Value) {
			e.draft.Commit()
		}
		dir, lines := e.composed()
		if dir != "" { // goimports has moved lines; of a test that is not built by us nothing was read since
			lines = e.mapOf(dir)
			e.compose(dir, lines)
		}
		return report.GoNB(answer.Value, e.draft, lines, e.p.memory)
	}
	e.p.settings.keep(rest)
	e.draft.Commit()
	return nil
}

type gonbReply struct {
	Status    string   `json:"status"`
	Name      string   `json:"ename"`
	Value     string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// hasCommands reports whether GoNB would do something before it parses the cell.
func hasCommands(code string) bool {
	for line := range strings.Lines(code) {
		line = strings.TrimPrefix(line, "//gonb:")
		if strings.HasPrefix(line, "!") || strings.HasPrefix(line, "%") && !strings.HasPrefix(line, "%%") && !strings.HasPrefix(line, "%main") {
			return true
		}
	}
	return false
}

// asksForInput reports whether the cell makes GoNB ask the front end.
func asksForInput(code string) bool {
	for line := range strings.Lines(code) {
		line = strings.TrimSpace(strings.TrimPrefix(line, "//gonb:"))
		if line == "%with_inputs" || line == "%with_password" {
			return true
		}
	}
	return false
}
