package trace_test

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// A fatal error comes without warning. Its goroutine is the one that was started
// where Go says and was at work, or of several the one that was last where Go says.
func TestBlame(t *testing.T) {
	sites := []event.Site{{}, {Line: 1}, {Line: 2}, {Line: 3}, {Line: 4}}
	const both = `1 0 g1 start site=1 flags=2
2 1 g1 go site=2 obj=1 aux=2
3 1 g1 go site=2 obj=2 aux=3
4 2 g2 start site=2 flags=2
5 3 g3 start site=2 flags=2
6 4 g2 lock site=3 obj=0x100
7 5 g1 wait-want site=4 obj=0x200
`
	tests := []struct {
		name, more string
		fatal      *trace.Fatal
		want       int // the lane, 0 for nobody
	}{
		{"no fatal error", "", nil, 0},
		{"where it was", "8 6 g2 unlock site=4 obj=0x100\n", &trace.Fatal{Created: model.Pos{Line: 2}, At: []model.Pos{{Line: 9}, {Line: 4}}}, 1},
		{"the only one at work", "8 6 g2 end site=2\n", &trace.Fatal{Created: model.Pos{Line: 2}}, 2},
		{"several", "", &trace.Fatal{Created: model.Pos{Line: 2}}, 0},
		{"started elsewhere", "8 6 g2 unlock site=4 obj=0x100\n", &trace.Fatal{Created: model.Pos{Line: 7}, At: []model.Pos{{Line: 4}}}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l, err := story.ParseLog(strings.NewReader(both + test.more))
			if err != nil {
				t.Fatal(err)
			}
			x := l.Execution(sites, trace.Options{Status: model.Panicked, Fatal: test.fatal})
			got := 0
			for lane, g := range x.Goroutines {
				if g.End == model.DidPanic {
					got += lane
				}
			}
			if got != test.want || x.Fatal != (test.fatal != nil) {
				t.Errorf("blamed lane %d, want %d (fatal %v)", got, test.want, x.Fatal)
			}
		})
	}
}
