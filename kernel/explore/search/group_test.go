package search

import "testing"

// groupRun makes a run of steps, each of which adds to one group or takes from it: by
// whom, how much, and who is started with it. It returns of whom a step was said to be
// one that matters, by number.
func groupRun(t *testing.T, steps [][3]int) (matter []int) {
	t.Helper()
	s := New(Config{Mode: "dpor", Now: func() int64 { return 0 }, Stopped: func() bool { return false }, Write: func([]byte) {}})
	s.History.Reset(8)
	s.History.Spawn(-1)
	for i, step := range steps {
		s.History.Begin(step[0], false)
		s.Adds(step[0], 1, uint32(i+1), step[1])
		if step[2] > 0 {
			s.History.Spawn(step[0])
		}
	}
	s.promote()
	for i := range steps {
		if s.Lacks(uint32(i + 1)) {
			matter = append(matter, i)
		}
	}
	return matter
}

// What is taken from a group matters only where it may be taken before it was added.
func TestLacks(t *testing.T) {
	for _, test := range []struct {
		name  string
		steps [][3]int
		want  int // how many matter
	}{
		{"added before each starts", [][3]int{{0, 1, 1}, {0, 1, 1}, {2, -1, 0}, {1, -1, 0}}, 0},
		{"added before all start", [][3]int{{0, 2, 1}, {0, 0, 1}, {2, -1, 0}, {1, -1, 0}}, 0},
		{"a worker adds others", [][3]int{{0, 2, 1}, {0, 0, 1}, {1, 1, 1}, {1, 1, 1}, {1, -1, 0}, {3, -1, 0}, {4, -1, 0}, {2, -1, 0}}, 0},
		{"one takes too much itself", [][3]int{{0, 1, 1}, {0, -1, 0}, {0, -1, 0}}, 1},
		{"two take what is there once", [][3]int{{0, 1, 1}, {0, -1, 0}, {1, -1, 0}}, 2},
		{"added by another", [][3]int{{0, 0, 1}, {0, 0, 1}, {1, 1, 0}, {2, -1, 0}}, 2},
		{"one of two is added by another", [][3]int{{0, 1, 1}, {0, 0, 1}, {1, 1, 0}, {2, -2, 0}}, 2},
	} {
		if got := groupRun(t, test.steps); len(got) != test.want {
			t.Errorf("%s: %v matter, want %d", test.name, got, test.want)
		}
	}
}
