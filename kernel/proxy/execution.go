package proxy

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"threading101/kernel/build"
	"threading101/kernel/cell"
	"threading101/kernel/jupyter"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// execution is one execute_request on its way through the kernel.
type execution struct {
	p       *proxy
	request jupyter.Request
	ask     executeRequest
	count   int
	number  int    // of the cell in all that names it
	rest    string // the cell without our own words
	out     *output
	orders  orders      // what our own magics say
	child   *child      // the GoNB it was sent to
	draft   *cell.Draft // nil: nothing for the compiler

	mu          sync.Mutex
	interrupted bool
	over        bool               // the program has ended: there is nothing left to interrupt
	cancel      context.CancelFunc // ends the build under way
	run         *run.Run           // the program under way
	failure     *failure           // what build or run found wrong
	lines       *cell.Map          // of the main.go that was built
	dir         string             // where GoNB composes main.go
	built       build.Result
	raced       bool     // built with the race detector
	program     *program // how it was built and run
	ran         bool     // there was a run
	questions   []string // of GoNB to the front end
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
	e := &execution{p: p, request: r, out: p.newOutput(r.Message)}
	e.ask = content(r.Message, executeRequest{StopOnError: true})
	e.out.silent = e.ask.Silent
	e.out.locate = e.locate
	p.queue.put(e)
}

// locate maps a place of the main.go that is being built or run.
func (e *execution) locate(file string, line, col int) model.Pos {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lines.Locate(file, line, col)
}

// executeAll executes the cells, one at a time, in the order of their coming.
func (p *proxy) executeAll(ctx context.Context) {
	for {
		e := p.queue.next(ctx)
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
	e.out.flush()
	if f == nil {
		p.reply(e.request, map[string]any{
			"status": "ok", "execution_count": e.count, "payload": []any{}, "user_expressions": e.expressions(),
		})
		return nil
	}
	if e.ask.StopOnError {
		behind = p.queue.empty()
	}
	e.out.show("error", f.content())
	reply := f.reply()
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
	if e.ask.stores() {
		p.count++
	}
	e.count = p.count
	e.number = p.count
	if !e.ask.stores() {
		// It must not be taken for the cell that has the number.
		p.unstored++
		e.number = unstoredFrom + p.unstored
	}
	e.out.count = p.count
	code := ""
	if e.ask.Code != nil {
		code = *e.ask.Code
	}
	if e.ask.stores() {
		p.history.add(e.count, code)
	}
	e.out.show("execute_input", map[string]any{"code": code, "execution_count": e.count})
}

// expressions answers user_expressions: Go has no values outside a run.
func (e *execution) expressions() map[string]any {
	all := map[string]any{}
	for name := range e.ask.Expressions {
		all[name] = failure{Name: "NotImplemented", Value: words.NoExpressions}.reply()
	}
	return all
}

// work executes the cell; nil means that all went well.
func (e *execution) work(ctx context.Context) *failure {
	if e.ask.Code == nil {
		return broken(words.NoCode)
	}
	code := strings.ReplaceAll(*e.ask.Code, "\r\n", "\n")
	e.p.memory.Show(e.number, code)
	rest, f := e.obey(code)
	if f != nil {
		return f
	}
	e.rest = rest
	if strings.TrimSpace(rest) != "" {
		f = e.send(ctx, code, rest)
	}
	if e.orders.wish.explore && f == nil && (e.draft == nil || !e.draft.HasGo()) {
		f = e.exploreLast(ctx)
	}
	if e.orders.Diff != nil && (f == nil || e.ran) {
		g := e.diff(ctx)
		if f == nil {
			f = g
		}
	}
	return f
}

// send lets GoNB execute what is left of the cell without our own magics.
func (e *execution) send(ctx context.Context, code, rest string) *failure {
	p := e.p
	if asksForInput(rest) && !e.ask.AllowStdin {
		return broken(words.NoInputHere)
	}
	child, err := e.awaitChild(ctx)
	if e.wasInterrupted() {
		return failed(report.Stopped())
	}
	if err != nil {
		return broken(words.NoGonb(err))
	}
	e.draft = p.memory.Begin(e.number, rest)
	p.memory.Show(e.number, code)
	if faults := e.draft.Syntax(); len(faults) > 0 && !hasCommands(rest) {
		return failed(report.Syntax(faults, p.memory))
	}
	if f, done := e.again(ctx, child, rest); done {
		return f
	}
	if !onlyGo(rest) {
		p.commands++
	}
	e.isSent(child)
	reply, err := child.ask(ctx, "execute_request", map[string]any{
		"code": rest, "silent": true, "store_history": true, "user_expressions": map[string]any{},
		"allow_stdin": e.ask.AllowStdin, "stop_on_error": true,
	}, e.out, e.inputForGonb(child))
	f := e.judge(reply, err, rest)
	e.keep(rest)
	e.out.release(f == nil)
	e.dropQuestions()
	return f
}

// isSent opens the cell to the calls of GoNB's tools.
func (e *execution) isSent(c *child) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.child = c
}

// atWork is the cell that GoNB works on now, nil if it has none of ours.
func (p *proxy) atWork() *execution {
	e := p.running()
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.child == nil {
		return nil
	}
	return e
}

// awaitChild waits for GoNB, or for an interrupt.
func (e *execution) awaitChild(ctx context.Context) (*child, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.begin(cancel) {
		return nil, context.Canceled
	}
	defer e.begin(nil)
	return e.p.awaitChild(ctx)
}

// judge says how the cell ended. What our own build and run found comes first,
// since GoNB knows less; then what only GoNB knows.
func (e *execution) judge(reply *jupyter.Message, err error, rest string) *failure {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.failure != nil {
		return e.failure
	}
	switch {
	case errors.Is(err, errGone):
		return failed(report.Died(true))
	case e.interrupted:
		return failed(report.Stopped())
	case err != nil:
		return broken(words.NoGonb(err))
	}
	answer := content(reply, gonbReply{})
	if answer.Status == "error" {
		if exitText.MatchString(answer.Value) {
			e.draft.Commit()
		}
		if e.dir != "" { // goimports has moved lines; of a test that is not built by us nothing was read since
			e.lines = e.mapOf(e.dir)
		}
		return failed(report.GoNB(answer.Value, e.draft, e.lines, e.p.memory))
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
