package step

import (
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
)

func TestParseGoal(t *testing.T) {
	for text, values := range map[string]string{
		"deadlock": "", " lost ": "", "race": "", "total==110": "total", `name == "A"`: "name", "output A: 1": "", `output "A\n"`: "", "output=x": "",
	} {
		aim, err := ParseGoal(text)
		if err != nil || strings.Join(aim.Values(), " ") != values {
			t.Errorf("%q: %v, tells %q", text, err, aim.Values())
		}
	}
	for _, bad := range []string{"", "dead", "total=110", "total<3", "==3", "output", "outputs x"} {
		if _, err := ParseGoal(bad); err == nil || !strings.Contains(err.Error(), "deadlock") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// aimed is a session with a goal, once it is known whether a way leads there.
func aimed(t *testing.T, program, goal string) (*Session, *State) {
	t.Helper()
	aim, err := ParseGoal(goal)
	if err != nil {
		t.Fatal(err)
	}
	c := named(t, program)
	c.Goal = &aim
	s := New(c)
	t.Cleanup(s.Close)
	do(t, s, Request{Do: DoState})
	return s, do(t, s, Request{Do: DoState})
}

// Each goal that can be reached is, by taking hints and at one stroke, and by none that
// cannot be it is said so from the beginning.
func TestGoals(t *testing.T) {
	tests := []struct {
		program, goal string
		want          Way
	}{
		{"lost", "lost", Reachable},
		{"lost", "race", Reachable},
		{"lost", "output balance: 10", Reachable},
		{"lost", "output balance: 30", Reachable},
		{"lost", "output balance: 0", Unreachable},
		{"lost", "deadlock", Unreachable},
		{"count", "output n: 2", Reachable},
		{"count", "output n: 6", Reachable},
		{"count", "output n: 1", Unreachable},
		{"locks", "deadlock", Reachable},
		{"locks", "lost", Unreachable},
		{"signal", "leak", Reachable},
		{"panics", "panic", Reachable},
		{"exits", "exit", Reachable},
		{"choose", "output b 2", Reachable},
		{"chance", "output 2\n1\n", Reachable},
		{"many", "deadlock", NotKnown},
		{"streams", "output err\n", Reachable},
		{"streams", "output out\nerr\n", NotKnown},
	}
	for _, test := range tests {
		t.Run(test.program+" "+test.goal, func(t *testing.T) {
			s, st := aimed(t, test.program, test.goal)
			if st.Goal.Is != test.want {
				t.Fatalf("%+v", st.Goal)
			}
			if test.want != Reachable {
				refused(t, s, Request{Do: DoHint}, NoWay)
				refused(t, s, Request{Do: DoSolve}, NoWay)
				return
			}
			for n := 0; st.Goal.Is != Reached && n < mostWalked; n++ {
				hint := do(t, s, Request{Do: DoHint})
				st = do(t, s, Request{Do: DoChoose, Choice: hint.Goal.Next})
			}
			if st.Goal.Is != Reached || st.Goal.Steps == 0 || st.Goal.Shortest == 0 || st.Goal.Says == "" {
				t.Errorf("by hints: %+v", st.Goal)
			}
			do(t, s, Request{Do: DoRestart})
			if st = do(t, s, Request{Do: DoSolve}); st.Goal.Is != Reached || st.Ended == nil {
				t.Errorf("at one stroke: %+v", st.Goal)
			}
			if back := do(t, s, Request{Do: DoUndo}); back.Made != 0 {
				t.Errorf("one undo leaves %d choices", back.Made)
			}
		})
	}
}

// Once the way is missed it is said from which step on, until that is undone.
func TestMissed(t *testing.T) {
	s, st := aimed(t, "locks", "deadlock")
	for st.Goal.Is == Reachable {
		first := slices.IndexFunc(st.Choices, func(c Choice) bool { return c.Goroutine == "main.1" })
		do(t, s, Request{Do: DoChoose, Choice: first + 1})
		st = do(t, s, Request{Do: DoState})
	}
	since := st.Goal.Since
	if st.Goal.Is != Unreachable || since == 0 || !strings.Contains(st.Goal.Says, "From step") {
		t.Fatalf("%+v after %+v", st.Goal, st.Steps)
	}
	over := do(t, s, Request{Do: DoFinish})
	if over.Ended.Status != string(model.OK) || over.Goal.Is != Unreachable || over.Goal.Since != since {
		t.Errorf("at the end: %+v", over.Goal)
	}
	do(t, s, Request{Do: DoUndo})
	if st = do(t, s, Request{Do: DoUndo}); st.Goal.Is != Reachable {
		t.Errorf("undone: %+v", st.Goal)
	}
	if st = do(t, s, Request{Do: DoGoal, Goal: "none"}); st.Goal != nil {
		t.Errorf("without a goal: %+v", st.Goal)
	}
	refused(t, s, Request{Do: DoHint}, NoWay)
	refused(t, s, Request{Do: DoGoal, Goal: "flight"}, BadGoal)
	refused(t, s, Request{Do: DoGoal, Goal: "total==3"}, BadGoal)
}
