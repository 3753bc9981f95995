package proxy

import (
	"encoding/json"

	"threading101/kernel/jupyter"
	"threading101/kernel/live"
	"threading101/kernel/model"
	"threading101/kernel/render/picture"
)

// The targets of widgets: each model's own comm, and the one on which a front end asks
// for all models at once.
const (
	widgetTarget  = "jupyter.widget"
	controlTarget = "jupyter.widget.control"
)

// toDesk answers what a page says to the model.
func (p *proxy) toDesk(r jupyter.Request) {
	for _, m := range p.desk.Answer(dataOf(r)) {
		p.tellComm(r.Message, p.desk.ID, m)
	}
}

// toControl answers a front end that asks for all models: there is one, which is open
// from the start, so none has to be opened where no front end could.
func (p *proxy) toControl(r jupyter.Request, id string) {
	asks := content(&jupyter.Message{Content: dataOf(r)}, struct {
		Method string `json:"method"`
	}{})
	if asks.Method == "request_states" {
		p.tellComm(r.Message, id, live.Message{
			"method": "update_states", "states": map[string]any{p.desk.ID: p.desk.Model()}, "buffer_paths": []any{},
		})
	}
}

func dataOf(r jupyter.Request) json.RawMessage {
	return content(r.Message, struct {
		Data json.RawMessage `json:"data"`
	}{}).Data
}

func (p *proxy) tellComm(parent *jupyter.Message, id string, m live.Message) {
	p.publish(parent, "comm_msg", map[string]any{"comm_id": id, "data": m})
}

// keepLive has the run of a picture stepped through by who touches the picture.
func (e *execution) keepLive(bundle map[string]any, x *model.Execution, o picture.Options) {
	sources := map[int]string{}
	for i := range x.Events {
		if cell := x.Events[i].Pos.Cell; cell > 0 {
			if _, known := sources[cell]; !known {
				sources[cell] = e.p.memory.Source(cell)
			}
		}
	}
	e.p.desk.Keep(picture.Named(bundle), &live.Shown{Run: x, Options: o, Source: func(pos model.Pos) string { return sources[pos.Cell] }})
}
