package run

import (
	"bytes"

	"threading101/kernel/event"
)

// marks finds, in what is read of one stream, where the program has marked that one of
// its cells is over. A mark may be cut by the reading.
type marks struct{ held []byte }

// mostMark is how long a mark can be: no program has more cells.
const mostMark = len(event.MarkBegin) + 8

// read passes on the text in b, and tells of each mark between.
func (m *marks) read(b []byte, pass func([]byte), mark func(n int)) {
	if len(m.held) > 0 {
		b = append(m.held, b...)
		m.held = nil
	}
	for len(b) > 0 {
		at, length, n := find(b)
		if at > 0 {
			pass(b[:at])
		}
		b = b[at:]
		switch {
		case len(b) == 0:
		case length == 0:
			m.held = bytes.Clone(b)
			return
		default:
			mark(n)
			b = b[length:]
		}
	}
}

// rest is what might have been the beginning of a mark, now that nothing more comes.
func (m *marks) rest() []byte {
	b := m.held
	m.held = nil
	return b
}

// find returns where the first mark begins, its length, 0 if its end is not there yet,
// and the number of the cell. Without a mark, at is the length of b.
func find(b []byte) (at, length, n int) {
	for at = 0; at < len(b); at++ {
		i := bytes.IndexByte(b[at:], event.MarkBegin[0])
		if i < 0 {
			return len(b), 0, 0
		}
		at += i
		if length, n, ok := markAt(b[at:]); ok {
			return at, length, n
		}
	}
	return at, 0, 0
}

// markAt reads the mark with which b begins, or may begin: then its length is 0.
func markAt(b []byte) (length, n int, ok bool) {
	if len(b) < len(event.MarkBegin) {
		return 0, 0, bytes.HasPrefix([]byte(event.MarkBegin), b)
	}
	if !bytes.HasPrefix(b, []byte(event.MarkBegin)) {
		return 0, 0, false
	}
	for i := len(event.MarkBegin); i < len(b) && i < mostMark; i++ {
		switch c := b[i]; {
		case c >= '0' && c <= '9':
			n = 10*n + int(c-'0')
		case c == event.MarkEnd && n > 0:
			return i + 1, n, true
		default:
			return 0, 0, false
		}
	}
	return 0, 0, len(b) < mostMark
}
