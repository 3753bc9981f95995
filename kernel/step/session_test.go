package step

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// do obeys a request that is to be obeyed.
func do(t testing.TB, s *Session, r Request) *State {
	t.Helper()
	reply := s.Do(t.Context(), r)
	if reply.Error != nil {
		t.Fatalf("%+v: %+v", r, reply.Error)
	}
	return reply.State
}

// refused obeys a request that is not to be obeyed.
func refused(t testing.TB, s *Session, r Request, want Code) {
	t.Helper()
	reply := s.Do(t.Context(), r)
	if reply.Error == nil || reply.Error.Code != want || reply.State != nil || reply.Error.Message == "" {
		t.Errorf("%+v: %+v, want %q", r, reply.Error, want)
	}
}

// mostWalked is how many choices a walk makes: some programs never come to an end.
const mostWalked = 120

// walk chooses at random until the run is over, or for long enough.
func walk(t testing.TB, s *Session, r *rand.Rand) (all []*State) {
	t.Helper()
	st := do(t, s, Request{Do: DoState})
	all = append(all, st)
	for st.Ended == nil && len(all) < mostWalked {
		st = do(t, s, Request{Do: DoChoose, Choice: 1 + r.IntN(len(st.Choices)), At: st.Version})
		all = append(all, st)
	}
	return all
}

// replayed is the run of a token, made as %replay makes it.
func replayed(t testing.TB, program run.Spec, text string) (*run.Result, string) {
	t.Helper()
	token, err := sched.ParseToken(text)
	if err != nil {
		t.Fatal(text, err)
	}
	var out strings.Builder
	program.Mode, program.Record, program.Control, program.ReplayOf = model.Controlled, true, &token.Spec, &token
	program.Output = func(_, text string) { out.WriteString(text) }
	r, err := run.Start(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	return r.Wait(), out.String()
}

// The run made by hand is the replay of its token: the same steps, values, output, end.
func TestByHandIsReplay(t *testing.T) {
	for i := range randoms {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			c, r := random(t, i), rand.New(rand.NewPCG(1, uint64(i)))
			c.Clock = []sched.Clock{sched.Free, sched.Virtual}[i%2]
			s := New(c)
			all := walk(t, s, r)
			last := all[len(all)-1]
			if last.Ended == nil {
				last = do(t, s, Request{Do: DoFinish, Rest: []Rest{RestStays, RestSeed}[r.IntN(2)]})
			}
			o, out := replayed(t, c.Run, last.Token)
			mine := s.at.result
			switch {
			case o.Hash != mine.Hash || o.Steps != mine.Steps:
				t.Errorf("%s: %d steps with hash %x, and by hand %d with %x", last.Token, o.Steps, o.Hash, mine.Steps, mine.Hash)
			case o.Parted >= 0 || o.Token != last.Token:
				t.Errorf("%s: the replay is %s, parted at %d", last.Token, o.Token, o.Parted)
			case out != last.Output:
				t.Errorf("%s prints %q, and by hand %q", last.Token, out, last.Output)
			case !reflect.DeepEqual(told(o.Execution), told(mine.Execution)):
				t.Errorf("%s: the recordings differ:\n%+v\n%+v", last.Token, told(o.Execution), told(mine.Execution))
			}
		})
	}
}

// told is a run without what only says how it was made: addresses, and choices.
func told(x *model.Execution) any {
	type happened struct {
		G, Object, Partner, Link int
		Op                       any
		Value                    string
		Pos                      model.Pos
		T                        int64
	}
	var all []happened
	for _, e := range x.Events {
		if strings.HasPrefix(e.Value, "0x") {
			e.Value = ""
		}
		all = append(all, happened{e.G, e.Object, e.Partner, e.Link, e.Op, e.Value, e.Pos, e.T})
	}
	return []any{all, x.Goroutines, x.Status, x.Reason, x.Stdout, x.Races, x.Explanation}
}

// To undo is to have chosen less; what is undone can be chosen again.
func TestUndo(t *testing.T) {
	for i := range 6 {
		c, r := random(t, i), rand.New(rand.NewPCG(2, uint64(i)))
		s := New(c)
		all := walk(t, s, r)
		for k := len(all) - 2; k >= max(0, len(all)-8); k-- {
			st := do(t, s, Request{Do: DoUndo})
			if !same(st, all[k]) {
				t.Fatalf("program %d: undone to\n%+v\nwant\n%+v", i+1, st, all[k])
			}
		}
		if st := do(t, s, Request{Do: DoRestart}); !same(st, all[0]) {
			t.Errorf("program %d: restarted at %+v", i+1, st)
		}
	}
	s := New(named(t, "lost"))
	do(t, s, Request{Do: DoState})
	refused(t, s, Request{Do: DoUndo}, NothingDone)
}

// same says whether two states are, but for their version.
func same(a, b *State) bool {
	x, y := *a, *b
	x.Version, y.Version, x.Undo, y.Undo = 0, 0, false, false
	return reflect.DeepEqual(x, y)
}

// From a token and a step of it the run goes on as the token's, if the same is chosen;
// its choices can be undone one by one.
func TestFrom(t *testing.T) {
	for i := range 8 {
		c, r := random(t, i), rand.New(rand.NewPCG(3, uint64(i)))
		s := New(c)
		whole := do(t, s, Request{Do: DoFinish, Rest: RestSeed, Seed: uint64(i + 1)})
		steps := whole.Steps
		if len(steps) < 2 {
			continue
		}
		at := steps[1+r.IntN(len(steps)-1)].N
		st := do(t, s, Request{Do: DoFrom, Token: fmt.Sprintf("%s@%d", whole.Token, at)})
		if st.Made > whole.Made || len(st.Notes) > 0 {
			t.Errorf("program %d, step %d: %d choices of %d, %q", i+1, at, st.Made, whole.Made, st.Notes)
		}
		for st.Undo {
			before := st.Made
			if st = do(t, s, Request{Do: DoUndo}); st.Made >= before {
				t.Fatalf("program %d: undone from %d choices to %d", i+1, before, st.Made)
			}
		}
		do(t, s, Request{Do: DoFrom, Token: fmt.Sprintf("%s@%d", whole.Token, at)})
		if st = do(t, s, Request{Do: DoState}); st.Made > 0 { // as after a restart of whoever looks at it
			if again := do(t, New(c), Request{Do: DoFrom, Token: st.Token, Made: st.Made}); !equal(again, st) {
				t.Errorf("program %d: from %s with %d choices:\n%+v\nwant\n%+v", i+1, st.Token, st.Made, again, st)
			}
		}
		if again := do(t, s, Request{Do: DoFrom, Token: whole.Token}); !reflect.DeepEqual(again.Ended, whole.Ended) || again.Output != whole.Output {
			t.Errorf("program %d: from %s: %+v", i+1, whole.Token, again.Ended)
		}
	}
}

// A seed's run can be gone on from as well.
func TestFromSeed(t *testing.T) {
	c := named(t, "lost")
	token := sched.Token{Code: c.Run.Code, Spec: sched.Spec{Seed: 7, Clock: sched.Free}}.String()
	s := New(c)
	st := do(t, s, Request{Do: DoFrom, Token: token + "@6"})
	if s.Run().Token != st.Token {
		t.Errorf("the picture has the token %s, the state %s", s.Run().Token, st.Token)
	}
	if st.Ended != nil || st.Made == 0 || st.Clock != "free" {
		t.Errorf("%+v", st)
	}
	for _, bad := range []string{"", "t2", token + "@0", token + "@x", token + "@99", token[:len(token)-1] + "?", "t2-zzzzz-5-manual"} {
		refused(t, s, Request{Do: DoFrom, Token: bad}, BadToken)
	}
	if now := do(t, s, Request{Do: DoState}); now.Version != st.Version {
		t.Error("a token that was refused changed the state")
	}
}

// What cannot be obeyed is answered, and changes nothing.
func TestRefused(t *testing.T) {
	s := New(named(t, "lost"))
	st := do(t, s, Request{Do: DoState})
	refused(t, s, Request{Do: "fly"}, Unknown)
	refused(t, s, Request{}, Unknown)
	refused(t, s, Request{Do: DoChoose}, NoChoice)
	refused(t, s, Request{Do: DoChoose, Choice: len(st.Choices) + 1}, NoChoice)
	refused(t, s, Request{Do: DoChoose, Choice: 1, At: st.Version + 1}, Stale)
	refused(t, s, Request{Do: DoState, Schema: 2}, BadSchema)
	refused(t, s, Request{Do: DoFinish, Rest: "later"}, Unknown)
	next := do(t, s, Request{Do: DoChoose, Choice: 1, At: st.Version})
	refused(t, s, Request{Do: DoChoose, Choice: 1, At: st.Version}, Stale)
	if now := do(t, s, Request{Do: DoState}); !reflect.DeepEqual(now, next) {
		t.Errorf("%+v, want %+v", now, next)
	}
	over := do(t, s, Request{Do: DoFinish})
	refused(t, s, Request{Do: DoChoose, Choice: 1, At: over.Version}, NoChoice)
	refused(t, s, Request{Do: DoFinish}, NoChoice)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if reply := s.Do(ctx, Request{Do: DoUndo}); reply.Error == nil || reply.Error.Code != Interrupted {
		t.Errorf("after an interrupt: %+v", reply)
	}
}

// One that goes round in a loop and waits for a change is offered to be left, or is put
// aside until there is one: the run comes to its end.
func TestSpin(t *testing.T) {
	s := New(named(t, "spin"))
	st := do(t, s, Request{Do: DoState})
	offered := false
	for n := 0; st.Ended == nil && n < mostWalked; n++ {
		key := 1 // main
		if offered = offered || st.Spins != ""; offered {
			key = len(st.Choices)
		}
		st = do(t, s, Request{Do: DoChoose, Choice: key})
	}
	if st.Ended == nil || st.Ended.Status != string(model.OK) && st.Ended.Status != string(model.CutOff) {
		t.Errorf("offered %t, %+v", offered, st.Ended)
	}
}

// Of a thousand goroutines those are shown who can go on.
func TestMany(t *testing.T) {
	s := New(named(t, "many"))
	st := do(t, s, Request{Do: DoState})
	if len(st.Goroutines) != mostGoroutines || st.More != 1001-mostGoroutines || len(st.Choices) != mostChoices || st.MoreWays != 1000-mostChoices {
		t.Errorf("%d goroutines and %d more, %d choices and %d more", len(st.Goroutines), st.More, len(st.Choices), st.MoreWays)
	}
	st = do(t, s, Request{Do: DoChoose, Choice: 1000})
	if st.Steps[len(st.Steps)-1].Goroutine != "main.1000" {
		t.Errorf("%+v", st.Steps[len(st.Steps)-1])
	}
	if st = do(t, s, Request{Do: DoFinish}); st.Ended.Status != string(model.OK) {
		t.Errorf("%+v", st.Ended)
	}
}

// How programs stand and end that do something special.
func TestSpecial(t *testing.T) {
	tests := []struct {
		name, asks, status string
		first              []string // what the first question offers
	}{
		{"alone", "", "ok", nil},
		{"choose", "Which case does main select?", "ok", []string{"receives from a", "receives from b"}},
		{"reads", "", "ok", nil},
		{"exits", "Who goes on?", "cut-off", []string{"wakes up", "ends the program (os.Exit)"}},
		{"chance", "How does chance fall?", "ok", []string{"1 of 2", "2 of 2"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := New(named(t, test.name))
			st := do(t, s, Request{Do: DoState})
			var offered []string
			for _, c := range st.Choices {
				offered = append(offered, c.Does)
			}
			if st.Asks != test.asks || !slices.Equal(offered, test.first) {
				t.Errorf("asks %q, offers %q", st.Asks, offered)
			}
			if st.Ended == nil {
				st = do(t, s, Request{Do: DoFinish})
			}
			if st.Ended.Status != test.status {
				t.Errorf("ended %+v", st.Ended)
			}
		})
	}
}
