package seed

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"
)

// request and response are what the go command and its cache program tell each other, one
// line of JSON each: see go doc cmd/go/internal/cacheprog.
type request struct {
	ID       int64
	Command  string
	ActionID []byte
	OutputID []byte
	BodySize int64
}

type response struct {
	ID            int64
	Err           string     `json:",omitempty"`
	KnownCommands []string   `json:",omitempty"`
	Miss          bool       `json:",omitempty"`
	OutputID      []byte     `json:",omitempty"`
	Size          int64      `json:",omitempty"`
	Time          *time.Time `json:",omitempty"`
	DiskPath      string     `json:",omitempty"`
}

// layers are the caches that one go command has.
type layers struct {
	own    store // read first, and written to
	below  store // only read
	filled bool  // what is found below is copied
}

// Serve answers a go command until it closes its end. The arguments are those that
// [Reading] or [Filling] have written.
func Serve(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) != 3 {
		fmt.Fprintln(stderr, "usage: read|fill OWN BELOW")
		return 2
	}
	l := layers{store{args[1]}, store{args[2]}, args[0] == fill}
	if err := l.serve(stdin, stdout); err != nil {
		fmt.Fprintln(stderr, "build cache:", err)
		return 1
	}
	return 0
}

func (l layers) serve(stdin io.Reader, stdout io.Writer) error {
	in, out := json.NewDecoder(bufio.NewReader(stdin)), json.NewEncoder(stdout)
	if err := out.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req request
		if err := in.Decode(&req); err == io.EOF {
			l.trim()
			return nil
		} else if err != nil {
			return err
		}
		var body []byte
		if req.BodySize > 0 {
			if err := in.Decode(&body); err != nil {
				return err
			}
		}
		if err := out.Encode(l.answer(req, body)); err != nil {
			return err
		}
		if req.Command == "close" {
			l.trim()
			return nil
		}
	}
}

// trim trims a user's cache. A seed stays as it was made.
func (l layers) trim() {
	if !l.filled {
		l.own.trim(time.Now())
	}
}

func (l layers) answer(req request, body []byte) response {
	switch r := (response{ID: req.ID}); {
	case req.Command == "close":
		return r
	case len(req.ActionID) == 0:
		r.Err = "no action"
		return r
	case req.Command == "get":
		return l.get(r, req.ActionID)
	case req.Command != "put" || len(req.OutputID) == 0 || int64(len(body)) != req.BodySize:
		r.Err = "malformed"
		return r
	default:
		e, err := l.own.put(req.ActionID, req.OutputID, req.BodySize, bytes.NewReader(body))
		return r.with(e, err)
	}
}

func (l layers) get(r response, action []byte) response {
	if e, ok := l.own.get(action); ok {
		l.own.used(action, e)
		return r.with(e, nil)
	}
	e, ok := l.below.get(action)
	if !ok {
		r.Miss = true
		return r
	}
	if !l.filled {
		return r.with(e, nil)
	}
	return r.with(l.copy(action, e))
}

// copy takes an entry over from below.
func (l layers) copy(action []byte, e entry) (entry, error) {
	f, err := os.Open(e.path)
	if err != nil {
		return e, err
	}
	defer f.Close()
	return l.own.put(action, e.output, e.size, f)
}

func (r response) with(e entry, err error) response {
	if err != nil {
		r.Err = err.Error()
		return r
	}
	r.OutputID, r.Size, r.Time, r.DiskPath = e.output, e.size, &e.at, e.path
	return r
}
