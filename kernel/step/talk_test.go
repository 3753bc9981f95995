package step

import "testing"

// Whoever answers nothing but Enter comes to the end of the run, and out of it, and so
// does whoever answers the same each time: a front end may do so in the place of a person.
func TestTheSameAnswerAgainAndAgain(t *testing.T) {
	for _, answer := range []string{"", "1", "what?"} {
		t.Run(answer, func(t *testing.T) { answered(t, answer) })
	}
}

func answered(t *testing.T, answer string) {
	talk := &Talk{Session: New(named(t, "runtime"))}
	if _, refused := talk.Begin(t.Context(), Request{Do: DoState}); refused != nil {
		t.Fatal(refused)
	}
	for range 100 {
		if _, over := talk.Answer(t.Context(), answer); over {
			if talk.State.Ended == nil {
				t.Error("it is left before the run is over")
			}
			return
		}
	}
	t.Error("it is asked for ever")
}

// Where nobody waits for the answers, each says what can be found out about the goal,
// however long that takes.
func TestPipeIsToldOfTheGoal(t *testing.T) {
	session := New(named(t, "many"))
	for pipe, want := range map[bool]bool{false: true, true: false} {
		talk := &Talk{Session: session, Pipe: pipe}
		if _, refused := talk.Begin(t.Context(), Request{Do: DoGoal, Goal: "deadlock"}); refused != nil {
			t.Fatal(refused)
		}
		if found := talk.State.Goal.Is; (found == Searching) != want {
			t.Errorf("pipe %v: %v", pipe, found)
		}
	}
}
