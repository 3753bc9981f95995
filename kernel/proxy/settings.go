package proxy

import (
	"context"
	"strings"
	"sync"
)

// settings are the cells' commands that change how GoNB works from then on. A
// new GoNB gets them again.
type settings struct {
	mu    sync.Mutex
	lines []string
}

var lasting = []string{"%env ", "%cd ", "%goflags", "%autoget", "%noautoget", "%track ", "%untrack "}

func (s *settings) keep(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.Lines(code) {
		line = strings.TrimRight(strings.TrimPrefix(line, "//gonb:"), "\r\n")
		for _, prefix := range lasting {
			if strings.HasPrefix(line+" ", prefix) && len(s.lines) < 1000 {
				s.lines = append(s.lines, line)
			}
		}
	}
}

func (s *settings) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.lines, "\n")
}

// recall gives a new GoNB the settings and declarations of the last one. GoNB
// remembers only what it has compiled and run; with no cell running, our
// builder lets it believe so.
func (p *proxy) recall(c *child) {
	for _, code := range []string{p.settings.text(), p.memory.Declarations()} {
		if strings.TrimSpace(code) == "" {
			continue
		}
		_, err := c.ask(context.Background(), "execute_request", map[string]any{
			"code": code, "silent": true, "store_history": true, "user_expressions": map[string]any{},
			"allow_stdin": false, "stop_on_error": true,
		}, nil, nil)
		if err != nil {
			p.log("giving GoNB its memory back: %v", err)
		}
	}
}
