package seat

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"threading101/kernel/room/wire"
)

// silence is after which time without a sign the connection is taken for dead: the room
// gives one each 15 seconds.
const silence = 50 * time.Second

// listenAll hears what the room tells, until ctx ends.
func (s *Seat) listenAll(ctx context.Context) {
	pause := firstPause
	for ctx.Err() == nil {
		heard, err := s.listen(ctx)
		if errors.Is(err, errUnknown) || errors.Is(err, errWrong) {
			s.mu.Lock()
			s.joined = false
			s.mu.Unlock()
			s.hurry()
		}
		if heard {
			pause = firstPause
		}
		if ctx.Err() == nil {
			s.rest(ctx, err, pause)
		}
		pause = min(2*pause, lastPause)
	}
}

// listen hears what the room tells on one connection, and reports whether it was there.
func (s *Seat) listen(ctx context.Context) (heard bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a, err := s.request(ctx, http.MethodGet, "seat/events", nil)
	if err != nil {
		return false, err
	}
	defer a.Body.Close()
	if err := meant(a); err != nil {
		return false, err
	}
	s.become(In)
	dead := time.AfterFunc(silence, cancel)
	defer dead.Stop()
	lines := bufio.NewScanner(a.Body)
	lines.Buffer(nil, wire.MostCall)
	for lines.Scan() {
		dead.Reset(silence)
		if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			s.answer(ctx, text)
		}
	}
	return true, errors.Join(errors.New("closed"), lines.Err())
}

// answer does what the room asks for.
func (s *Seat) answer(ctx context.Context, text string) {
	var c wire.Call
	if json.Unmarshal([]byte(text), &c) != nil {
		return
	}
	if f := c.Follow; f != nil && s.cfg.Follow != nil && (f.Token == "" || wire.IsToken(f.Token)) {
		s.cfg.Follow(*f)
	}
	s.mu.Lock()
	told := s.log.told(c.Show)
	s.mu.Unlock()
	if !told || s.cfg.Picture == nil {
		return
	}
	if p := s.cfg.Picture(c.Show); p != nil && p.Clean() {
		s.post(ctx, "seat/picture", p, nil) // who asked for it sees that it does not come
	}
}
