package output

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"threading101/kernel/jupyter"
	"threading101/kernel/model"
	"threading101/kernel/report"
)

// Output is where everything that is shown about one request goes, so that it
// reaches the front ends in order. Text is coalesced: front ends take 1,000
// messages a second at most.
type Output struct {
	publish func(*jupyter.Message)
	parent  *jupyter.Message
	session string

	// The request's, set before anything is shown.
	Count     int                                        // of the execution, for results
	OneStream bool                                       // the standard error goes to the standard output: graders take any text there for a failure
	Notebook  bool                                       // the front end has told the cell's id, so it shows a page of cells
	Silent    bool                                       // nothing is shown
	Locate    func(file string, line, col int) model.Pos // nil: places stay as they are

	mu    sync.Mutex
	name  string          // the stream that text belongs to
	text  strings.Builder // not yet published
	last  time.Time       // when text was last published
	timer *time.Timer
	held  string // of GoNB's, see hold
}

const (
	// outputPause is the time between two messages of text.
	outputPause = 20 * time.Millisecond
	// outputChunk is the text that is published without waiting.
	outputChunk = 64 << 10
)

// New is the output of a request in a session.
func New(publish func(*jupyter.Message), parent *jupyter.Message, session string) *Output {
	return &Output{publish: publish, parent: parent, session: session}
}

// Stream shows text: at once if nothing was shown for a while, else soon.
func (o *Output) Stream(name, text string) {
	if text == "" {
		return
	}
	if o.OneStream {
		name = "stdout"
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.name != name {
		o.flushLocked()
	}
	o.name = name
	o.text.WriteString(text)
	if o.text.Len() >= outputChunk || time.Since(o.last) >= outputPause {
		o.flushLocked()
		return
	}
	if o.timer == nil {
		o.timer = time.AfterFunc(outputPause, o.Flush)
	}
}

// Show publishes a message of any other kind, after the text before it.
func (o *Output) Show(kind string, content any) { o.Relay(kind, content, nil, nil) }

// Relay is Show with what else a message may have.
func (o *Output) Relay(kind string, content any, metadata json.RawMessage, buffers [][]byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
	m := jupyter.New(kind, o.session, o.parent, content)
	if len(metadata) > 0 {
		m.Metadata = metadata
	}
	m.Buffers = buffers
	o.send(m)
}

// Flush publishes the text so far.
func (o *Output) Flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
}

func (o *Output) flushLocked() {
	if o.timer != nil {
		o.timer.Stop()
		o.timer = nil
	}
	if o.text.Len() == 0 {
		return
	}
	o.send(jupyter.New("stream", o.session, o.parent, map[string]any{"name": o.name, "text": o.text.String()}))
	o.text.Reset()
	o.last = time.Now()
}

func (o *Output) send(m *jupyter.Message) {
	if !o.Silent {
		o.publish(m)
	}
}

// Bundle is the content of display_data.
func (o *Output) Bundle(data, metadata map[string]any) map[string]any {
	if o.Notebook {
		data = staying(data)
	}
	return map[string]any{"data": data, "metadata": metadata, "transient": map[string]any{}}
}

// FromGonb shows a message of GoNB's as ours.
func (o *Output) FromGonb(m *jupyter.Message) {
	o.Release(true)
	if m.Header.MsgType == "execute_result" {
		body := jupyter.Content(m, map[string]any{})
		body["execution_count"] = o.Count
		o.Show(m.Header.MsgType, body)
		return
	}
	if m.Header.MsgType != "stream" {
		o.Relay(m.Header.MsgType, m.Content, m.Metadata, m.Buffers)
		return
	}
	text := jupyter.Content(m, struct {
		Name string `json:"name"`
		Text string `json:"text"`
	}{})
	if text.Name == "stderr" {
		if ExitText.MatchString(text.Text) {
			o.hold(text.Text)
			return
		}
		text.Text = annotated.ReplaceAllStringFunc(text.Text, o.place)
	}
	o.Stream(text.Name, text.Text)
}

// ExitText is what GoNB says when a program it ran itself has failed: then the
// program was built, and what the cell declares is remembered.
var ExitText = regexp.MustCompile(`^(exit status \d+|signal: .*)\n?$`)

// annotated is how GoNB marks a line of main.go in a stack trace.
var annotated = regexp.MustCompile(` \x1b\[7m\[\[ Cell (?:\[-?\d+\] )?Line \d+ \]\]\x1b\[0m (\S*main(?:_test)?\.go):(\d+)`)

// place replaces GoNB's mark, which counts cells in its own way, by ours.
func (o *Output) place(mark string) string {
	match := annotated.FindStringSubmatch(mark)
	line, err := strconv.Atoi(match[2])
	if err != nil || o.Locate == nil {
		return match[1] + ":" + match[2]
	}
	return report.Place(o.Locate(match[1], line, 0))
}

// hold keeps back what GoNB says of an exit status, until Release tells whether
// the cell's error says the same.
func (o *Output) hold(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.held += text
}

// Release shows what was kept back, or forgets it.
func (o *Output) Release(show bool) {
	o.mu.Lock()
	text := o.held
	o.held = ""
	o.mu.Unlock()
	if show {
		o.Stream("stderr", text)
	}
}
