package speedup

import (
	"time"

	"threading101/kernel/render/ink"
	"threading101/kernel/speed"
)

// Measurement is a measurement as data, for other programs: schema 1. Fields are only
// ever added. Times are in seconds.
type Measurement struct {
	Schema   int       `json:"schema"`
	Mode     string    `json:"mode"`          // real: Go's own scheduler
	Machine  int       `json:"machine"`       // processors that a program may use here
	Others   *float64  `json:"others"`        // how many of them other programs kept busy; null if not known
	Repeat   int       `json:"repeat"`        // how often each was asked for
	Cut      string    `json:"cut,omitempty"` // interrupted, time: why some runs are missing
	Differ   int       `json:"differ"`        // runs that printed something else than the first
	Rows     []Row     `json:"rows"`
	Amdahl   *Amdahl   `json:"amdahl"`            // null: not fitted
	Timeline *Timeline `json:"timeline"`          // null: there is none
	Untimed  string    `json:"untimed,omitempty"` // and why
}

// Row is one number of processors.
type Row struct {
	Procs   int       `json:"procs"`
	Seconds []float64 `json:"seconds"` // of each run, in their order
	Median  float64   `json:"median"`
	Low     float64   `json:"low"` // the middle half is from here to high
	High    float64   `json:"high"`
	Times   float64   `json:"times"` // as fast as the first row
	Ideal   float64   `json:"ideal"`
	Verdict string    `json:"verdict"` // first, faster, slower, unclear, too few
}

// Amdahl is the law, fitted: shares of the time with one processor.
type Amdahl struct {
	Serial float64 `json:"serial"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Points int     `json:"points"`
}

// Timeline is when which goroutine ran, in seconds from the beginning of main.
type Timeline struct {
	Procs    int     `json:"procs"`
	Length   float64 `json:"length"`
	Together float64 `json:"together"` // two or more ran at the same moment
	Alone    float64 `json:"alone"`
	Left     int     `json:"left,omitempty"`    // goroutines without a lane
	Columns  int     `json:"columns,omitempty"` // the lanes have shares instead of spans
	Lanes    []Lane  `json:"lanes"`
}

// Lane is one goroutine.
type Lane struct {
	Name   string    `json:"name"`
	Begin  float64   `json:"begin"`
	End    float64   `json:"end"`
	Ran    float64   `json:"ran"`
	Spans  []Span    `json:"spans,omitempty"`
	Shares []float64 `json:"shares,omitempty"` // of each column
}

// Span is a time in which it did not change its state.
type Span struct {
	From  float64 `json:"from"`
	To    float64 `json:"to"`
	State string  `json:"state"` // running, ready, waiting
	Proc  int     `json:"proc"`  // that ran it, -1 if none did
}

func (p *product) json(ink.Paper) []byte { return ink.Marshal(JSON(p.m)) }

// JSON returns a measurement as data, ready for encoding/json.
func JSON(m *speed.Measured) *Measurement {
	sum := m.Sum()
	j := &Measurement{Schema: 1, Mode: "real", Machine: m.Machine, Repeat: m.Repeat, Cut: string(m.Cut), Differ: m.Differ, Rows: []Row{}}
	if m.Others >= 0 {
		j.Others = &m.Others
	}
	for i := range sum.Rows {
		r := &sum.Rows[i]
		j.Rows = append(j.Rows, Row{r.Procs, seconds(m.Took[i]), r.Median.Seconds(), r.Low.Seconds(), r.High.Seconds(), r.Times, r.Ideal, string(r.Verdict)})
	}
	if f := sum.Fit; f != nil {
		j.Amdahl = &Amdahl{f.Serial, f.Low, f.High, f.Points}
	}
	if m.Timeline == nil {
		j.Untimed = string(m.Untimed)
		return j
	}
	j.Timeline = timelineJSON(m.Timeline)
	return j
}

func seconds(all []time.Duration) []float64 {
	out := make([]float64, len(all))
	for i, d := range all {
		out[i] = d.Seconds()
	}
	return out
}

func timelineJSON(t *speed.Timeline) *Timeline {
	j := &Timeline{t.Procs, t.Length.Seconds(), t.Together.Seconds(), t.Alone.Seconds(), t.Left, t.Columns, []Lane{}}
	for i := range t.Lanes {
		l := &t.Lanes[i]
		lane := Lane{Name: l.Name, Begin: l.Begin.Seconds(), End: l.End.Seconds(), Ran: l.Ran.Seconds(), Shares: l.Shares}
		for _, s := range l.Spans {
			lane.Spans = append(lane.Spans, Span{s.From.Seconds(), s.To.Seconds(), string(s.State), s.Proc})
		}
		j.Lanes = append(j.Lanes, lane)
	}
	return j
}
