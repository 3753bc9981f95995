package live

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"threading101/kernel/model"
)

// The bounds of what a desk takes, keeps and sends.
const (
	PartSize  = 200_000 // bytes of text in a message
	mostSaid  = 64 << 10
	mostNames = 1000 // in a question
	mostRuns  = 200
	mostSteps = 300_000 // events of all runs that are kept; the last run stays, however long
)

// Desk has the runs that pages may step through. It may be used by several goroutines.
type Desk struct {
	ID string // of the model

	// Hand begins a run made by hand of the program that made a run; it returns nil where
	// the program is there no more. nil: nobody decides anything.
	Hand func(*model.Execution) Hand

	mu    sync.Mutex
	hands hands
	mode  Mode
	asked bool              // a front end has asked for all models, so it can show them
	views map[string]string // models of the pictures that are shown as widgets of their own → their pictures
	at    map[string]int    // the pictures that are open → their rows
	runs  map[string]*Shown
	order []string // of the runs, the oldest first
	size  int      // events of all runs
}

// NewDesk is a desk without runs; id is that of its model.
func NewDesk(id string) *Desk {
	return &Desk{ID: id, mode: Auto, views: map[string]string{}, at: map[string]int{}, runs: map[string]*Shown{}}
}

// Mode says where runs can be stepped through.
type Mode string

// The modes.
const (
	Auto Mode = "auto" // in the pictures of pages that can
	On   Mode = "on"   // in a widget of its own, too, for front ends that show only those
	Off  Mode = "off"
)

// Message is the data of a comm message.
type Message map[string]any

// The names of anywidget's model and view. Any version will do: a range that does not fit
// would put an error in the place of the picture.
const (
	module     = "anywidget"
	modelName  = "AnyModel"
	viewName   = "AnyView"
	anyVersion = "*"
)

// Models are all models, as a widget manager restores them.
func (d *Desk) Models() map[string]any {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = true
	all := map[string]any{d.ID: described(d.state(d.ID))}
	for id := range d.views {
		all[id] = described(d.state(id))
	}
	return all
}

func described(state map[string]any) map[string]any {
	return map[string]any{
		"model_name": modelName, "model_module": module, "model_module_version": anyVersion, "state": state,
	}
}

// IDs are those of all models.
func (d *Desk) IDs() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append(slices.Sorted(maps.Keys(d.views)), d.ID)
}

// State is that of a model.
func (d *Desk) State(id string) map[string]any {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.state(id)
}

func (d *Desk) state(id string) map[string]any {
	state := map[string]any{
		"_model_module": module, "_model_name": modelName, "_model_module_version": anyVersion,
		"_view_module": module, "_view_name": viewName, "_view_module_version": anyVersion, "_view_count": nil,
		"_anywidget_id": "threading101.live", "_esm": Script, "_css": Style,
		"words": Words(), "live": d.mode != Off, "at": d.where(),
	}
	if name := d.views[id]; name != "" {
		state["run"] = name
	}
	return state
}

// View makes a model for a picture that is shown as a widget of its own, if they are to
// be. The state is for who opens it; nil if there is none to open.
func (d *Desk) View(name string) (id string, state map[string]any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.mode != On || d.runs[name] == nil {
		return "", nil
	}
	id = d.ID + "-" + name
	d.views[id] = name
	return id, d.state(id)
}

func (d *Desk) where() map[string]int {
	return maps.Clone(d.at)
}

// Keep has a picture's run stepped through by who touches it.
func (d *Desk) Keep(name string, s *Shown) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if name == "" {
		return
	}
	d.drop(name)
	d.runs[name] = s
	d.order = append(d.order, name)
	d.size += len(s.Run.Events)
	for len(d.order) > mostRuns || len(d.order) > 1 && d.size > mostSteps {
		d.drop(d.order[0])
	}
}

func (d *Desk) drop(name string) {
	s := d.runs[name]
	if s == nil {
		return
	}
	delete(d.runs, name)
	delete(d.at, name)
	delete(d.views, d.ID+"-"+name)
	d.size -= len(s.Run.Events)
	for i, n := range d.order {
		if n == name {
			d.order = append(d.order[:i:i], d.order[i+1:]...)
			return
		}
	}
}

// Forget drops a picture's run, whose picture is shown no more.
func (d *Desk) Forget(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drop(name)
}

// IsOpen reports whether some page steps through a picture's run, as far as it has said so.
func (d *Desk) IsOpen(name string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, open := d.at[name]
	return open
}

// Lead is what to tell the pages for those that step through the run of a token to go to a
// step; nil where there is none that would understand.
func (d *Desk) Lead(token string, step int) Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.asked || token == "" {
		return nil
	}
	return custom(map[string]any{"lead": token, "step": step})
}

// Turn changes the mode, and returns what to tell the pages; nil where there is none that
// would understand.
func (d *Desk) Turn(mode Mode) Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mode = mode
	if !d.asked {
		return nil
	}
	return update("update", map[string]any{"live": mode != Off})
}

func update(method string, state map[string]any) Message {
	return Message{"method": method, "state": state, "buffer_paths": []any{}}
}

// said is what a page says to the model.
type said struct {
	Method string `json:"method"`
	State  struct {
		At map[string]int `json:"at"`
	} `json:"state"`
	Content struct {
		Ask     string          `json:"ask"`
		Name    string          `json:"name"`
		Names   []string        `json:"names"`
		Who     string          `json:"who"`
		Request json.RawMessage `json:"request"`
	} `json:"content"`
}

// Answer is what to tell the pages when one has said something to a model; nothing where
// that cannot be understood.
func (d *Desk) Answer(id string, data json.RawMessage) []Message {
	var s said
	if len(data) > mostSaid || json.Unmarshal(data, &s) != nil {
		return nil
	}
	switch s.Method {
	case "request_state":
		return []Message{update("update", d.State(id))}
	case "update":
		return d.remember(s.State.At)
	case "custom":
		return d.custom(&s)
	}
	return nil
}

func (d *Desk) custom(s *said) []Message {
	switch s.Content.Ask {
	case "have":
		return []Message{custom(map[string]any{"have": d.have(s.Content.Names)})}
	case "run":
		return d.send(s.Content.Name)
	case "step":
		return d.decide(s)
	}
	return nil
}

func custom(content map[string]any) Message {
	return Message{"method": "custom", "content": content}
}

// remember notes where pages are. Only pictures that can be stepped through have a place.
func (d *Desk) remember(at map[string]int) []Message {
	if at == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at = map[string]int{}
	for name, row := range at {
		if d.runs[name] != nil && row >= 0 {
			d.at[name] = row
		}
	}
	return []Message{update("echo_update", map[string]any{"at": d.where()})}
}

func (d *Desk) have(names []string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	have := []string{}
	for _, name := range names[:min(len(names), mostNames)] {
		if d.runs[name] != nil && d.mode != Off {
			have = append(have, name)
		}
	}
	return have
}

// send is the run of a picture, in parts.
func (d *Desk) send(name string) []Message {
	d.mu.Lock()
	s := d.runs[name]
	d.mu.Unlock()
	var run *Run
	if s != nil {
		run = s.Data()
	}
	if run == nil {
		return []Message{custom(map[string]any{"run": name, "gone": true})}
	}
	return inParts(map[string]any{"run": name}, run)
}

// split cuts a text between characters.
func split(text string, most int) (parts []string) {
	for len(text) > most {
		end := most
		for end > 0 && text[end]&0xc0 == 0x80 {
			end--
		}
		parts, text = append(parts, text[:end]), text[end:]
	}
	return append(parts, text)
}
