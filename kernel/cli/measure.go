package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"threading101/kernel/build"
	"threading101/kernel/program"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/speedup"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// readSpeed reads what is to be measured, if anything is.
func (o *order) readSpeed() error {
	if o.procs+o.repeat == "" {
		return nil
	}
	o.speed = &speed.Wish{}
	ok := true
	if o.procs != "" {
		if o.speed.Procs, ok = speed.ReadProcs(o.procs); !ok {
			return errors.New(words.SpeedBadProcs(o.procs, speed.MostValues, speed.MostProcs))
		}
	}
	if o.repeat != "" {
		if o.speed.Repeat, ok = speed.ReadRepeat(o.repeat); !ok {
			return errors.New(words.SpeedBadRepeat(o.repeat, speed.MostRepeat))
		}
	}
	return nil
}

// measureProgram is "threading101 run -real -procs 1,2,4": the first run's output, then
// what was measured.
func measureProgram(env Env, o *runOptions) int {
	return withBuilder(env, func(ctx context.Context, builder *build.Builder) int {
		built, err := buildTarget(ctx, builder, o.target, build.Request{Plain: true})
		switch {
		case ctx.Err() != nil:
			return interruptedExit
		case err != nil || built.Exit != 0:
			report(env.Stderr, built.Output, err)
			return 1
		}
		p := &program.Program{Built: built, Path: built.Binary, Args: o.args}
		bench := program.Bench{Plan: o.speed.Plan(speed.Processors()), Traced: func(ctx context.Context) (build.Result, error) {
			return buildTarget(ctx, builder, o.target, build.Request{Traced: true})
		}}
		var stop program.Stop
		defer context.AfterFunc(ctx, func() { stop.Interrupt(nil) })()
		t, err := p.Measure(context.WithoutCancel(ctx), bench, program.Streams{Output: o.passOn(env)}, &stop)
		if err != nil {
			return failed(env, err)
		}
		return showMeasured(env, o, t)
	})
}

// showMeasured prints what was measured in the form that was asked for.
func showMeasured(env Env, o *runOptions, t *program.Timed) int {
	exit := 0
	if t.Cut == speed.CutByHand {
		exit = interruptedExit
	}
	if says := t.Nothing(); says != "" {
		if t.Failed != nil {
			fmt.Fprint(env.Stderr, crashText(t.Failed.Crash))
			exit = max(1, t.Failed.Exit)
		}
		fmt.Fprintln(env.Stderr, "threading101:", says)
		return max(exit, 1)
	}
	for name, file := range o.files {
		if *file != "" {
			if err := os.WriteFile(*file, speedup.In(name, t.Measured, ink.Paper{}), 0o644); err != nil {
				return failed(env, err)
			}
		}
	}
	switch {
	case o.json:
		if err := json.NewEncoder(env.Stdout).Encode(speedup.JSON(t.Measured)); err != nil {
			return failed(env, err)
		}
	case o.markdown:
		env.Stdout.Write(speedup.In("markdown", t.Measured, ink.Paper{}))
	default:
		io.WriteString(env.Stdout, "\n")
		env.Stdout.Write(speedup.In("text", t.Measured, ink.Paper{Width: 100, Color: isTerminal(env.Stdout)}))
	}
	return exit
}
