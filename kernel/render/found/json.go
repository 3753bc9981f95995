package found

import (
	"math/big"
	"strconv"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
)

// Exploration is what an exploration found as data, for other programs: schema 2, in which
// outcomes have what was printed to standard error as well.
//
// Fields are only ever added. Outcomes are told apart by how a run ends and what
// comes out. Numbers of interleavings are exact, as decimal text, since they may
// be larger than any number of JSON; null where they were not counted.
type Exploration struct {
	Schema        int       `json:"schema"`
	Complete      bool      `json:"complete"` // all was tried, and no run was stopped
	Level         string    `json:"level"`    // exhaustive, ticks<=K, preemptions<=K, sampled
	Interleavings *string   `json:"interleavings"`
	Classes       int       `json:"classes"` // classes of interleavings that differ only in the order of independent steps
	Runs          int       `json:"runs"`
	Seconds       float64   `json:"seconds"`
	Clock         string    `json:"clock,omitempty"` // virtual, free
	Stopped       string    `json:"stopped,omitempty"`
	Values        []string  `json:"values,omitempty"` // the expressions that were asked for
	Outcomes      []Outcome `json:"outcomes"`
	Omitted       int       `json:"outcomes_omitted,omitempty"` // found, but not in this list
	Deadlocks     int       `json:"deadlocks"`                  // classes that end so if complete, else runs
	Races         []Race    `json:"races"`
	Parallel      []Class   `json:"parallel,omitempty"` // the first of the classes, a run for each
	Uncontrolled  []string  `json:"uncontrolled"`       // what could not be controlled, or was held fixed
}

// Outcome is one way in which the program can end.
type Outcome struct {
	Value         string   `json:"value"`            // what it printed to its standard output, or "total = 3, n = 1"
	Stderr        string   `json:"stderr,omitempty"` // what it printed to its standard error
	Values        []string `json:"values,omitempty"` // of the expressions, in their order
	Status        string   `json:"status"`
	Marks         []string `json:"marks,omitempty"` // true of all runs that end so: race, unjoined, overlap F, disorder A B, at-once-3 F, started-under-2, not always EXPR, not eventually EXPR
	Classes       int      `json:"classes"`
	Runs          int      `json:"runs"`
	Interleavings *string  `json:"interleavings"`
	Token         string   `json:"token"` // of its shortest run
	Switches      int      `json:"switches"`
	Proven        bool     `json:"proven,omitempty"` // no run with fewer preemptions ends so
}

// Race is a data race: "cell 3:9" or "main.go:9", twice.
type Race struct {
	A      string `json:"a"`
	B      string `json:"b"`
	Object string `json:"object"`
	Token  string `json:"token,omitempty"`
}

// Class is one class of interleavings.
type Class struct {
	Outcome       int     `json:"outcome"` // index in outcomes, -1 if it is not among them
	Interleavings *string `json:"interleavings"`
	Token         string  `json:"token"`
}

func (f *found) json(ink.Paper) []byte { return ink.Marshal(JSON(f.result)) }

// JSON returns what an exploration found as data, ready for
// encoding/json; nil without a result.
func JSON(r *model.Result) *Exploration {
	if r == nil {
		return nil
	}
	e := &Exploration{
		Schema: 2, Complete: complete(r), Level: level(r), Interleavings: decimal(r.Interleavings), Classes: r.Classes,
		Runs: r.Runs, Seconds: r.Elapsed.Round(time.Microsecond).Seconds(), Clock: r.Clock, Stopped: r.Stopped,
		Values: r.Values, Outcomes: []Outcome{}, Omitted: r.Omitted, Races: []Race{},
		Uncontrolled: r.Untried(),
	}
	at := map[[3]string]int{}
	for _, o := range r.ByEnd() {
		at[[3]string{string(o.Status), o.Value, o.Stderr}] = len(e.Outcomes)
		e.Outcomes = append(e.Outcomes, outcome(&o))
		if o.Status == model.Deadlock {
			e.Deadlocks += deadlocks(r, &o)
		}
	}
	for _, race := range r.Races {
		e.Races = append(e.Races, Race{spot(race.A), spot(race.B), race.Object, race.Token})
	}
	for _, c := range r.Parallel {
		class := Class{Outcome: -1, Interleavings: decimal(c.Interleavings), Token: c.Token}
		if c.Outcome >= 0 && c.Outcome < len(r.Outcomes) {
			o := &r.Outcomes[c.Outcome]
			class.Outcome = at[[3]string{string(o.Status), o.Value, o.Stderr}]
		}
		e.Parallel = append(e.Parallel, class)
	}
	return e
}

func outcome(o *model.Outcome) Outcome {
	return Outcome{
		Value: o.Value, Stderr: o.Stderr, Values: o.Values, Status: string(o.Status), Marks: o.Marks, Classes: o.Classes, Runs: o.Runs,
		Interleavings: decimal(o.Interleavings), Token: o.Token, Switches: o.Switches, Proven: o.Proven,
	}
}

func deadlocks(r *model.Result, o *model.Outcome) int {
	if complete(r) {
		return o.Classes
	}
	return o.Runs
}

// level is how far a search got, as the schema has it.
func level(r *model.Result) string {
	switch r.Level {
	case model.Exhaustive:
		if r.Ticks > 0 {
			return "ticks<=" + strconv.Itoa(r.Ticks)
		}
		return "exhaustive"
	case model.Bounded:
		return "preemptions<=" + strconv.Itoa(r.Preemptions)
	}
	return "sampled"
}

func decimal(n *big.Int) *string {
	if n == nil {
		return nil
	}
	s := n.String()
	return &s
}

// spot is a place as data.
func spot(pos model.Pos) string {
	switch {
	case pos.Line <= 0:
		return ""
	case pos.Cell > 0:
		return "cell " + strconv.Itoa(pos.Cell) + ":" + strconv.Itoa(pos.Line)
	}
	return ink.FileName(pos.File) + ":" + strconv.Itoa(pos.Line)
}
