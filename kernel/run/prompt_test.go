package run

import (
	"slices"
	"strings"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// inCells runs a program of cells, and returns what was printed by each.
func inCells(t *testing.T, program string, control sched.Spec) (o *Result, bands [][2]string) {
	t.Helper()
	bands = [][2]string{{}}
	at := [2]int{}
	stream := func(name string) int { return slices.Index(streamNames[:], name) }
	change := controlledSpec(t, program, control)
	o, _ = runToEnd(t, func(s *Spec) {
		change(s)
		s.Output = func(name, text string) { bands[at[stream(name)]][stream(name)] += text }
		s.Prompt = func(name string, n int) {
			if at[stream(name)] = n; len(bands) <= n {
				bands = append(bands, [2]string{})
			}
		}
	})
	checkControlled(t, o)
	return o, bands
}

func sorted(text string) string {
	lines := strings.Fields(text)
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// What each cell printed is told apart to the byte; where nobody else can go on, the
// program stays at its last prompt, and nobody is cut off or stuck.
func TestPrompts(t *testing.T) {
	o, bands := inCells(t, "cells", sched.Spec{Seed: 5, Later: []uint64{6, 7}, Marks: true})
	if o.Stop != event.StopPrompt || o.Exit != 0 || o.Crash != nil || o.Execution.Status != model.Waiting {
		t.Fatalf("%+v", o)
	}
	frozen := strings.Fields(bands[1][0]) // where the second cell ends, its goroutines do not go on
	if sorted(bands[0][0]) != "abc" || bands[0][1] != "first\n" || len(frozen) > 2 || sorted(bands[1][0]+bands[2][0]) != "defghi" {
		t.Errorf("%q", bands)
	}
	if strings.Contains(o.Stdout+o.Stderr, "t101") {
		t.Errorf("a mark was left: %q %q", o.Stdout, o.Stderr)
	}
	x := o.Execution
	if len(x.Prompts) != 3 || x.Prompts[2].Event != len(x.Events) || x.Prompts[0].Cell != 1 {
		t.Errorf("%+v", x.Prompts)
	}
	for _, g := range x.Goroutines {
		if g.End == model.WasCutOff || g.End == model.WasBlocked {
			t.Errorf("%s: %s", g.Name, g.End)
		}
	}
	if last := x.Goroutines[len(x.Goroutines)-1]; last.End != model.AtPrompt {
		t.Errorf("who waits for another cell: %+v", last)
	}
	if token, err := sched.ParseToken(o.Token); err != nil || token.Spec.Ends || len(token.Spec.Later) != 2 {
		t.Errorf("%s: %+v, %v", o.Token, token, err)
	}
}

// A cell's own seed decides what it does, and nothing of what came before.
func TestSeedsOfCells(t *testing.T) {
	first, bands := inCells(t, "cells", sched.Spec{Seed: 5, Later: []uint64{6, 7}, Marks: true})
	again, same := inCells(t, "cells", sched.Spec{Seed: 5, Later: []uint64{6, 7}, Marks: true})
	if first.Hash != again.Hash || first.Token != again.Token || !slices.Equal(bands, same) {
		t.Errorf("the same seeds give another run: %s, %s", first.Token, again.Token)
	}
	others := map[string]bool{}
	for seed := range uint64(12) {
		_, other := inCells(t, "cells", sched.Spec{Seed: 5, Later: []uint64{6, seed}, Marks: true})
		if other[0] != bands[0] || other[1] != bands[1] {
			t.Errorf("with another seed for the third cell the first two print %q, not %q", other[:2], bands[:2])
		}
		others[other[2][0]] = true
	}
	if len(others) < 2 {
		t.Error("the seed of the third cell decides nothing")
	}
}

// So it is with random numbers: those of a cell, also of goroutines of an earlier one,
// depend on the seeds up to it.
func TestRandomNumbersOfCells(t *testing.T) {
	numbers := func(seeds ...uint64) (all [3]string) {
		o, bands := inCells(t, "numbers", sched.Spec{Seed: seeds[0], Later: seeds[1:], Marks: true})
		for i, band := range bands[:3] {
			all[i] = band[0]
		}
		token, err := sched.ParseToken(o.Token)
		if err != nil {
			t.Fatal(o.Token, err)
		}
		token.Spec.Marks = true
		if again, same := inCells(t, "numbers", token.Spec); again.Hash != o.Hash || !slices.Equal(same, bands) {
			t.Errorf("%s prints %q, and then %q", o.Token, bands, same)
		}
		return all
	}
	first := numbers(5, 6, 7)
	if first[0] != "387 8\n" { // tokens rest on that, also those of programs without cells
		t.Errorf("seed 5 draws %q", first[0])
	}
	if third := numbers(5, 6, 8); third[0] != first[0] || third[1] != first[1] || third[2] == first[2] {
		t.Errorf("with another seed for the third cell %q, not %q", third, first)
	}
	if second := numbers(5, 9, 7); second[0] != first[0] || second[1] == first[1] || second[2] == first[2] {
		t.Errorf("with another seed for the second cell %q, not %q", second, first)
	}
	if all := numbers(4, 6, 7); all[0] == first[0] || all[1] == first[1] || all[2] == first[2] {
		t.Errorf("with another seed for the first cell %q, not %q", all, first)
	}
}

// Where main is to return, it does, and without marks none are written.
func TestThePromptAtTheEnd(t *testing.T) {
	o, bands := inCells(t, "cells", sched.Spec{Seed: 5, Ends: true})
	if o.Stop != event.NotStopped || o.Execution.Status != model.Leak || len(o.Execution.Prompts) != 3 {
		t.Errorf("%v %s %+v", o.Stop, o.Execution.Status, o.Execution.Prompts)
	}
	if len(bands) != 1 || sorted(bands[0][0]) != "abcdefghi" {
		t.Errorf("%q", bands)
	}
	if token, err := sched.ParseToken(o.Token); err != nil || !token.Spec.Ends {
		t.Errorf("%s: %+v, %v", o.Token, token, err)
	}
	if o := runControlled(t, "select-cutoff", sched.Spec{Seed: 5, Ends: true}); strings.Contains(o.Token, "5e") {
		t.Errorf("a program without prompts has the token %s", o.Token)
	}
}

// Who comes in from outside again and again holds a prompt no longer than who stays
// there.
func TestPromptsWaitForOutside(t *testing.T) {
	began := time.Now()
	o, bands := inCells(t, "poller", sched.Spec{Seed: 5, Later: []uint64{6}, Marks: true})
	if o.Stop != event.StopPrompt || !strings.Contains(bands[1][0], "second") {
		t.Fatalf("%v %q", o.Stop, bands)
	}
	if n := strings.Count(bands[0][0], "poll"); n > 10 {
		t.Errorf("at the first prompt it polls %d times in %v", n, time.Since(began))
	}
}

// Where all that can go on goes round in a loop, main goes on at once, though somebody
// is outside: who finds that out has the turn, and would never have it back. Main has
// made as many rounds before the prompt as it may, so that it takes only one more.
func TestPromptsAmongSpinners(t *testing.T) {
	o, bands := inCells(t, "spinner", sched.Spec{Seed: 5, Later: []uint64{6}, Marks: true})
	if o.Stop != event.StopPrompt || bands[0][0] != "" || sorted(bands[1][0]) != "secondspun" {
		t.Errorf("%v %q", o.Stop, bands)
	}
}

// What goes on at a prompt and never ends, or ends otherwise than by returning, is left
// where the prompt is over; and it is the same run each time.
func TestEdgesOfPrompts(t *testing.T) {
	for name, want := range map[string][]string{
		"goexit": {"more\n", "last\n"},
		"waits":  {"", "second\n", "ready\n", ""},
		"ticker": {strings.Repeat("tick\n", 1000), "stopped\n", ""}, // two steps each
		"pipe":   {"", "read pipe <nil>\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			spec := sched.Spec{Seed: 5, Later: []uint64{6, 7}, Marks: true}
			first, bands := inCells(t, name, spec)
			for i := range max(len(want), len(bands)) {
				if len(bands) != len(want) || bands[i][0] != want[i] {
					t.Fatalf("%.300q", bands)
				}
			}
			if again, same := inCells(t, name, spec); again.Hash != first.Hash || !slices.Equal(same, bands) {
				t.Errorf("%.300q, then %.300q", bands, same)
			}
			switch {
			case name != "goexit" && first.Stop != event.StopPrompt:
				t.Errorf("it ends as %v", first.Stop)
			case name == "goexit" && (first.Crash == nil || !strings.Contains(first.Crash.Message, "main called runtime.Goexit")):
				t.Errorf("it ends with %+v", first.Crash)
			}
		})
	}
}

// Who computes for ever is given a share of each prompt that grows smaller.
func TestPromptsAmongComputers(t *testing.T) {
	o, _ := inCells(t, "computes", sched.Spec{Seed: 5, Marks: true})
	lasted := func(i int) time.Duration { return time.Duration(o.Execution.Prompts[i].Lasted) }
	if len(o.Execution.Prompts) != 4 || lasted(0) != 200*time.Millisecond || lasted(1) > 110*time.Millisecond || lasted(2) > 60*time.Millisecond {
		t.Errorf("%+v", o.Execution.Prompts)
	}
}

// A token of cells is known to be the same run, or to part from it in the cell that has
// another seed.
func TestTrailOfCells(t *testing.T) {
	run := func(spec sched.Spec, of *sched.Token) *Result {
		change := controlledSpec(t, "cells", spec)
		o, _ := runToEnd(t, func(s *Spec) { change(s); s.ReplayOf = of })
		return o
	}
	first := run(sched.Spec{Seed: 5, Later: []uint64{6, 7}}, nil)
	token, err := sched.ParseToken(first.Token)
	if err != nil || len(token.Trail) == 0 {
		t.Fatal(first.Token, err)
	}
	if again := run(token.Spec, &token); again.Parted != -1 || again.Token != first.Token {
		t.Errorf("the replay of %s parts after %d steps and says %s", first.Token, again.Parted, again.Token)
	}
	two := run(sched.Spec{Seed: 5, Later: []uint64{6}}, nil).Execution.Prompts[1].Event
	parted := 0
	for seed := range uint64(8) {
		other := token.Spec
		other.Later = []uint64{6, 100 + seed}
		if n := run(other, &token).Parted; n >= 0 && n <= two/2 {
			t.Errorf("with another seed for the third cell it parts after %d steps, and two cells have %d events", n, two)
		} else if n > 0 {
			parted++
		}
	}
	if parted == 0 {
		t.Error("with another seed for the third cell it is the same run")
	}
}
