package proxy

import (
	"context"
	"encoding/json"
	"sync"

	"threading101/kernel/jupyter"
)

// inputs are the questions to a front end that are not answered yet, by the id
// of the input_request.
type inputs struct {
	mu   sync.Mutex
	open map[string]func(value string)
}

func (i *inputs) put(id string, answer func(string)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.open == nil {
		i.open = map[string]func(string){}
	}
	i.open[id] = answer
}

func (i *inputs) drop(id string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.open, id)
}

// deliver gives an input_reply to whoever asked. Front ends do not all name the
// question; with one question open there is no doubt.
func (i *inputs) deliver(m *jupyter.Message) {
	var reply struct {
		Value *string `json:"value"`
	}
	if m.Header.MsgType != "input_reply" || json.Unmarshal(m.Content, &reply) != nil || reply.Value == nil {
		return
	}
	i.mu.Lock()
	answer, ok := i.open[parentID(m)]
	if !ok && len(i.open) == 1 {
		for _, answer = range i.open {
		}
	}
	i.mu.Unlock()
	if answer != nil {
		answer(*reply.Value)
	}
}

// question sends an input_request to the front end that the cell came from.
func (e *execution) question(prompt string, password bool, answer func(string)) (id string) {
	e.out.Flush()
	m := jupyter.New("input_request", e.p.session, e.request.Message, map[string]any{"prompt": prompt, "password": password})
	e.p.inputs.put(m.Header.MsgID, answer)
	if err := e.p.front.Send(jupyter.Stdin, m); err != nil {
		e.p.log("sending input_request: %v", err)
	}
	return m.Header.MsgID
}

// input asks for one line of standard input.
func (e *execution) input(ctx context.Context) (string, error) { return e.typed(ctx, "") }

// typed is the line that is typed behind a prompt.
func (e *execution) typed(ctx context.Context, prompt string) (string, error) {
	answers := make(chan string, 1)
	id := e.question(prompt, false, func(value string) {
		select {
		case answers <- value:
		default:
		}
	})
	defer e.p.inputs.drop(id)
	select {
	case line := <-answers:
		return line, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// inputForGonb passes GoNB's own questions on, and the answers back.
func (e *execution) inputForGonb(c *child) func(*jupyter.Message) {
	if !e.asks.AllowStdin {
		return nil
	}
	return func(m *jupyter.Message) {
		if m.Header.MsgType != "input_request" {
			return
		}
		ask := jupyter.Content(m, struct {
			Prompt   string `json:"prompt"`
			Password bool   `json:"password"`
		}{})
		var id string
		var once sync.Once
		id = e.question(ask.Prompt, ask.Password, func(value string) {
			once.Do(func() { go c.answer(m, value) })
		})
		e.shared.ask(id)
	}
}

// dropQuestions forgets what GoNB asked and nobody answered.
func (e *execution) dropQuestions() {
	for _, id := range e.asked() {
		e.p.inputs.drop(id)
	}
}
