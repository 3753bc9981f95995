package run

import (
	"bytes"
	"os"
	"strings"
	"unicode/utf8"

	"threading101/kernel/words"
)

// The defaults of Limits for output.
const (
	defaultOutput = 256 << 10
	defaultFile   = 64 << 20
	keepStdout    = 64 << 10 // the beginning of a stream that an outcome carries
)

// truncator lets the beginning of the output through and keeps its end; what lies
// between is counted, and written to a file if there is to be one.
type truncator struct {
	pass func(stream int, b []byte)

	all     bool  // everything passes
	head    int64 // bytes that still pass
	endSize int   // how much of the end is kept
	capped  bool

	end          []segment // the end so far, at most twice endSize
	size         int
	omitted      int64
	omittedLines int64

	begins [2][]byte // how the streams begin
	file   outputFile
}

func newTruncator(spec *Spec, pass func(int, []byte)) *truncator {
	head := spec.Limits.OutputBytes
	if head == 0 {
		head = defaultOutput
	}
	return &truncator{pass: pass, all: head < 0, head: head, endSize: int(max(head, 0) / 4), file: newOutputFile(spec)}
}

func (c *truncator) write(stream int, b []byte) {
	if room := keepStdout - len(c.begins[stream]); room > 0 {
		c.begins[stream] = append(c.begins[stream], b[:min(room, len(b))]...)
	}
	c.file.write(b)
	if c.all {
		c.pass(stream, b)
		return
	}
	if !c.capped && int64(len(b)) > c.head {
		cut := cutAt(b, int(c.head))
		c.show(stream, b[:cut])
		b, c.capped = b[cut:], true
	}
	if !c.capped {
		c.show(stream, b)
		return
	}
	c.keep(stream, b)
}

// beginning is how a stream begins.
func (c *truncator) beginning(stream int) string {
	return strings.ToValidUTF8(string(c.begins[stream]), "\uFFFD")
}

func (c *truncator) show(stream int, b []byte) {
	c.head -= int64(len(b))
	if len(b) > 0 {
		c.pass(stream, b)
	}
}

// cutAt returns where to cut b so that about n bytes remain: at the end of a
// line if one is near, never inside a character.
func cutAt(b []byte, n int) int {
	const near = 4096
	if line := bytes.LastIndexByte(b[:n], '\n') + 1; line > 0 && n-line < near {
		return line
	}
	if line := bytes.IndexByte(b[n:], '\n') + 1; line > 0 && line < near {
		return n + line
	}
	return wholeRunes(b[:n])
}

// keep adds to the end and drops from its front what has become the middle.
func (c *truncator) keep(stream int, b []byte) {
	if n := len(c.end); n > 0 && c.end[n-1].stream == stream {
		c.end[n-1].text = append(c.end[n-1].text, b...)
	} else {
		c.end = append(c.end, segment{stream, bytes.Clone(b)})
	}
	if c.size += len(b); c.size > 2*c.endSize {
		c.drop(c.size - c.endSize)
	}
}

// drop leaves out the first n bytes of what is kept.
func (c *truncator) drop(n int) {
	if c.omitted == 0 {
		c.file.begin()
		c.pass(stdout, []byte(words.OutputTooLong()))
	}
	gone := 0
	for n > 0 {
		s := &c.end[gone]
		k := min(n, len(s.text))
		c.omitted += int64(k)
		c.omittedLines += int64(bytes.Count(s.text[:k], []byte("\n")))
		c.size -= k
		n -= k
		if k == len(s.text) {
			gone++
			continue
		}
		s.text = s.text[:copy(s.text, s.text[k:])]
	}
	c.end = c.end[:copy(c.end, c.end[gone:])]
}

// finish passes on the end, after a sentence about what is missing before it.
func (c *truncator) finish() {
	if c.size > c.endSize && c.omitted > 0 {
		c.drop(c.size - c.endSize)
	}
	if c.omitted > 0 {
		c.dropPartialLine()
		c.dropPartialRune()
		c.pass(stdout, []byte(words.OutputOmitted(c.omitted, c.omittedLines, c.file.close())))
	}
	for _, s := range c.end {
		c.pass(s.stream, s.text)
	}
	c.end = nil
}

// dropPartialLine lets the end begin with a line, if it has short ones.
func (c *truncator) dropPartialLine() {
	if len(c.end) == 0 {
		return
	}
	if i := bytes.IndexByte(c.end[0].text, '\n'); i >= 0 && i < 4096 {
		c.drop(i + 1)
	}
}

// dropPartialRune lets the end begin with a whole character, if it is text.
func (c *truncator) dropPartialRune() {
	if len(c.end) == 0 {
		return
	}
	text := c.end[0].text
	for i := range min(utf8.UTFMax, len(text)) {
		if utf8.RuneStart(text[i]) {
			c.drop(i)
			return
		}
	}
}

// outputFile keeps the whole output. The file is made only when it is needed;
// until then the text waits in memory, and there is little of it.
type outputFile struct {
	path   string
	room   int64
	waits  []byte
	f      *os.File
	failed bool
	kept   string // the path, once the file is complete
}

func newOutputFile(spec *Spec) outputFile {
	room := spec.Limits.FileBytes
	if room == 0 {
		room = defaultFile
	}
	if room < 0 {
		room = 1 << 62
	}
	return outputFile{path: spec.OutputFile, room: room}
}

func (o *outputFile) write(b []byte) {
	if o.path == "" || o.failed {
		return
	}
	b = b[:min(int64(len(b)), o.room)]
	o.room -= int64(len(b))
	if o.f == nil {
		o.waits = append(o.waits, b...)
		return
	}
	if _, err := o.f.Write(b); err != nil {
		o.failed = true
	}
}

// begin makes the file and writes what has waited for it.
func (o *outputFile) begin() {
	if o.path == "" {
		return
	}
	var err error
	if o.f, err = os.OpenFile(o.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err == nil {
		_, err = o.f.Write(o.waits)
	}
	o.failed, o.waits = err != nil, nil
}

// close returns the file's path, or "" if there is none to be relied on.
func (o *outputFile) close() string {
	if o.f == nil {
		return ""
	}
	if err := o.f.Close(); err == nil && !o.failed {
		o.kept = o.path
	}
	return o.kept
}
