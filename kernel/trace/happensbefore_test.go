package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// Each rule of the memory model has a program that relies on it, in which no
// race is found, and a near miss, in which the one that it has is found. The
// events of both are in an order in which nothing goes wrong.
func TestRaces(t *testing.T) {
	a, err := txtar.ParseFile("testdata/races.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Files {
		t.Run(strings.ReplaceAll(f.Name, " ", "-"), func(t *testing.T) {
			text, want := string(f.Data), ""
			if i := strings.Index(text, "races "); i >= 0 {
				text, want = text[:i], strings.TrimSpace(strings.TrimPrefix(text[i:], "races "))
			}
			if got := racesText(trace.Races(told(t, text))); got != want {
				t.Errorf("races %q, want %q in\n%s", got, want, text)
			}
		})
	}
}

// racesText writes reports as "x: A writes at 3, B reads at 5".
func racesText(all []model.Race) string {
	var out []string
	for _, r := range all {
		out = append(out, fmt.Sprintf("%s: %s, %s", r.Object, accessText(r.A), accessText(r.B)))
	}
	return strings.Join(out, "; ")
}

func accessText(a model.Access) string {
	does := "reads"
	if a.Write {
		does = "writes"
	}
	return fmt.Sprintf("%s %s at %d", a.Goroutine, does, a.Pos.Line)
}

// One pair of places is reported once, however often it races, and a run with
// many races is looked at only so far.
func TestRacesAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("main start\nmain go A\nmain go B\nA start\nB start\n")
	for i := range 40 {
		fmt.Fprintf(&b, "A store x%d\nB store x%d\n", i, i)
	}
	x := told(t, b.String())
	if len(x.Races) != trace.MaxReports || !x.RacesPartial {
		t.Errorf("%d reports, partial: %v", len(x.Races), x.RacesPartial)
	}
	b.Reset()
	b.WriteString("main start\n")
	for i := range 2 * trace.MaxRacers {
		fmt.Fprintf(&b, "main go g%d\n", i)
	}
	for i := range 2 * trace.MaxRacers {
		fmt.Fprintf(&b, "g%d start\ng%d lock mu\ng%d store x\ng%d unlock mu\n", i, i, i, i)
	}
	if x := told(t, b.String()); len(x.Races) != 0 || !x.RacesPartial {
		t.Errorf("%v, partial: %v", x.Races, x.RacesPartial)
	}
}

// What is missing may have put two accesses in order: nothing is said of a race
// across the gap.
func TestRacesAcrossGap(t *testing.T) {
	const text = "main start\nmain go A\nA start\nA store x\nmain store x\n"
	x := told(t, text)
	if len(x.Races) != 1 || x.RacesPartial {
		t.Fatalf("%v, partial: %v", x.Races, x.RacesPartial)
	}
	x.Dropped, x.DroppedAt = 7, len(x.Events)-1
	if all, complete := trace.RacesOf(x); len(all) != 0 || complete {
		t.Errorf("%v, complete: %v", all, complete)
	}
}

// told is a run told in a few words, which must be one that can be.
func told(t *testing.T, text string) *model.Execution {
	t.Helper()
	x := anyTold(t, text)
	if err := trace.Validate(x); err != nil {
		t.Fatalf("not valid: %v\n%s", err, text)
	}
	return x
}

func anyTold(t *testing.T, text string) *model.Execution {
	t.Helper()
	x, err := story.Tell(text)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
