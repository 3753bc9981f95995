package proxy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"threading101/kernel/jupyter"
)

// patience is how long a test waits for what must come.
const patience = 3 * time.Minute

// kernelProcess is a kernel in a process of its own, as Jupyter starts it.
type kernelProcess struct {
	t      *testing.T
	cmd    *exec.Cmd
	conn   *jupyter.Connection
	file   string
	temp   string // TMPDIR of the kernel
	stderr bytes.Buffer
	ended  chan struct{}
}

// startKernel starts a kernel and sees to it that it ends with the test.
func startKernel(t *testing.T) *kernelProcess {
	t.Helper()
	return startKernelBelow(t)
}

// startKernelBelow starts it by another program, which gets the kernel's command
// line behind its own.
func startKernelBelow(t *testing.T, starter ...string) *kernelProcess {
	t.Helper()
	temp, err := os.MkdirTemp("/tmp", "pt")
	if err != nil {
		t.Fatal(err)
	}
	k := &kernelProcess{t: t, temp: temp, ended: make(chan struct{})}
	k.conn = jupyter.NewConnection(temp)
	k.file = filepath.Join(temp, "kernel-0123-abcd.json")
	if err := k.conn.Write(k.file); err != nil {
		t.Fatal(err)
	}
	argv := append(starter, tools.kernel, "kernel", k.file, tools.gonb, tools.goTool, tools.gopls)
	k.cmd = exec.Command(argv[0], argv[1:]...)
	// Under -race each of our short-lived processes would sleep a second at its end.
	k.cmd.Env = append(os.Environ(), "TMPDIR="+temp, "GORACE=atexit_sleep_ms=0")
	k.cmd.Stderr = &k.stderr
	if err := k.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { k.cmd.Wait(); close(k.ended) }()
	t.Cleanup(func() {
		k.cmd.Process.Kill()
		<-k.ended
		k.awaitNothingLeft()
		os.RemoveAll(temp)
		if text := k.stderr.String(); text != "" {
			t.Errorf("the kernel wrote to its standard error, which graders take for a failure: %s", text)
		}
	})
	return k
}

// awaitNothingLeft waits until no process and no folder of the kernel is left.
func (k *kernelProcess) awaitNothingLeft() {
	k.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		left := k.left()
		if left == "" {
			return
		}
		if time.Now().After(deadline) {
			k.t.Errorf("left behind by the kernel: %s", left)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// left names what of the kernel is still there.
func (k *kernelProcess) left() string {
	var found []string
	dirs, _ := filepath.Glob(filepath.Join(k.temp, "t101-*"))
	found = append(found, dirs...)
	envs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range envs {
		env, err := os.ReadFile(path)
		if err == nil && bytes.Contains(env, []byte(k.temp)) {
			cmdline, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
			found = append(found, path+" "+string(bytes.ReplaceAll(cmdline, []byte{0}, []byte{' '})))
		}
	}
	return strings.Join(found, ", ")
}

// client is a front end.
type client struct {
	t       *testing.T
	k       *kernelProcess
	back    *jupyter.Back
	session string
	results map[string]*result

	answer    func() string // to questions of the kernel; nil: none is given
	questions []map[string]any
}

func (k *kernelProcess) client() *client {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	back, err := jupyter.Dial(ctx, k.conn, nil)
	if err != nil {
		k.t.Fatalf("connecting: %v (%s)", err, k.stderr.String())
	}
	k.t.Cleanup(back.Close)
	if _, err := back.Ready(ctx); err != nil {
		k.t.Fatal(err)
	}
	return &client{t: k.t, k: k, back: back, session: newID(), results: map[string]*result{}}
}

// result is what came of one request.
type result struct {
	reply          map[string]any
	channel        jupyter.Channel // of the reply
	kind           string          // of the reply
	idle           bool
	kinds          []string // of the messages on iopub, in order
	stdout, stderr string
	errors         []map[string]any
	displays       []map[string]any // what is to be seen in the end, in the order of their places
	changes        []map[string]any // every display and every update of one, in order
	counts         []float64
}

func (r result) status() string { return fmt.Sprint(r.reply["status"]) }

// ask sends a request and returns its id.
func (c *client) ask(ch jupyter.Channel, kind string, body any) string {
	c.t.Helper()
	m := jupyter.New(kind, c.session, nil, body)
	if err := c.back.Send(ch, m); err != nil {
		c.t.Fatal(err)
	}
	return m.Header.MsgID
}

// send asks for a cell to be executed.
func (c *client) send(code string, more ...map[string]any) string {
	body := map[string]any{"code": code, "silent": false, "store_history": true, "allow_stdin": false, "stop_on_error": true}
	for _, m := range more {
		for name, value := range m {
			body[name] = value
		}
	}
	return c.ask(jupyter.Shell, "execute_request", body)
}

func (c *client) execute(code string, more ...map[string]any) result {
	c.t.Helper()
	return c.await(c.send(code, more...))
}

// await waits for the reply to a request and its idle status.
func (c *client) await(id string) result {
	c.t.Helper()
	return c.until(id, "answered", func(r result) bool { return r.reply != nil && r.idle })
}

// awaitAll waits for the answers to several requests.
func (c *client) awaitAll(ids []string) []result {
	c.t.Helper()
	var all []result
	for _, id := range ids {
		all = append(all, c.await(id))
	}
	return all
}

// awaitText waits until the request has printed text.
func (c *client) awaitText(id, text string) {
	c.t.Helper()
	r := c.until(id, "printing "+text, func(r result) bool { return strings.Contains(r.stdout+r.stderr, text) || r.reply != nil })
	if !strings.Contains(r.stdout+r.stderr, text) {
		c.t.Fatalf("ended without printing %q: %+v", text, r)
	}
}

// until takes what comes, for whatever request it is, until holds says that
// enough came for this one.
func (c *client) until(id, what string, holds func(result) bool) result {
	c.t.Helper()
	timeout := time.After(patience)
	for !holds(*c.result(id)) {
		select {
		case m, ok := <-c.back.Replies():
			if ok {
				c.replied(m)
			}
		case m, ok := <-c.back.IOPub():
			if ok {
				c.result(parentID(m)).add(m)
			}
		case <-timeout:
			c.t.Fatalf("not %s; so far: %+v", what, *c.result(id))
		case <-c.k.ended:
			c.t.Fatalf("the kernel has gone: %s", c.k.stderr.String())
		}
	}
	return *c.result(id)
}

func (c *client) result(id string) *result {
	if c.results[id] == nil {
		c.results[id] = &result{}
	}
	return c.results[id]
}

// replied notes a reply, or answers a question.
func (c *client) replied(m jupyter.Reply) {
	if m.Channel == jupyter.Stdin {
		c.questions = append(c.questions, object(m.Message))
		if c.answer != nil {
			value := c.answer()
			if err := c.back.Send(jupyter.Stdin, jupyter.New("input_reply", c.session, m.Message, map[string]any{"value": value})); err != nil {
				c.t.Error(err)
			}
		}
		return
	}
	r := c.result(parentID(m.Message))
	if r.reply != nil {
		c.t.Errorf("a second reply: %s", m.Message.Content)
	}
	r.reply, r.channel, r.kind = object(m.Message), m.Channel, m.Message.Header.MsgType
}

// add notes a published message.
func (r *result) add(m *jupyter.Message) {
	body := object(m)
	kind := m.Header.MsgType
	switch kind {
	case "stream":
		if body["name"] == "stdout" {
			r.stdout += body["text"].(string)
		} else {
			r.stderr += body["text"].(string)
		}
	case "error":
		r.errors = append(r.errors, body)
	case "display_data", "update_display_data":
		r.changes = append(r.changes, body)
		r.displays = seen(r.displays, body)
	case "status":
		kind += " " + body["execution_state"].(string)
	}
	if n, ok := body["execution_count"].(float64); ok {
		r.counts = append(r.counts, n)
	}
	r.kinds = append(r.kinds, kind)
	r.idle = r.idle || kind == "status idle"
}

// seen is what shows after one more message: an update is shown in the place that has
// its id, and nothing is to be seen of a line that was taken away.
func seen(shown []map[string]any, body map[string]any) []map[string]any {
	i := slices.IndexFunc(shown, func(d map[string]any) bool { return displayID(d) != nil && displayID(d) == displayID(body) })
	switch {
	case i < 0:
		return append(shown, body)
	case removed(body):
		return slices.Delete(slices.Clone(shown), i, i+1)
	}
	shown = slices.Clone(shown)
	shown[i] = body
	return shown
}

func displayID(display map[string]any) any {
	transient, _ := display["transient"].(map[string]any)
	return transient["display_id"]
}

func removed(display map[string]any) bool {
	data, _ := display["data"].(map[string]any)
	return len(data) == 1 && data["text/plain"] == ""
}

// lasting are the kinds of messages without those of lines that come and go, which a
// slow machine has more of.
func (r result) lasting() (kinds []string) {
	gone := map[any]bool{}
	for _, d := range r.changes {
		gone[displayID(d)] = removed(d)
	}
	n := 0
	for _, kind := range r.kinds {
		if strings.HasSuffix(kind, "display_data") {
			n++
			if kind == "update_display_data" || gone[displayID(r.changes[n-1])] {
				continue
			}
		}
		kinds = append(kinds, kind)
	}
	return kinds
}

func object(m *jupyter.Message) map[string]any {
	var body map[string]any
	json.Unmarshal(m.Content, &body)
	return body
}

// ok fails the test unless the cell was executed without error.
func (c *client) ok(code string, more ...map[string]any) result {
	c.t.Helper()
	r := c.execute(code, more...)
	if r.status() != "ok" || len(r.errors) > 0 {
		c.t.Fatalf("%q failed: %v %v\nstdout %q\nstderr %q", code, r.reply, r.errors, r.stdout, r.stderr)
	}
	return r
}

func contains(text, part string) bool { return strings.Contains(text, part) }

// processes lists the processes of the kernel whose command line holds text.
func (k *kernelProcess) processes(text string) []int {
	var pids []int
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range dirs {
		env, _ := os.ReadFile(filepath.Join(dir, "environ"))
		cmdline, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		pid, _ := strconv.Atoi(filepath.Base(dir))
		if pid != k.cmd.Process.Pid && bytes.Contains(env, []byte(k.temp)) && strings.Contains(strings.ReplaceAll(string(cmdline), "\x00", " "), text) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// until waits for a condition.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}
