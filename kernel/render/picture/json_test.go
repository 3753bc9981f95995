package picture

import (
	"encoding/json"
	"testing"

	"threading101/kernel/render/rendertest"
)

// TestDataTellsTheRun: in every situation the data say of each goroutine and each
// event what the run knows.
func TestDataTellsTheRun(t *testing.T) {
	for _, s := range rendertest.All {
		t.Run(s.Name, func(t *testing.T) {
			ex := s.Make()
			p := newPicture(ex, Options{})
			b, err := json.Marshal(JSON(ex))
			if err != nil {
				t.Fatal(err)
			}
			var run Run
			if err := json.Unmarshal(b, &run); err != nil {
				t.Fatal(err)
			}
			if len(run.Goroutines) != len(ex.Goroutines) || len(run.Events) != len(ex.Events) || len(run.Races) != len(ex.Races) || run.Steps != p.StepCount() {
				t.Fatalf("%d goroutines, %d events, %d races, %d steps", len(run.Goroutines), len(run.Events), len(run.Races), run.Steps)
			}
			for i, g := range ex.Goroutines {
				if got := run.Goroutines[i]; got.ID != g.ID || got.Name == "" || got.End != string(g.End) || got.Line != g.Pos.Line {
					t.Errorf("goroutine %d: %+v", i, got)
				}
			}
			for i, e := range ex.Events {
				step := 0
				if of := p.StepOf(i); of >= 0 {
					step = p.Steps.List[of].N
				}
				got := run.Events[i]
				if got.Step != step || got.Goroutine != ex.Goroutines[e.G].ID || got.Op != e.Op.String() || got.T != e.T || got.Line != e.Pos.Line || got.Stale != e.Stale {
					t.Errorf("event %d: %+v", i, got)
				}
				if e.Object >= 0 != (got.Object != "") || e.Object >= 0 && got.Object != ex.Objects[e.Object].Name {
					t.Errorf("event %d is about %q", i, got.Object)
				}
			}
			for i, r := range ex.Races {
				if got := run.Races[i]; got.Object != r.Object || got.A.Write != r.A.Write || got.B.Line != r.B.Pos.Line {
					t.Errorf("race %d: %+v", i, got)
				}
			}
		})
	}
}
