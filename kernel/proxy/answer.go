package proxy

import (
	"strings"

	"threading101/kernel/jupyter"
	"threading101/kernel/words"
)

// answers are the requests that are answered at once, whatever else goes on.
// A nil answer means that the message wants none.
var answers = map[string]func(*proxy, jupyter.Request) any{
	"kernel_info_request": (*proxy).kernelInfo,
	"connect_request":     (*proxy).connect,
	"is_complete_request": (*proxy).isComplete,
	"history_request":     (*proxy).past,
	"comm_info_request":   (*proxy).commInfo,
	"comm_open":           (*proxy).commOpen,
	"comm_close":          (*proxy).commClose,
	"interrupt_request":   (*proxy).interrupt,
}

// answer handles one message of a front end. It never waits: what takes time
// goes to the queue or to a goroutine of its own.
func (p *proxy) answer(r jupyter.Request) {
	if r.Channel == jupyter.Stdin {
		p.inputs.deliver(r.Message)
		return
	}
	switch kind := r.Message.Header.MsgType; kind {
	case "execute_request":
		p.enqueue(r)
	case "complete_request", "inspect_request":
		go p.assist(r)
	case "comm_msg":
		p.commMessage(r)
	case "shutdown_request":
		p.shutdown(r)
	default:
		if make, ok := answers[kind]; ok {
			p.bracket(r, func() { p.reply(r, make(p, r)) })
			return
		}
		p.log("no answer to %q", kind)
		p.bracket(r, func() { p.reply(r, unknownRequest(kind)) })
	}
}

// unknownRequest is an error for what asks to be answered, and nothing else.
func unknownRequest(kind string) any {
	if !strings.HasSuffix(kind, "_request") {
		return nil
	}
	return errorReply(notImplemented(words.UnknownRequest(kind)))
}

// bracket tells all front ends that the kernel is busy with r while do runs.
func (p *proxy) bracket(r jupyter.Request, do func()) {
	p.status(r.Message, "busy")
	defer p.status(r.Message, "idle")
	do()
}

func (p *proxy) status(parent *jupyter.Message, state string) {
	p.publish(parent, "status", map[string]any{"execution_state": state})
}

// publish sends a message to all front ends.
func (p *proxy) publish(parent *jupyter.Message, kind string, content any) {
	p.publishMessage(jupyter.New(kind, p.session, parent, content))
}

func (p *proxy) publishMessage(m *jupyter.Message) {
	m.Identities = nil
	if err := p.front.Publish(m, "kernel."+p.session+"."+m.Header.MsgType); err != nil {
		p.log("publishing %s: %v", m.Header.MsgType, err)
	}
}

// reply answers r where it came from; nil content sends nothing.
func (p *proxy) reply(r jupyter.Request, content any) {
	if content == nil {
		return
	}
	kind := strings.TrimSuffix(r.Message.Header.MsgType, "_request") + "_reply"
	m := jupyter.New(kind, p.session, r.Message, content)
	m.Identities = r.Message.Identities
	if err := p.front.Send(r.Channel, m); err != nil {
		p.log("sending %s: %v", kind, err)
	}
}
