package behaviour

import (
	"strings"
	"testing"

	"threading101/kernel/sched"
)

// TestLessonOrders counts what the lessons promise of twenty reruns under the
// free clock: two workers print in at least fifteen orders, and with a lock
// round its lines each of them prints its block whole, every time.
func TestLessonOrders(t *testing.T) {
	t.Parallel()
	if n := len(reruns(t, "lesson/step-1", func(string) bool { return true })); n < 15 {
		t.Errorf("only %d orders in 20 reruns", n)
	}
	reruns(t, "lesson/step-2", func(stdout string) bool {
		return strings.HasPrefix(stdout, "A 5\nA 4\nA 3\nA 2\nA 1\nB") || strings.HasPrefix(stdout, "B 5\nB 4\nB 3\nB 2\nB 1\nA")
	})
}

// reruns runs a program twenty times, each with a seed of its own, and counts
// what it prints, which must be right.
func reruns(t *testing.T, name string, right func(stdout string) bool) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for _, p := range programs(t) {
		if p.name != name {
			continue
		}
		c := p.control(t)
		for seed := range uint64(20) {
			got := c.run(sched.Spec{Seed: seed + 1, Clock: sched.Free}, nil)
			if !right(got.stdout) {
				t.Errorf("%s, seed %d: it prints %q", name, seed+1, got.stdout)
			}
			seen[got.stdout]++
		}
	}
	t.Logf("%s: %d orders in 20 reruns", name, len(seen))
	return seen
}
