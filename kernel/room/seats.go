package room

import (
	"encoding/binary"
	"time"

	"threading101/kernel/room/wire"
	"threading101/kernel/words/learning"
)

// The bounds of seats: there are so many, each with so many connections of kernels that
// wait for what the room tells.
const (
	mostSeats   = 300
	mostStreams = 12
	mostCalls   = 8 // that one connection has not taken yet
)

// seat is one learner: all kernels with the same key.
type seat struct {
	key          secret
	id           string
	name         string
	lesson, cell string
	moved        time.Time // when it was last heard where the learner is
	requests     bucket
	drawings     bucket
	streams      map[*stream]bool
	posed        int // questions that nobody had told before
	opened       int // cells that nobody had told before
}

// stream is a connection on which a kernel hears what the room tells.
type stream struct{ calls chan wire.Call }

// sit gives a key its seat, nil if there is no room. The caller holds mu.
func (r *Room) sit(key secret) *seat {
	if s := r.seats[key]; s != nil {
		return s
	}
	if len(r.seats) >= mostSeats && !r.clear() {
		return nil
	}
	s := &seat{key: key, id: NewSecret(), moved: r.now(), streams: map[*stream]bool{}}
	s.name = r.nameFor(key)
	r.seats[key], r.names[s.name] = s, true
	r.touch()
	return s
}

// nameFor is an animal that nobody else has, by the key: after a restart most learners
// have theirs again.
func (r *Room) nameFor(key secret) string {
	at := int(binary.BigEndian.Uint32(key[:4]) >> 1)
	for i := 0; ; i++ {
		if name := learning.RoomName(at, i); !r.names[name] {
			return name
		}
	}
}

// clear takes away the seat that was silent for the longest time, with all that it told,
// and reports whether there was one without a connection.
func (r *Room) clear() bool {
	var oldest *seat
	for _, s := range r.seats {
		if len(s.streams) == 0 && (oldest == nil || s.moved.Before(oldest.moved)) {
			oldest = s
		}
	}
	if oldest == nil {
		return false
	}
	delete(r.seats, oldest.key)
	delete(r.names, oldest.name)
	r.ledger.forget(oldest)
	return true
}

// listen opens a connection of a seat; nil if it has too many.
func (r *Room) listen(s *seat) *stream {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(s.streams) >= mostStreams {
		return nil
	}
	one := &stream{calls: make(chan wire.Call, mostCalls)}
	s.streams[one] = true
	r.touch()
	return one
}

// leave closes a connection.
func (r *Room) leave(s *seat, one *stream) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(s.streams, one)
	r.touch()
}

// call tells something on all connections of a seat, and reports whether one takes it.
func (s *seat) call(c wire.Call) (taken bool) {
	for one := range s.streams {
		select {
		case one.calls <- c:
			taken = true
		default:
		}
	}
	return taken
}
