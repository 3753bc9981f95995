package proxy

import (
	"slices"
	"sync"

	"threading101/kernel/jupyter"
	"threading101/kernel/proxy/output"
)

// comms are the channels between a front end and code in the kernel that are
// open now: comm_id → target name.
type comms struct {
	mu   sync.Mutex
	open map[string]string
}

// gonbTarget is what GoNB's own widgets connect to.
const gonbTarget = "gonb_comm"

type commContent struct {
	ID     string `json:"comm_id"`
	Target string `json:"target_name"`
}

func (c *comms) set(id, target string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = map[string]string{}
	}
	c.open[id] = target
}

func (c *comms) drop(id string) (target string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	target, ok = c.open[id]
	delete(c.open, id)
	return target, ok
}

func (c *comms) target(id string) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	target, ok := c.open[id]
	return target, ok
}

// commInfo lists the open comms, those of one target if one is asked for.
func (p *proxy) commInfo(r jupyter.Request) any {
	ask := jupyter.Content(r.Message, commContent{})
	p.comms.mu.Lock()
	defer p.comms.mu.Unlock()
	list := map[string]any{}
	if ask.Target == "" || ask.Target == widgetTarget {
		for _, id := range p.desk.IDs() {
			list[id] = map[string]any{"target_name": widgetTarget}
		}
	}
	for id, target := range p.comms.open {
		if ask.Target == "" || ask.Target == target {
			list[id] = map[string]any{"target_name": target}
		}
	}
	return map[string]any{"status": "ok", "comms": list}
}

// commOpen hands a comm to GoNB if it is one of GoNB's, and closes it at once
// otherwise, as the protocol asks for where a target is not known.
func (p *proxy) commOpen(r jupyter.Request) any {
	c := jupyter.Content(r.Message, commContent{})
	if c.ID == "" {
		p.log("comm_open without comm_id")
		return nil
	}
	if c.Target == controlTarget {
		p.comms.set(c.ID, c.Target)
		return nil
	}
	if c.Target != gonbTarget {
		p.publish(r.Message, "comm_close", map[string]any{"comm_id": c.ID, "data": map[string]any{}})
		return nil
	}
	p.comms.set(c.ID, c.Target)
	p.forwardComm(r)
	return nil
}

// commMessage answers what a widget says, and passes on what belongs to another open
// comm: also while a cell runs.
func (p *proxy) commMessage(r jupyter.Request) {
	id := jupyter.Content(r.Message, commContent{}).ID
	target, open := p.comms.target(id)
	switch {
	case slices.Contains(p.desk.IDs(), id): // to draw a run takes a while
		go p.bracket(r, func() { p.toDesk(r) })
	case target == controlTarget:
		p.bracket(r, func() { p.toControl(r, id) })
	default:
		p.bracket(r, func() {
			if open {
				p.forwardComm(r)
			}
		})
	}
}

func (p *proxy) commClose(r jupyter.Request) any {
	if target, ok := p.comms.drop(jupyter.Content(r.Message, commContent{}).ID); ok && target == gonbTarget {
		p.forwardComm(r)
	}
	return nil
}

// forwardComm gives a message about a comm to GoNB, which answers on iopub when
// it likes. GoNB looks into data without asking, so data must be an object.
func (p *proxy) forwardComm(r jupyter.Request) {
	child := p.child()
	if child == nil {
		return
	}
	fields := jupyter.Content(r.Message, map[string]any{})
	if _, ok := fields["data"].(map[string]any); !ok {
		fields["data"] = map[string]any{}
	}
	child.tell(r.Message.Header.MsgType, fields, output.New(p.publishMessage, r.Message, p.session))
}
