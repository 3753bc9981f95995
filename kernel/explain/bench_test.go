package explain

import (
	"fmt"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
)

// crowd is a run of n goroutines that update a few variables under locks that
// cover half of what they should, and then wait, each for itself.
func crowd(b *testing.B, n int) *model.Execution {
	b.Helper()
	var text strings.Builder
	text.WriteString("main start\n")
	for i := range n {
		fmt.Fprintf(&text, "main go G%d\nG%d start\nG%d load v%d 0\n", i, i, i, i/10)
	}
	for i := range n {
		fmt.Fprintf(&text, "G%d lock mu%d\nG%d store v%d 1\nG%d unlock mu%d\nG%d recv-want c%d\n", i, i/10, i, i/10, i, i/10, i, i)
	}
	text.WriteString("main recv-want done\nstatus deadlock\n")
	x, err := story.Tell(text.String())
	if err != nil {
		b.Fatal(err)
	}
	for i := range x.Events {
		x.Events[i].Site = &event.Site{Line: i, Test: &event.Test{Code: []event.Lines{{Until: len(x.Events)}}}, Copied: true}
	}
	return x
}

// The time for each event must not grow with their number.
func BenchmarkSentences(b *testing.B) {
	for _, n := range []int{40, 400, 4000} {
		x := crowd(b, n)
		b.Run(fmt.Sprint(len(x.Events), " events"), func(b *testing.B) {
			for b.Loop() {
				if len(Sentences(x)) == 0 {
					b.Fatal("nothing is said")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(x.Events)), "ns/event")
		})
	}
}
