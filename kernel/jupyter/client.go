package jupyter

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// Client is a front end without a face: it sends requests and collects what
// comes of each. Several goroutines can use it at once, say one that executes
// and one that interrupts.
type Client struct {
	back    *Back
	session string
	info    *Message

	mu    sync.Mutex
	calls map[string]*call // by the request's msg_id
	ended chan struct{}    // closed when nothing more comes from the kernel
}

// call is one request under way.
type call struct {
	messages chan arrival
	over     chan struct{} // closed when nobody listens any more
}

type arrival struct {
	channel   Channel
	published bool
	message   *Message
}

// Execute says how code is to be run. The zero value runs it as a cell.
type Execute struct {
	Code           string
	Silent         bool
	KeepGoing      bool                                               // do not abort what is queued behind on an error
	OnPublished    func(*Message)                                     // called for every iopub message as it comes
	OnInputRequest func(prompt string, password bool) (string, error) // nil: the code cannot read input
}

// Result is what came of a request.
type Result struct {
	Reply     *Message   // the reply on the request's channel
	Published []*Message // what was published for it, up to idle, without its status messages

	Status    string   // from the reply: "ok", "error" or "aborted"
	Count     int      // execution_count
	EName     string   // for an error
	EValue    string   // for an error
	Traceback []string // for an error
}

// Connect connects to a kernel and waits until it is ready.
func Connect(ctx context.Context, conn *Connection, logf func(string, ...any)) (*Client, error) {
	b, err := Dial(ctx, conn, logf)
	if err != nil {
		return nil, err
	}
	c := &Client{back: b, session: newID(), calls: make(map[string]*call), ended: make(chan struct{})}
	if c.info, err = b.Ready(ctx); err != nil {
		b.Close()
		return nil, err
	}
	go c.dispatch()
	return c, nil
}

// Info gives the kernel_info_reply.
func (c *Client) Info() *Message { return c.info }

// Done is closed when the connection to the kernel has ended.
func (c *Client) Done() <-chan struct{} { return c.back.Done() }

// Close ends the connection; the kernel goes on.
func (c *Client) Close() { c.back.Close() }

// Execute runs code and returns when the kernel has replied and is idle
// again. That the code failed is in the result, not in the error.
func (c *Client) Execute(ctx context.Context, e Execute) (*Result, error) {
	return c.do(ctx, Shell, "execute_request", map[string]any{
		"code": e.Code, "silent": e.Silent, "store_history": !e.Silent, "user_expressions": empty,
		"allow_stdin": e.OnInputRequest != nil, "stop_on_error": !e.KeepGoing,
	}, e)
}

// Request sends any other request and waits for its reply and for idle.
func (c *Client) Request(ctx context.Context, ch Channel, msgType string, content any) (*Result, error) {
	return c.do(ctx, ch, msgType, content, Execute{})
}

// Interrupt asks the kernel to stop the running code.
func (c *Client) Interrupt(ctx context.Context) error {
	_, err := c.Request(ctx, Control, "interrupt_request", nil)
	return err
}

// Shutdown asks the kernel to end, and waits for its reply only.
func (c *Client) Shutdown(ctx context.Context, restart bool) error {
	m := New("shutdown_request", c.session, nil, map[string]any{"restart": restart})
	l := c.listen(m)
	defer c.forget(m, l)
	if err := c.back.Send(Control, m); err != nil {
		return err
	}
	for {
		a, err := c.next(ctx, l)
		if err != nil || !a.published {
			return err
		}
	}
}

func (c *Client) do(ctx context.Context, ch Channel, msgType string, content any, e Execute) (*Result, error) {
	m := New(msgType, c.session, nil, content)
	l := c.listen(m)
	defer c.forget(m, l)
	if err := c.back.Send(ch, m); err != nil {
		return nil, err
	}
	r := new(Result)
	for idle := false; r.Reply == nil || !idle; {
		a, err := c.next(ctx, l)
		if err != nil {
			return r, fmt.Errorf("%s: %w", msgType, err)
		}
		switch {
		case a.published && a.message.Header.MsgType == "status":
			idle = idle || a.message.idle()
			e.published(a.message)
		case a.published:
			r.Published = append(r.Published, a.message)
			e.published(a.message)
		case a.channel == Stdin:
			if err := c.input(a.message, e); err != nil {
				return r, err
			}
		default:
			r.setReply(a.message)
		}
	}
	return r, nil
}

func (e Execute) published(m *Message) {
	if e.OnPublished != nil {
		e.OnPublished(m)
	}
}

func (c *Client) input(m *Message, e Execute) error {
	if e.OnInputRequest == nil {
		return nil // the kernel was told so; it must not wait
	}
	var asked struct {
		Prompt   string `json:"prompt"`
		Password bool   `json:"password"`
	}
	json.Unmarshal(m.Content, &asked) // what is missing stays empty
	value, err := e.OnInputRequest(asked.Prompt, asked.Password)
	if err != nil {
		return fmt.Errorf("asking for input: %w", err)
	}
	return c.back.Send(Stdin, New("input_reply", c.session, m, map[string]any{"status": "ok", "value": value}))
}

func (r *Result) setReply(m *Message) {
	var content struct {
		Status    string   `json:"status"`
		Count     int      `json:"execution_count"`
		EName     string   `json:"ename"`
		EValue    string   `json:"evalue"`
		Traceback []string `json:"traceback"`
	}
	json.Unmarshal(m.Content, &content) // what is missing stays empty
	r.Reply, r.Status, r.Count = m, content.Status, content.Count
	r.EName, r.EValue, r.Traceback = content.EName, content.EValue, content.Traceback
}

func (c *Client) listen(m *Message) *call {
	l := &call{messages: make(chan arrival, 16), over: make(chan struct{})}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[m.Header.MsgID] = l
	return l
}

func (c *Client) forget(m *Message, l *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.calls, m.Header.MsgID)
	close(l.over)
}

// next gives the next message for a call; those that came before the end
// come before the error.
func (c *Client) next(ctx context.Context, l *call) (arrival, error) {
	select {
	case a := <-l.messages:
		return a, nil
	default:
	}
	select {
	case a := <-l.messages:
		return a, nil
	case <-c.ended:
		select {
		case a := <-l.messages:
			return a, nil
		default:
			return arrival{}, ErrClosed
		}
	case <-ctx.Done():
		return arrival{}, ctx.Err()
	}
}

// lastWords is how long the other connections of a kernel may go on after one
// of them has ended.
const lastWords = time.Second

// dispatch gives every message to the call that is its parent.
func (c *Client) dispatch() {
	defer close(c.ended)
	replies, pub, done := c.back.Replies(), c.back.IOPub(), c.back.Done()
	var end <-chan time.Time
	for replies != nil || pub != nil {
		select {
		case r, ok := <-replies:
			if !ok {
				replies = nil
				continue
			}
			c.arrived(arrival{channel: r.Channel, message: r.Message})
		case m, ok := <-pub:
			if !ok {
				pub = nil
				continue
			}
			c.arrived(arrival{published: true, message: m})
		case <-done:
			done, end = nil, time.After(lastWords)
		case <-end:
			return
		}
	}
}

func (c *Client) arrived(a arrival) {
	h, _ := a.message.ParentHeader()
	c.mu.Lock()
	l := c.calls[h.MsgID]
	c.mu.Unlock()
	if l == nil {
		return
	}
	select {
	case l.messages <- a:
	case <-l.over:
	}
}
