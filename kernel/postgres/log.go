package postgres

import (
	"bufio"
	"io"
	"os"
	"strings"
	"sync"
)

// mostLog is how large the file of the log may get; then it begins anew.
const mostLog = 1 << 20

// log is what the server says. The server writes it into a pipe, so we hear at once
// that it is ready, and the file keeps within bounds.
type log struct {
	ready chan struct{} // closed when the server says that it is
	ended chan struct{} // closed when all its processes have ended
	file  *os.File
	pipe  *os.File

	mu   sync.Mutex
	last string // the last line that said why the server ends
}

func newLog(path string) (*log, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	return &log{ready: make(chan struct{}), ended: make(chan struct{}), file: file}, nil
}

// input is where the server writes; the caller closes it once the server has it.
func (l *log) input() (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	l.pipe = r
	go l.read(r)
	return w, nil
}

func (l *log) read(r io.Reader) {
	defer close(l.ended)
	lines := bufio.NewReader(r)
	size, heard := 0, false
	for {
		line, err := lines.ReadString('\n')
		if size += len(line); size > mostLog {
			l.file.Truncate(0)
			l.file.Seek(0, io.SeekStart)
			size = len(line)
		}
		l.file.WriteString(line)
		l.note(line)
		if !heard && strings.Contains(line, "accept connections") {
			heard = true
			close(l.ready)
		}
		if err != nil {
			return
		}
	}
}

// note remembers a line that may be the reason for an end.
func (l *log) note(line string) {
	_, what, fatal := strings.Cut(line, "FATAL:")
	if !fatal {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = strings.TrimSpace(what)
}

// reason is why the server ended, in its own words; "" if it gave none.
func (l *log) reason() string {
	<-l.ended
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

// close ends the reading, also if a process of the server is still there.
func (l *log) close() {
	l.pipe.Close()
	<-l.ended
	l.file.Close()
}
