package explore

import (
	"context"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// DefaultBudget is for how long is searched if nobody says otherwise.
const DefaultBudget = 2 * time.Second

// Spec says what to explore.
type Spec struct {
	// Run is the program as for a single run: Path, Sites, Code, Locate,
	// Uncontrolled, Dir, Env, Args, InputFile. Its output is dropped; without an
	// InputFile its input is empty.
	Run        run.Spec
	Budget     time.Duration       // 0: DefaultBudget
	Schedules  int                 // so many are tried at most, however long that takes; 0: as many as the time allows
	Clock      sched.Clock         // callers pass Free unless the learner said otherwise
	Values     []string            // the outcome expressions the program was built with
	Properties []property.Property // what is checked; nil: none
	From       From                // choices made before; of the zero value none
	Workers    int                 // processes; 0: as many as there are processors, at most 8
	Progress   func(Progress)      // called at most each 100 ms, from one goroutine; may be nil
}

// From is the choices with which each run begins: all that is tried comes after them.
type From struct {
	Switches []sched.Switch // nil: nothing was chosen
	Made     uint64         // how many choices they are, of a run outside a search
	Steps    uint64         // after how many steps the next one is to be made
	Turns    uint64         // how many of them say who goes on
	Begun    bool           // it is not who makes the next step, which Switches have, but how it is made
}

// Progress is what was found so far.
type Progress struct {
	Level           model.Level // that is worked on
	Preemptions     int         // with Bounded
	Runs, Classes   int
	Found           int
	Elapsed, Budget time.Duration   // Budget 0: time does not end it
	Outcomes        []model.Outcome // without tokens
}

// Explore tries schedules until all were tried, the budget is used up, or ctx
// ends, which is no error: the result then has Stopped set.
func Explore(ctx context.Context, s Spec) (*model.Result, error) {
	e := newExplorer(ctx, s)
	if err := e.climb(); err != nil {
		return nil, err
	}
	return e.result(), nil
}

// Open runs the token's schedule again, recorded: for the picture and the
// explanation.
func Open(ctx context.Context, s Spec, token string) (*run.Result, error) {
	t, err := sched.ParseToken(token)
	if err != nil {
		return nil, err
	}
	r, err := startReplay(ctx, s.ruled(), t.Spec, &t)
	if err != nil {
		return nil, err
	}
	return r.Wait(), nil
}
