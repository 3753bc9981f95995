package jupyter

import "encoding/binary"

// splitter cuts the bytes that zmq4 writes into whole messages, so that they
// can be queued, and PONG fits between two of them. What belongs to zmq4's
// own handshake (the greeting and one command) is passed over: the peer has
// had it from us.
type splitter struct {
	count bool // forget the bytes: emit gets nil for every message
	emit  func(message []byte) error

	skip    int  // bytes of the greeting still to come
	started bool // the READY command has passed
	header  [9]byte
	have    int    // bytes of header
	left    uint64 // bytes of body still to come
	message []byte
}

func newSplitter(emit func([]byte) error) *splitter {
	return &splitter{skip: greetingSize, emit: emit}
}

func (s *splitter) write(p []byte) error {
	n := min(s.skip, len(p))
	s.skip -= n
	for p = p[n:]; len(p) > 0; {
		n, done := s.fill(p)
		p = p[n:]
		if !done {
			continue
		}
		if err := s.finish(); err != nil {
			return err
		}
	}
	return nil
}

// fill takes bytes of one frame and tells how many and whether they end it.
func (s *splitter) fill(p []byte) (n int, done bool) {
	if s.have < s.headerSize() {
		s.header[s.have] = p[0]
		s.have++
		n = 1
		if s.have == s.headerSize() {
			s.left = s.bodySize()
			s.keep(s.header[:s.have])
		}
	} else {
		n = int(min(s.left, uint64(len(p))))
		s.left -= uint64(n)
		s.keep(p[:n])
	}
	return n, s.have == s.headerSize() && s.left == 0
}

func (s *splitter) headerSize() int {
	if s.have > 0 && s.header[0]&flagLong != 0 {
		return 9
	}
	return 2
}

func (s *splitter) bodySize() uint64 {
	if s.header[0]&flagLong != 0 {
		return binary.BigEndian.Uint64(s.header[1:])
	}
	return uint64(s.header[1])
}

func (s *splitter) keep(p []byte) {
	if s.count {
		return
	}
	if need := len(p) + int(s.left); cap(s.message)-len(s.message) < need {
		grown := make([]byte, len(s.message), len(s.message)+need+512)
		copy(grown, s.message)
		s.message = grown
	}
	s.message = append(s.message, p...)
}

// finish ends a frame and, if it is the last one, its message.
func (s *splitter) finish() error {
	s.have = 0
	if s.header[0]&flagMore != 0 {
		return nil
	}
	message := s.message
	s.message = nil
	if !s.started {
		s.started = true
		return nil
	}
	return s.emit(message)
}
