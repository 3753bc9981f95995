package proxy

import (
	"errors"
	"testing"

	"threading101/kernel/jupyter"
)

// hungUp are sockets whose other side has died, which nobody has noticed yet.
type hungUp struct{ back }

func (hungUp) Send(jupyter.Channel, *jupyter.Message) error { return jupyter.ErrClosed }

// What cannot be sent has not been heard: the next child can be asked.
func TestUnheard(t *testing.T) {
	c := &child{back: hungUp{}, calls: map[string]*call{}}
	if _, err := c.ask(t.Context(), "execute_request", nil, nil, nil); !errors.Is(err, errUnheard) {
		t.Errorf("it says %v", err)
	}
}
