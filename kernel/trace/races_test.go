package trace_test

import (
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// A report finds the two accesses, of two goroutines, at its places.
func TestRacesFindTheirEvents(t *testing.T) {
	a, err := txtar.ParseFile("testdata/lost-update.txtar")
	if err != nil {
		t.Fatal(err)
	}
	x := readArchive(t, a)
	read := func(r model.Race) model.Race {
		x.Races = []model.Race{r}
		trace.FindReported(x)
		return x.Races[0]
	}
	at := model.Pos{Line: 3}
	got := read(model.Race{A: model.Access{Pos: at, Event: -1}, B: model.Access{Pos: at, Write: true, Event: -1}})
	if got.Object != "counter" || got.A.Goroutine != "A" || got.B.Goroutine != "B" || got.A.Event != 6 || got.B.Event != 8 {
		t.Errorf("read and write: %+v", got)
	}
	got = read(model.Race{A: model.Access{Pos: at, Write: true, Goroutine: "A", Event: -1}, B: model.Access{Pos: at, Write: true, Event: -1}})
	if got.A.Event != 9 || got.B.Event != 8 {
		t.Errorf("two writes, one known to be A's: %+v", got)
	}
	got = read(model.Race{Object: "said", A: model.Access{Pos: at, Event: 7}, B: model.Access{Pos: model.Pos{Line: 99}, Event: -1}})
	if got.Object != "said" || got.A.Event != 7 || got.A.Goroutine != "B" || got.B.Event != -1 {
		t.Errorf("what is said already: %+v", got)
	}
	got = read(model.Race{A: model.Access{Pos: model.Pos{Line: 98}, Event: -1}, B: model.Access{Pos: model.Pos{Line: 99}, Event: -1}})
	if got.A.Event != -1 || got.B.Event != -1 || got.Object != "" {
		t.Errorf("nowhere recorded: %+v", got)
	}
}
