package proxy

import (
	"path"
	"sync"

	"threading101/kernel/jupyter"
)

// history keeps the inputs of this session, for consoles and their arrow keys.
type history struct {
	mu     sync.Mutex
	inputs []input
}

type input struct {
	line int
	code string
}

// historyLimit bounds what is remembered: nobody pages back further.
const historyLimit = 10000

func (h *history) add(line int, code string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.inputs = append(h.inputs, input{line, code})
	if len(h.inputs) > historyLimit {
		h.inputs = h.inputs[len(h.inputs)-historyLimit:]
	}
}

type historyRequest struct {
	Output  bool   `json:"output"`
	Access  string `json:"hist_access_type"`
	Session int    `json:"session"`
	Start   int    `json:"start"`
	Stop    *int   `json:"stop"`
	N       *int   `json:"n"`
	Pattern string `json:"pattern"`
	Unique  bool   `json:"unique"`
}

// past answers a history_request. There is one session: 0 and 1 both name it.
func (p *proxy) past(r jupyter.Request) any {
	ask := jupyter.Content(r.Message, historyRequest{Access: "tail"})
	entries := []any{}
	for _, in := range p.history.choose(ask) {
		entry := []any{1, in.line, in.code}
		if ask.Output {
			entry[2] = []any{in.code, nil}
		}
		entries = append(entries, entry)
	}
	return map[string]any{"status": "ok", "history": entries}
}

func (h *history) choose(ask historyRequest) []input {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch ask.Access {
	case "range":
		return h.between(ask)
	case "search":
		return last(ask.N, h.search(ask.Pattern, ask.Unique))
	default:
		return last(ask.N, h.inputs)
	}
}

func (h *history) between(ask historyRequest) []input {
	var found []input
	for _, in := range h.inputs {
		if (ask.Session == 0 || ask.Session == 1) && in.line >= ask.Start && (ask.Stop == nil || in.line < *ask.Stop) {
			found = append(found, in)
		}
	}
	return found
}

// search matches whole inputs against a pattern of * and ?, as IPython does.
func (h *history) search(pattern string, unique bool) []input {
	if pattern == "" {
		pattern = "*"
	}
	var found []input
	seen := map[string]bool{}
	for i := len(h.inputs) - 1; i >= 0; i-- {
		in := h.inputs[i]
		if glob(pattern, in.code) && !(unique && seen[in.code]) {
			seen[in.code] = true
			found = append([]input{in}, found...)
		}
	}
	return found
}

// glob is path.Match where neither / nor [ is special.
func glob(pattern, text string) bool {
	ok, err := path.Match(plain(pattern), plain(text))
	return err == nil && ok
}

func plain(s string) string {
	out := []rune(s)
	for i, r := range out {
		switch r {
		case '/':
			out[i] = '\x01'
		case '[':
			out[i] = '\x02'
		case '\\':
			out[i] = '\x03'
		}
	}
	return string(out)
}

func last(n *int, all []input) []input {
	if n == nil || *n < 0 || *n >= len(all) {
		return all
	}
	return all[len(all)-*n:]
}
