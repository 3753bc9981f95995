package proxy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"threading101/kernel/jupyter"
	"threading101/kernel/proxy/output"
	"threading101/kernel/words"
)

// child is one GoNB, from its start to its death.
type child struct {
	back    back // set before ready is closed, and before anything is asked
	process process
	session string
	log     func(string, ...any)
	recall  func(*child) // gives it its memory back, before it is ready

	ready chan struct{} // closed when it has answered, and its iopub is heard
	dying chan struct{} // closed before what it started is ended, too
	done  chan struct{} // closed when nothing more will come from it

	mu      sync.Mutex
	calls   map[string]*call
	outputs outputs
}

// back is what the proxy needs of the sockets towards GoNB.
type back interface {
	Send(jupyter.Channel, *jupyter.Message) error
	Replies() <-chan jupyter.Reply
	IOPub() <-chan *jupyter.Message
	Done() <-chan struct{}
	Close()
}

// process is the operating system's side of a child.
type process interface {
	Interrupt()              // SIGINT to its group
	Resume()                 // SIGCONT to its group, which somebody may have stopped
	Kill()                   // SIGKILL to its group and all it started
	Rests() bool             // whether each of its threads waits for something
	Ended() <-chan struct{}  // closed when it has
	Descendants(killed bool) // ends what a cell's shell started, but not GoNB itself
}

// call is one request to GoNB that is answered by a reply and an idle status:
// only both together say that all was sent.
type call struct {
	reply chan *jupyter.Message // one element
	idle  chan struct{}
	once  sync.Once
	begun atomic.Bool            // GoNB has said that it is busy with it
	input func(*jupyter.Message) // an input_request; nil: there is nobody to ask
}

// errGone says that the child died before it answered.
var errGone = errors.New(words.GonbGone)

// errUnheard says that the child died before it began with what it was asked: it was
// dead already, and nobody knew. The next one can be asked.
var errUnheard = fmt.Errorf("%w", errGone)

// errStillborn says that GoNB ends whenever it is started.
var errStillborn = errors.New(words.GonbStillborn)

// launcher starts the process that serves a connection file.
type launcher func(connectionFile string) (process, error)

// newChild starts GoNB number n of the stage. It returns before GoNB answers:
// wait for ready.
func newChild(ctx context.Context, s *stage, n int, recall func(*child)) (*child, error) {
	conn := &jupyter.Connection{
		Transport: "ipc", IP: filepath.Join(s.dir, fmt.Sprintf("b%d", n)), Key: s.key, SignatureScheme: "hmac-sha256",
		ShellPort: 1, IOPubPort: 2, StdinPort: 3, ControlPort: 4, HBPort: 5,
	}
	file := filepath.Join(s.dir, "kernel-"+s.kernelID+".json")
	if err := conn.Write(file); err != nil {
		return nil, err
	}
	proc, err := s.launch(file)
	if err != nil {
		return nil, fmt.Errorf("starting GoNB: %w", err)
	}
	c := &child{
		process: proc, session: newID(), log: s.log, recall: recall,
		ready: make(chan struct{}), dying: make(chan struct{}), done: make(chan struct{}), calls: map[string]*call{},
	}
	go c.live(ctx, conn)
	return c, nil
}

// live connects to the child, reads all it says, and ends with it.
func (c *child) live(ctx context.Context, conn *jupyter.Connection) {
	defer close(c.done)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-c.process.Ended():
			cancel()
		case <-ctx.Done():
		}
	}()
	back, err := jupyter.Dial(ctx, conn, c.log)
	if err != nil {
		c.log("connecting to GoNB: %v", err)
		close(c.dying)
		c.process.Kill()
		<-c.process.Ended()
		return
	}
	c.back = back
	defer back.Close()
	if _, err := back.Ready(ctx); err != nil {
		c.log("greeting GoNB: %v", err)
	} else {
		go c.prepare()
		c.listen(ctx, back)
	}
	close(c.dying)
	c.process.Kill()
	<-c.process.Ended()
}

// prepare lets cells come once the child knows what its forerunner knew.
func (c *child) prepare() {
	if c.recall != nil {
		c.recall(c)
	}
	close(c.ready)
}

// listen hands on everything that comes from GoNB until it is gone.
func (c *child) listen(ctx context.Context, b back) {
	for {
		select {
		case m, ok := <-b.IOPub():
			if !ok {
				return
			}
			c.published(m)
		case r, ok := <-b.Replies():
			if !ok {
				return
			}
			c.replied(r)
		case <-b.Done():
			return
		case <-ctx.Done():
			return
		}
	}
}

func (c *child) published(m *jupyter.Message) {
	id := parentID(m)
	switch m.Header.MsgType {
	case "status":
		state := jupyter.Content(m, struct {
			State string `json:"execution_state"`
		}{})
		if call := c.call(id); call != nil {
			call.turned(state.State)
		}
	case "execute_input", "error":
		// The proxy says these itself.
	default:
		if out := c.outputs.get(id); out != nil {
			out.FromGonb(m)
		}
	}
}

// turned takes GoNB's status.
func (w *call) turned(state string) {
	switch state {
	case "busy":
		w.begun.Store(true)
	case "idle":
		w.once.Do(func() { close(w.idle) })
	}
}

func (c *child) replied(r jupyter.Reply) {
	call := c.call(parentID(r.Message))
	if call == nil {
		return
	}
	if r.Channel == jupyter.Stdin {
		if call.input != nil {
			call.input(r.Message)
		}
		return
	}
	select {
	case call.reply <- r.Message:
	default:
	}
}

func (c *child) call(id string) *call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls[id]
}

// ask sends a request and waits until GoNB has replied and is idle again.
// What it publishes meanwhile, and later, goes to out; nil drops it.
func (c *child) ask(ctx context.Context, kind string, body any, out *output.Output, input func(*jupyter.Message)) (*jupyter.Message, error) {
	m := jupyter.New(kind, c.session, nil, body)
	w := &call{reply: make(chan *jupyter.Message, 1), idle: make(chan struct{}), input: input}
	c.mu.Lock()
	c.calls[m.Header.MsgID] = w
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.calls, m.Header.MsgID)
		c.mu.Unlock()
	}()
	c.outputs.put(m.Header.MsgID, out)
	if c.back == nil {
		return nil, errGone
	}
	if err := c.back.Send(jupyter.Shell, m); errors.Is(err, jupyter.ErrClosed) {
		return nil, errUnheard
	} else if err != nil {
		return nil, err
	}
	reply, err := c.wait(ctx, w)
	if errors.Is(err, errGone) && !w.begun.Load() {
		return nil, errUnheard
	}
	return reply, err
}

func (c *child) wait(ctx context.Context, w *call) (*jupyter.Message, error) {
	var reply *jupyter.Message
	idle := w.idle
	for reply == nil || idle != nil {
		select {
		case reply = <-w.reply:
		case <-idle:
			idle = nil
		case <-c.done:
			return nil, errGone
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return reply, nil
}

// tell sends a message that GoNB does not reply to; what it publishes about it
// goes to out.
func (c *child) tell(kind string, body any, out *output.Output) {
	m := jupyter.New(kind, c.session, nil, body)
	c.outputs.put(m.Header.MsgID, out)
	c.send(jupyter.Shell, m)
}

func (c *child) send(ch jupyter.Channel, m *jupyter.Message) {
	if c.back == nil {
		return
	}
	if err := c.back.Send(ch, m); err != nil {
		c.log("sending %s to GoNB: %v", m.Header.MsgType, err)
	}
}

// restless is for how long GoNB is waited for that never rests: it may print without end.
const restless = 5 * time.Second

// answer sends GoNB the answer to its question once it rests. GoNB notes who is to get
// the answer only when it has sent the question, and drops an answer that comes before
// that: where its thread lost the processor in between, it would wait for ever.
func (c *child) answer(question *jupyter.Message, value string) {
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for late := time.Now().Add(restless); !c.process.Rests() && time.Now().Before(late); {
		select {
		case <-look.C:
		case <-c.dying:
			return
		}
	}
	c.send(jupyter.Stdin, jupyter.New("input_reply", c.session, question, map[string]any{"value": value}))
}

// wasReady reports whether it ever answered.
func (c *child) wasReady() bool { return closed(c.ready) }

func (c *child) isReady() bool { return closed(c.ready) && !closed(c.dying) }

func closed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// parentID is the id of the request that m is about, "" if it names none.
func parentID(m *jupyter.Message) string {
	var parent jupyter.Header
	if json.Unmarshal(m.Parent, &parent) != nil {
		return ""
	}
	return parent.MsgID
}

// outputs finds the output for what GoNB publishes: also after the request it
// is about was answered, so the last ones are kept.
type outputs struct {
	mu    sync.Mutex
	byID  map[string]*output.Output
	order []string
}

const outputsKept = 64

func (o *outputs) put(id string, out *output.Output) {
	if out == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.byID == nil {
		o.byID = map[string]*output.Output{}
	}
	o.byID[id] = out
	o.order = append(o.order, id)
	if len(o.order) > outputsKept {
		delete(o.byID, o.order[0])
		o.order = o.order[1:]
	}
}

func (o *outputs) get(id string) *output.Output {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.byID[id]
}

// kernelIDPattern is how GoNB finds the id that its widgets connect to.
var kernelIDPattern = regexp.MustCompile(`kernel-([0-9a-f-]+)\.json$`)

// kernelID is the id in the name of a connection file, or a new one.
func kernelID(connectionFile string) string {
	if m := kernelIDPattern.FindStringSubmatch(connectionFile); m != nil {
		return m[1]
	}
	return newID()
}
