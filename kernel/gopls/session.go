package gopls

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

// session is one gopls process, spoken to in the Language Server Protocol: see
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
type session struct {
	dir  string
	cmd  *exec.Cmd
	logf func(string, ...any)
	up   chan struct{} // closed when it has loaded its folder
	gone chan struct{} // closed when it has ended

	mu      sync.Mutex
	in      io.WriteCloser
	next    int
	pending map[int]chan packet
	files   map[string]file // by name, what gopls was told of them
}

type file struct {
	version int
	text    string
}

// packet is a message of JSON-RPC 2.0.
type packet struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

func newSession(dir string, in io.WriteCloser, cmd *exec.Cmd, logf func(string, ...any)) *session {
	return &session{dir: dir, cmd: cmd, logf: logf, in: in, up: make(chan struct{}), gone: make(chan struct{}),
		pending: map[int]chan packet{}, files: map[string]file{}}
}

func (s *session) isUp() bool   { return closed(s.up) }
func (s *session) isGone() bool { return closed(s.gone) }

func closed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// end ends the process; its input ends, then it does.
func (s *session) end() {
	s.mu.Lock()
	s.in.Close()
	s.mu.Unlock()
	select {
	case <-s.gone:
	case <-time.After(time.Second):
		s.cmd.Process.Kill()
	}
}

// cacheBytes is what gopls keeps on disk, roughly: 1 GB is its usual.
const cacheBytes = 128 << 20

// loading is how long gopls may take to read the folder.
const loading = time.Minute

// greet introduces us and waits until gopls has read the folder: its first
// answer about a file comes after that.
func (s *session) greet() {
	ctx, cancel := context.WithTimeout(context.Background(), loading)
	defer cancel()
	folder := map[string]any{"uri": uri(s.dir), "name": "cell"}
	err := s.ask(ctx, "initialize", map[string]any{
		"processId": nil, "rootUri": uri(s.dir), "workspaceFolders": []any{folder},
		"capabilities": map[string]any{"textDocument": map[string]any{
			"hover":      map[string]any{"contentFormat": []string{"markdown"}},
			"completion": map[string]any{"completionItem": map[string]any{"snippetSupport": false}},
		}},
		"initializationOptions": map[string]any{"completionBudget": "400ms", "maxFileCacheBytes": cacheBytes},
	}, nil)
	if err == nil {
		err = s.notify("initialized", map[string]any{})
	}
	if err == nil {
		err = s.put(cellFile, "package main\n")
	}
	if err == nil {
		err = s.ask(ctx, "textDocument/documentSymbol", map[string]any{"textDocument": map[string]any{"uri": s.uri(cellFile)}}, nil)
	}
	if err != nil {
		s.logf("gopls: %v", err)
		s.end()
		return
	}
	close(s.up)
}

// put tells gopls the text of a file.
func (s *session) put(name, text string) error {
	s.mu.Lock()
	f, known := s.files[name]
	if known && f.text == text {
		s.mu.Unlock()
		return nil
	}
	f = file{f.version + 1, text}
	s.files[name] = f
	s.mu.Unlock()
	if !known {
		return s.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
			"uri": s.uri(name), "languageId": "go", "version": f.version, "text": text}})
	}
	return s.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": s.uri(name), "version": f.version},
		"contentChanges": []any{map[string]any{"text": text}}})
}

// changed tells gopls of files that have changed on disk.
func (s *session) changed(names []string) error {
	if len(names) == 0 {
		return nil
	}
	const isChanged = 2
	var changes []any
	for _, name := range names {
		changes = append(changes, map[string]any{"uri": s.uri(name), "type": isChanged})
	}
	return s.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": changes})
}

func (s *session) uri(name string) string { return uri(filepath.Join(s.dir, name)) }

func uri(path string) string { return (&url.URL{Scheme: "file", Path: path}).String() }

// ask sends a request and decodes its result into into, unless that is nil.
func (s *session) ask(ctx context.Context, method string, params, into any) error {
	answer := make(chan packet, 1)
	s.mu.Lock()
	s.next++
	id := s.next
	s.pending[id] = answer
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.pending, id)
		s.mu.Unlock()
	}()
	if err := s.send(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": params}); err != nil {
		return err
	}
	select {
	case p := <-answer:
		if p.Error != nil {
			return fmt.Errorf("%s: %s", method, p.Error.Message)
		}
		if into == nil || len(p.Result) == 0 {
			return nil
		}
		return json.Unmarshal(p.Result, into)
	case <-s.gone:
		return errors.New("gopls has ended")
	case <-ctx.Done():
		s.notify("$/cancelRequest", map[string]any{"id": id})
		return ctx.Err()
	}
}

func (s *session) notify(method string, params any) error {
	return s.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

func (s *session) send(message any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(text), text)
	return err
}

// read takes what gopls says until it ends. Its own requests get an empty
// answer, its notifications none.
func (s *session) read(out io.Reader) {
	defer close(s.gone)
	r := textproto.NewReader(bufio.NewReader(out))
	for {
		p, err := receive(r)
		if err != nil {
			return
		}
		switch {
		case p.Method != "" && len(p.ID) > 0:
			s.send(map[string]any{"jsonrpc": "2.0", "id": p.ID, "result": nil})
		case p.Method == "":
			s.answered(p)
		}
	}
}

// largest bounds what one message may make us allocate.
const largest = 64 << 20

func receive(r *textproto.Reader) (packet, error) {
	header, err := r.ReadMIMEHeader()
	if err != nil {
		return packet{}, err
	}
	size, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil || size < 0 || size > largest {
		return packet{}, fmt.Errorf("content length %q", header.Get("Content-Length"))
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(r.R, body); err != nil {
		return packet{}, err
	}
	var p packet
	return p, json.Unmarshal(body, &p)
}

func (s *session) answered(p packet) {
	id, err := strconv.Atoi(string(p.ID))
	if err != nil {
		return
	}
	s.mu.Lock()
	answer := s.pending[id]
	s.mu.Unlock()
	if answer != nil {
		answer <- p
	}
}
