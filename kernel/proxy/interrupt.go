package proxy

import (
	"context"
	"os"
	"os/signal"
	"time"

	"threading101/kernel/jupyter"
)

// interrupt answers an interrupt_request: at once, whatever it takes to end
// what runs.
func (p *proxy) interrupt(jupyter.Request) any {
	if e := p.running(); e != nil {
		e.interrupt()
	}
	return map[string]any{"status": "ok"}
}

// obeySignals takes SIGINT for an interrupt. It also keeps a SIGINT that was
// ignored when we were started from being ignored by everything we start.
func (p *proxy) obeySignals(ctx context.Context) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	defer signal.Stop(signals)
	for {
		select {
		case <-signals:
			if e := p.running(); e != nil {
				e.interrupt()
			}
		case <-ctx.Done():
			return
		}
	}
}

// interrupt ends what the cell does just now: a build, a program, a search, or
// something that GoNB itself runs. A GoNB that somebody has stopped goes on, to answer.
func (e *execution) interrupt() {
	e.stop.Interrupt(e.interruptGonb)
	if c := e.p.child(); c != nil {
		c.process.Resume()
	}
}

// gonbPatience is how long what GoNB runs may take to end after SIGINT.
const gonbPatience = 2 * time.Second

func (e *execution) interruptGonb() {
	c := e.p.child()
	if c == nil {
		return
	}
	c.process.Interrupt()
	time.AfterFunc(gonbPatience, func() {
		if e.p.running() == e {
			c.process.Descendants(true)
		}
	})
}

// shutdown answers a shutdown_request and lets Serve return.
func (p *proxy) shutdown(r jupyter.Request) {
	ask := jupyter.Content(r.Message, struct {
		Restart bool `json:"restart"`
	}{})
	body := map[string]any{"status": "ok", "restart": ask.Restart}
	p.bracket(r, func() {
		p.reply(r, body)
		p.publish(r.Message, "shutdown_reply", body)
	})
	if e := p.running(); e != nil {
		e.interrupt()
	}
	p.stop()
}
