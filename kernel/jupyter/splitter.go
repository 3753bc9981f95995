package jupyter

// splitter cuts the bytes that zmq4 writes, a header or a body at a time, into
// whole messages, so that they can be queued and counted, and PONG fits between
// two of them. What belongs to zmq4's own handshake (the greeting and one command)
// is passed over: the peer has had it from us.
type splitter struct {
	emit    func(message []byte) error
	skip    int    // bytes of the greeting still to come
	started bool   // the READY command has passed
	pending []byte // of the message that is being written
	next    int    // where in pending the next frame begins
}

func newSplitter(emit func([]byte) error) *splitter {
	return &splitter{skip: greetingSize, emit: emit}
}

func (s *splitter) write(p []byte) error {
	n := min(s.skip, len(p))
	s.skip -= n
	s.pending = append(s.pending, p[n:]...)
	for {
		h, size := parseFrameHeader(s.pending[s.next:])
		end := s.next + size + int(h.size)
		if size == 0 || len(s.pending) < end {
			return nil
		}
		if s.next = end; h.more() {
			continue
		}
		message := s.pending[:end:end]
		s.pending, s.next = append([]byte(nil), s.pending[end:]...), 0
		if !s.started {
			s.started = true
		} else if err := s.emit(message); err != nil {
			return err
		}
	}
}
