package step

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// Config is the program whose run is made by hand.
type Config struct {
	// Run is the program as for a single run: Path, Sites, Code, Locate, Uncontrolled,
	// Ledger, Dir, Env, Args, InputFile. Without an InputFile its input is empty.
	Run    run.Spec
	Clock  sched.Clock
	Values []string // the expressions whose values the program tells at the end of main
	Blind  string   // why no search can try its schedules, "" if one can
	Goal   *Aim     // what is to be reached; nil: nothing
}

// Session is one run made by hand. Its methods may be called from any goroutine; one
// request is obeyed at a time.
type Session struct {
	cfg Config

	mu      sync.Mutex
	clock   sched.Clock // of the run, which may be that of a token
	at      *position   // nil before the first request
	version int
	past    [][]model.Choice // what undo goes back to, the latest at the end
	notes   []string         // of the request under way
	quest   quest

	searches sync.WaitGroup
}

// New returns a session in which nothing is chosen yet. Nothing runs before the first
// request.
func New(c Config) *Session { return &Session{cfg: c, clock: c.Clock, quest: quest{aim: c.Goal}} }

// Do obeys one request. When ctx ends, it answers with [Interrupted].
func (s *Session) Do(ctx context.Context, r Request) Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if refused := s.obey(ctx, &r); refused != nil {
		return Refused(r, refused)
	}
	st := s.state()
	st.Goal = s.quest.told(s)
	return Reply{Schema: Schema, ID: r.ID, State: st}
}

// Close ends what is still being found out about a goal. Nothing may be asked after it.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quest.stop()
	s.searches.Wait()
}

// Run is the run so far, for its picture; nil before the first request.
func (s *Session) Run() *model.Execution {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at == nil {
		return nil
	}
	return s.at.x
}

func (s *Session) obey(ctx context.Context, r *Request) *Error {
	s.notes = nil
	switch {
	case r.Schema != 0 && r.Schema != Schema:
		return &Error{BadSchema, words.StepOtherSchema(r.Schema, Schema)}
	case r.At != 0 && r.At != s.version:
		return &Error{Stale, words.StepStale}
	}
	if s.at == nil {
		refused := s.move(s.after(ctx, nil))
		if refused == nil {
			s.quest.look(s)
		}
		if refused != nil || r.Do == DoState { // what can be known at once
			return refused
		}
	}
	do := deeds[r.Do]
	if do == nil {
		return &Error{Unknown, words.StepUnknown(string(r.Do))}
	}
	refused := do(s, ctx, r)
	if refused == nil {
		s.quest.look(s)
	}
	return refused
}

// deeds are what can be wanted.
var deeds = map[Do]func(*Session, context.Context, *Request) *Error{
	DoState:   (*Session).await,
	DoChoose:  (*Session).choose,
	DoUndo:    (*Session).undo,
	DoRestart: (*Session).restart,
	DoFinish:  (*Session).finish,
	DoFrom:    (*Session).from,
	DoGoal:    (*Session).aim,
	DoHint:    (*Session).hint,
	DoSolve:   (*Session).solve,
}

// move goes to a position, if there is one.
func (s *Session) move(p *position, refused *Error) *Error {
	if refused != nil {
		return refused
	}
	s.at = p
	s.version++
	return nil
}

// advance is move, and remembers where it came from.
func (s *Session) advance(p *position, refused *Error) *Error {
	before := s.at.choices
	if refused = s.move(p, refused); refused == nil {
		s.past = append(s.past, before)
	}
	return refused
}

func (s *Session) choose(ctx context.Context, r *Request) *Error {
	offers := s.at.x.Offers
	switch {
	case len(offers) == 0:
		return &Error{NoChoice, words.StepOver}
	case r.Choice < 1 || r.Choice > len(offers):
		return &Error{NoChoice, words.StepNoChoice(r.Choice, len(offers))}
	}
	return s.advance(s.after(ctx, append(slices.Clip(s.at.choices), s.at.chosen(&offers[r.Choice-1]))))
}

// undo goes back to before the last request that led on; where there was none, it leaves
// out the last of the choices with which the run began.
func (s *Session) undo(ctx context.Context, _ *Request) *Error {
	if n := len(s.past); n > 0 {
		refused := s.move(s.after(ctx, s.past[n-1]))
		if refused == nil {
			s.past = s.past[:n-1]
		}
		return refused
	}
	for n := len(s.at.choices) - 1; n >= 0; n-- {
		p, refused := s.after(ctx, s.at.choices[:n])
		if refused != nil || len(p.choices) < len(s.at.choices) {
			return s.move(p, refused)
		}
	}
	return &Error{NothingDone, words.StepNothingDone}
}

func (s *Session) restart(ctx context.Context, _ *Request) *Error {
	refused := s.move(s.after(ctx, nil))
	if refused == nil {
		s.past = nil
	}
	return refused
}

// seeds is how many seeds are drawn from.
const seeds = 999_999

func (s *Session) finish(ctx context.Context, r *Request) *Error {
	switch {
	case !s.at.asks():
		return &Error{NoChoice, words.StepOver}
	case r.Rest == RestSeed && r.Seed == 0:
		return s.advance(s.drawn(ctx, s.at.choices, rand.Uint64N(seeds)+1))
	case r.Rest == RestSeed:
		return s.advance(s.drawn(ctx, s.at.choices, r.Seed))
	case r.Rest == "" || r.Rest == RestStays:
		return s.advance(s.rest(ctx, s.at.choices))
	}
	return &Error{Unknown, words.StepUnknown(string(r.Rest))}
}
