package seat

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"threading101/kernel/room/wire"
)

// Config is where the seat is, and what the kernel does for the room.
type Config struct {
	Address string // HOST:PORT, or http://HOST/PATH
	Code    string
	Key     string // see [KeyFor]

	// Picture draws the run of a token; nil where the run is there no more.
	Picture func(token string) *wire.Picture
	// Follow is told what the teacher looks at. It is called by one goroutine.
	Follow func(wire.Follow)
}

// Seat is a kernel's seat. It may be used by several goroutines.
type Seat struct {
	cfg    Config
	base   *url.URL
	client *http.Client
	queue  chan func() (wire.Note, bool)
	wake   chan struct{} // something is to be told, or the room is to be joined again
	stop   context.CancelFunc
	all    sync.WaitGroup
	missed atomic.Uint64 // what did not fit into the queue

	mu      sync.Mutex
	log     log
	seat    string // by which name the room knows this seat, "" before it was joined
	joined  bool
	state   State
	name    string
	changed chan struct{} // closed and replaced when state is
}

// State is how a seat stands to its room.
type State int

// The states.
const (
	Trying State = iota // the room was called for the first time
	Absent              // the room has never answered
	In                  // joined
	Lost                // joined before, and the room does not answer now
	Wrong               // the room does not know the code: it is not tried again
	Full                // the room has no seat left
)

// mostQueued is how much is told at once. It takes a learner's patience to fill it.
const mostQueued = 256

// Join takes a seat: it returns at once, and tries until Leave is called.
func Join(c Config) (*Seat, error) {
	u, err := base(c.Address)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Seat{cfg: c, base: u, client: newClient(), queue: make(chan func() (wire.Note, bool), mostQueued), wake: make(chan struct{}, 1), stop: stop, changed: make(chan struct{})}
	s.all.Go(func() { s.take(ctx) })
	s.all.Go(func() { s.tellAll(ctx) })
	return s, nil
}

// Leave gives the seat up. What was not told yet is not told any more.
func (s *Seat) Leave() {
	s.stop()
	s.all.Wait()
	s.client.CloseIdleConnections()
}

// Tell tells something. make is called later, by a goroutine of the seat's; it is not ok
// if there is nothing to tell.
func (s *Seat) Tell(make func() (wire.Note, bool)) {
	select {
	case s.queue <- make:
	default:
		s.missed.Add(1)
	}
}

// State is how the seat stands, and by which name the teacher sees the learner.
func (s *Seat) State() (State, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state, s.name
}

// Address is where the room is.
func (s *Seat) Address() string { return s.cfg.Address }

// Settled waits until the room has answered, or until the pause is over.
func (s *Seat) Settled(ctx context.Context, pause time.Duration) {
	t := time.NewTimer(pause)
	defer t.Stop()
	for {
		s.mu.Lock()
		state, changed := s.state, s.changed
		s.mu.Unlock()
		if state != Trying {
			return
		}
		select {
		case <-changed:
		case <-t.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (s *Seat) become(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if state == Lost && (s.state == Trying || s.state == Absent) {
		state = Absent // what was never there cannot be lost
	}
	if s.state == state {
		return
	}
	s.state = state
	close(s.changed)
	s.changed = make(chan struct{})
}

// take makes notes of what is told.
func (s *Seat) take(ctx context.Context) {
	for {
		select {
		case make := <-s.queue:
			if n, ok := make(); ok {
				s.mu.Lock()
				s.log.put(n)
				s.mu.Unlock()
				s.hurry()
			}
		case <-ctx.Done():
			return
		}
	}
}

func (s *Seat) hurry() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// The pauses before a room that did not answer is called again.
const (
	firstPause = 500 * time.Millisecond
	lastPause  = 10 * time.Second
)

// tellAll joins the room, and tells it what it has not heard, until ctx ends or the code
// is wrong.
func (s *Seat) tellAll(ctx context.Context) {
	pause := firstPause
	for ctx.Err() == nil {
		err := s.advance(ctx)
		switch {
		case errors.Is(err, errWrong):
			s.become(Wrong)
			s.stop()
			return
		case errors.Is(err, errIdle):
			pause = firstPause
			select {
			case <-s.wake:
			case <-ctx.Done():
			}
			continue
		case err == nil:
			pause = firstPause
			continue
		}
		s.rest(ctx, err, pause)
		pause = min(2*pause, lastPause)
	}
}

// rest waits after something went wrong: as long as the room says, else longer each time.
// A class does not come back all at once.
func (s *Seat) rest(ctx context.Context, err error, pause time.Duration) {
	if busy := new(busyError); errors.As(err, &busy) {
		pause = max(pause, busy.pause)
	} else {
		s.become(Lost)
	}
	t := time.NewTimer(pause/2 + rand.N(pause))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// advance does the next thing: it joins, or tells.
func (s *Seat) advance(ctx context.Context) error {
	s.mu.Lock()
	joined := s.joined
	notes, counts := s.log.batch()
	s.mu.Unlock()
	if !joined {
		return s.join(ctx)
	}
	if len(notes) == 0 {
		return errIdle
	}
	err := s.post(ctx, "seat/notes", notes, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case err == nil, errors.Is(err, errRefused): // what is refused once is refused again
		s.log.heard(counts)
		return nil
	case errors.Is(err, errUnknown):
		s.joined = false
		return nil
	}
	return err
}

// sits notes by which name the room knows this seat. One with another name remembers
// nothing: the room was started anew, or has given the seat away.
func (s *Seat) sits(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if name == "" || name == s.seat {
		return
	}
	s.seat = name
	s.log.again()
	s.hurry()
}

// join joins the room, and begins to listen to it.
func (s *Seat) join(ctx context.Context) error {
	var answer wire.Joined
	if err := s.post(ctx, "seat/join", map[string]string{"code": s.cfg.Code}, &answer); err != nil {
		if busy := new(busyError); errors.As(err, &busy) && busy.full {
			s.become(Full)
		}
		return err
	}
	s.mu.Lock()
	first := s.name == ""
	s.joined, s.name = true, answer.Name
	s.mu.Unlock()
	s.become(In)
	if first {
		s.all.Go(func() { s.listenAll(ctx) })
	}
	return nil
}
