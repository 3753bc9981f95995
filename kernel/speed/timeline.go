package speed

import (
	"slices"
	"time"
)

// Timeline is when which goroutine of a program ran, in one run. Times are counted from
// the beginning of main.
type Timeline struct {
	Procs    int
	Length   time.Duration
	Lanes    []Lane        // main first, then in the order in which they were started
	Left     int           // goroutines without a lane: those that ran least
	LeftRan  time.Duration // how long they ran, all together
	Alone    time.Duration // exactly one goroutine of the program ran
	Together time.Duration // two or more ran at the same moment
	Columns  int           // in so many columns the lanes are summed up; 0: each span is kept
}

// Lane is one goroutine.
type Lane struct {
	Name       string
	Begin, End time.Duration
	Ran        time.Duration
	Spans      []Span    // from Begin to End without a gap; nil if summed up
	Shares     []float64 // of each column, the part of it in which it ran, 0…1; nil if each span is kept
}

// Span is a time in which a goroutine did not change its state.
type Span struct {
	From, To time.Duration
	State    State
	Proc     int // by which it was run, from 0; -1 if it did not run
}

// State is what a goroutine does.
type State string

// The states.
const (
	Running State = "running" // Go has given it a processor
	Ready   State = "ready"   // it could go on, and waits for a processor
	Waiting State = "waiting" // for something else: a lock, a channel, a file
)

// The bounds of a timeline.
const (
	mostLanes = 12
	mostSpans = 2000
	columns   = 400
)

// limit keeps the timeline to what can be drawn.
func (t *Timeline) limit() {
	t.overlap()
	t.choose()
	spans := 0
	for i := range t.Lanes {
		spans += len(t.Lanes[i].Spans)
	}
	if spans > mostSpans && t.Length > 0 {
		t.sumUp()
	}
}

// overlap counts for how long one goroutine ran, and for how long several.
func (t *Timeline) overlap() {
	type change struct {
		at time.Duration
		by int
	}
	var all []change
	for _, l := range t.Lanes {
		for _, s := range l.Spans {
			if s.State == Running {
				all = append(all, change{s.From, 1}, change{s.To, -1})
			}
		}
	}
	slices.SortFunc(all, func(a, b change) int {
		if a.at != b.at {
			return int(a.at - b.at)
		}
		return a.by - b.by // who ends makes room first
	})
	running := 0
	for i, c := range all {
		if i > 0 {
			switch passed := c.at - all[i-1].at; {
			case running == 1:
				t.Alone += passed
			case running > 1:
				t.Together += passed
			}
		}
		running += c.by
	}
}

// choose leaves out the goroutines that ran least, if there are too many. Main stays.
func (t *Timeline) choose() {
	if len(t.Lanes) <= mostLanes {
		return
	}
	order := make([]int, len(t.Lanes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order[1:], func(a, b int) int { return int(t.Lanes[b].Ran - t.Lanes[a].Ran) })
	for _, i := range order[mostLanes:] {
		t.Left++
		t.LeftRan += t.Lanes[i].Ran
	}
	keep := slices.Sorted(slices.Values(order[:mostLanes]))
	lanes := make([]Lane, 0, mostLanes)
	for _, i := range keep {
		lanes = append(lanes, t.Lanes[i])
	}
	t.Lanes = lanes
}

// sumUp puts the share in which each goroutine ran in the place of its spans. To leave
// short spans out, or to join them, would draw what was not so.
func (t *Timeline) sumUp() {
	t.Columns = columns
	wide := float64(t.Length) / columns
	for i := range t.Lanes {
		l := &t.Lanes[i]
		l.Shares = make([]float64, columns)
		for _, s := range l.Spans {
			if s.State == Running {
				spread(l.Shares, float64(s.From)/wide, float64(s.To)/wide)
			}
		}
		l.Spans = nil
	}
}

// spread adds a time to the columns that it covers, from and to counted in columns.
func spread(shares []float64, from, to float64) {
	for c := max(int(from), 0); c < len(shares) && float64(c) < to; c++ {
		shares[c] += min(to, float64(c+1)) - max(from, float64(c))
	}
}
