package step

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// hostile is what somebody may send in any field.
var hostile = []string{
	"", "none", "deadlock", "lost", "fly", "stay", "seed", "</script><b>", "\x00\xff", "t2-x7k2m-s12.3-manual@7", "@", "@7",
	strings.Repeat("x", 5000), "output \u202e", "==", "日本語", "t2-18446744073709551616-5-manual",
}

// Whatever is asked, in whatever order, it is answered, with a state or an error; an
// error changes nothing, and what is said can be written down.
func TestAnyRequest(t *testing.T) {
	for _, program := range []string{"lost", "chance", "panics"} {
		r := rand.New(rand.NewPCG(5, uint64(len(program))))
		s := New(named(t, program))
		t.Cleanup(s.Close)
		last := do(t, s, Request{Do: DoState})
		for range 150 {
			ask := anyRequest(r, last)
			reply := s.Do(t.Context(), ask)
			text, err := json.Marshal(reply)
			var again Reply
			switch {
			case err != nil || json.Unmarshal(text, &again) != nil:
				t.Fatalf("%+v: %v", ask, err)
			case (reply.Error == nil) == (reply.State == nil) || reply.Schema != Schema || reply.ID != ask.ID:
				t.Fatalf("%+v: %s", ask, text)
			case reply.Error != nil && (reply.Error.Code == "" || reply.Error.Message == ""):
				t.Fatalf("%+v: %s", ask, text)
			case reply.State != nil && (reply.State.Ended == nil) == (len(reply.State.Choices) == 0):
				t.Fatalf("%+v: neither over nor to go on, or both: %s", ask, text)
			}
			if reply.State != nil {
				last = reply.State
				continue
			}
			if now := do(t, s, Request{Do: DoState}); !equal(now, last) || now.Version != last.Version {
				t.Fatalf("%+v: %s\nchanged the state from\n%+v\nto\n%+v", ask, text, last, now)
			}
		}
	}
}

// equal says whether two states are, but for their version, what is known of the goal and what is said
// once.
func equal(a, b *State) bool {
	x, y := *a, *b
	x.Goal, y.Goal, x.Notes, y.Notes = nil, nil, nil, nil
	x.Version, y.Version = 0, 0
	return reflect.DeepEqual(x, y)
}

// anyRequest is one that somebody could make, or nobody.
func anyRequest(r *rand.Rand, st *State) Request {
	all := []Do{DoState, DoChoose, DoChoose, DoChoose, DoChoose, DoUndo, DoRestart, DoFinish, DoFrom, DoGoal, DoHint, DoSolve, "fly", ""}
	text := func() string { return hostile[r.IntN(len(hostile))] }
	ask := Request{ID: r.IntN(100) - 50, Do: all[r.IntN(len(all))], Choice: 1 + r.IntN(len(st.Choices)+1)}
	switch r.IntN(6) {
	case 0:
		ask.Choice, ask.At = r.IntN(1<<40)-1<<39, r.IntN(20)
	case 1:
		ask.Rest, ask.Seed, ask.Goal, ask.Token = Rest(text()), r.Uint64(), text(), text()
	case 2:
		ask.Token, ask.Goal, ask.Schema = st.Token+"@"+text(), text(), r.IntN(3)
	case 3:
		ask.Token, ask.Goal = st.Token, "race"
	}
	return ask
}
