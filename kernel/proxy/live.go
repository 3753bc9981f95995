package proxy

import (
	"encoding/json"

	"threading101/kernel/jupyter"
	"threading101/kernel/live"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/render/picture"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// The targets of widgets: each model's own comm, and the one on which a front end asks
// for all models at once.
const (
	widgetTarget  = "jupyter.widget"
	controlTarget = "jupyter.widget.control"
)

// toDesk answers what a page says to a model.
func (p *proxy) toDesk(r jupyter.Request) {
	id := jupyter.Content(r.Message, commContent{}).ID
	for _, m := range p.desk.Answer(id, dataOf(r)) {
		p.tellComm(r.Message, id, m)
	}
}

// toControl answers a front end that asks for all models: the first is open from the
// start, so none has to be opened where no front end could.
func (p *proxy) toControl(r jupyter.Request, id string) {
	asks := jupyter.Content(&jupyter.Message{Content: dataOf(r)}, struct {
		Method string `json:"method"`
	}{})
	if asks.Method == "request_states" {
		p.tellComm(r.Message, id, live.Message{
			"method": "update_states", "states": p.desk.Models(), "buffer_paths": []any{},
		})
	}
}

func dataOf(r jupyter.Request) json.RawMessage {
	return jupyter.Content(r.Message, struct {
		Data json.RawMessage `json:"data"`
	}{}).Data
}

func (p *proxy) tellComm(parent *jupyter.Message, id string, m live.Message) {
	p.publish(parent, "comm_msg", map[string]any{"comm_id": id, "data": m})
}

// keepLive has the run of a picture stepped through by who touches the picture.
func (e *execution) keepLive(name string, x *model.Execution, o picture.Options) {
	e.p.desk.Keep(name, e.p.steppable(x, o))
	e.view(name)
}

// steppable is a run with the texts of the cells that it went through, as they are now.
func (p *proxy) steppable(x *model.Execution, o picture.Options) *live.Shown {
	sources := map[int]string{}
	for i := range x.Events {
		if cell := x.Events[i].Pos.Cell; cell > 0 {
			if _, known := sources[cell]; !known {
				sources[cell] = p.memory.Source(cell)
			}
		}
	}
	return &live.Shown{Run: x, Options: o, Source: func(pos model.Pos) string { return sources[pos.Cell] }}
}

// view shows a widget below the picture, where the session has %live on.
func (e *execution) view(name string) {
	id, state := e.p.desk.View(name)
	if state == nil {
		return
	}
	e.out.Relay("comm_open", map[string]any{
		"comm_id": id, "target_name": widgetTarget, "target_module": nil, "data": map[string]any{"state": state, "buffer_paths": []any{}},
	}, json.RawMessage(`{"version":"2.1.0"}`), nil)
	e.out.Show("display_data", e.out.Bundle(map[string]any{
		"application/vnd.jupyter.widget-view+json": map[string]any{"version_major": 2, "version_minor": 1, "model_id": id},
		"text/plain": words.LiveView,
	}, map[string]any{}))
}

// turnLive does what %live says.
func (e *execution) turnLive() {
	if e.cell.Orders.Live == "" {
		return
	}
	if m := e.p.desk.Turn(live.Mode(e.cell.Orders.Live)); m != nil {
		e.p.tellComm(e.request.Message, e.p.desk.ID, m)
	}
}

// byHand begins a run made by hand of the program that made a run, which has a token; nil
// where that cannot be done.
func (p *proxy) byHand(x *model.Execution) live.Hand {
	token, err := sched.ParseToken(x.Token)
	recent := p.recent.Load()
	if err != nil || recent == nil {
		return nil
	}
	maker := recent.maker(token.Code)
	if maker == nil || (&made{built: maker.Built}).talksToGonb() {
		return nil
	}
	session, refusal := maker.Step(program.ByHand{Clock: token.Spec.Clock})
	if refusal != nil {
		return nil
	}
	return session
}
