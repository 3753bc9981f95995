package control

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Alarms come in the order of their times, equal ones in the order in which they
// were set, whatever was taken back in between.
func TestAlarms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h alarms
		var set []*alarm
		for range rapid.IntRange(1, 40).Draw(t, "n") {
			if len(set) > 0 && rapid.IntRange(0, 3).Draw(t, "what") == 0 {
				i := rapid.IntRange(0, len(set)-1).Draw(t, "which")
				h.remove(set[i])
				if set[i].at != -1 {
					t.Fatal("one that was taken back is thought to be set")
				}
				set = slices.Delete(set, i, i+1)
				continue
			}
			h.seq++
			a := &alarm{when: rapid.Int64Range(0, 5).Draw(t, "when"), seq: h.seq}
			h.push(a)
			set = append(set, a)
		}
		slices.SortStableFunc(set, func(a, b *alarm) int { return int(a.when - b.when) })
		for _, want := range set {
			if got := h.all[0]; got != want {
				t.Fatalf("got the alarm of %d set as %d, want %d set as %d", got.when, got.seq, want.when, want.seq)
			}
			h.remove(want)
		}
	})
}
