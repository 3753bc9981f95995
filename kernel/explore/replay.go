package explore

import (
	"context"
	"time"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// replayWall is how long one replay may take. A run of the search that came to
// an end did so in a small part of it.
const replayWall = 10 * time.Second

// ruled is the program of a spec, with what its properties ask of calls, and
// to be true.
func (s *Spec) ruled() run.Spec {
	program := s.Run
	program.Rules, program.Conditions = property.Rules(s.Properties), property.Conditions(s.Properties)
	return program
}

// replay makes one recorded run in a process of its own. of is the token that
// it is compared with, nil for none. When ctx has ended, the run counts as one that
// was interrupted, and nobody waits for its recording to be read.
func replay(ctx context.Context, program run.Spec, control sched.Spec, of *sched.Token) (*run.Result, error) {
	r, err := startReplay(ctx, program, control, of)
	if err != nil {
		return nil, err
	}
	return r.WaitFor(ctx), nil
}

func startReplay(ctx context.Context, program run.Spec, control sched.Spec, of *sched.Token) (*run.Run, error) {
	program.Mode, program.Record = model.Controlled, true
	control.Ends = true // as main does in a search
	program.Control, program.ReplayOf = &control, of
	program.Apart = true
	program.Output, program.NoInput = nil, true
	if program.Limits.Wall == 0 {
		program.Limits.Wall = replayWall
	}
	return run.Start(ctx, program)
}
