package picture

import (
	"strings"
	"testing"

	"threading101/kernel/render/rendertest"
)

// Of many goroutines those of a circle are drawn, with main, and who waits for whom.
func TestPictureDrawsTheCircle(t *testing.T) {
	p := newPicture(rendertest.Philosophers(5, 6), Options{})
	var names []string
	for _, l := range p.lanes {
		names = append(names, l.name)
	}
	const want = "main done_0 eat_0 eat_1 eat_2 eat_3 eat_4 eat_5"
	if got := strings.Join(names, " "); got != want || len(p.links) < 6 {
		t.Errorf("%d links between %s, want 6 between %s", len(p.links), got, want)
	}
}
