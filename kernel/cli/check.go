package cli

import (
	"context"
	"fmt"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/render/found"
	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// checkIncomplete is the status where nothing failed and not all was tried, or nothing
// was checked of a function that nobody calls.
const checkIncomplete = 3

func checkProgram(env Env, args []string) int {
	o := exploreOptions{command: "check"}
	if !o.parse(env, args) {
		return 2
	}
	return building(env, o.target, o.question.Suit(build.Request{}), func(ctx context.Context, built build.Result) int {
		findings, err := o.search(ctx, env, built)
		if err == nil {
			err = o.judge(ctx, env, findings)
		}
		if err != nil {
			return failed(env, err)
		}
		return checkExit(findings.Verdicts)
	})
}

// checkExit is the status that tells how a check went.
func checkExit(all []model.Verdict) int {
	exit := 0
	for _, v := range all {
		switch {
		case !v.Holds:
			return 1
		case !v.Complete || len(v.Uncalled) > 0:
			exit = checkIncomplete
		}
	}
	return exit
}

// judge prints the verdicts, and the shortest run that violates the first
// property which does not hold.
func (o *exploreOptions) judge(ctx context.Context, env Env, findings *program.Findings) error {
	if o.json {
		return printJSON(env.Stdout, found.CheckJSON(findings.Verdicts, findings.Result))
	}
	paper := ink.Paper{Color: isTerminal(env.Stdout)}
	shown := o.violations(ctx, env, findings)
	fmt.Fprint(env.Stdout, found.CheckText(findings.Verdicts, findings.Result, shown, paper))
	if len(shown) > 0 {
		fmt.Fprintf(env.Stdout, "\n%s\n", words.RunReplay(shown[0].Execution.Token, o.target))
	}
	return nil
}

// openTime is for how long runs may be made that are shown after an interrupt.
const openTime = 500 * time.Millisecond

// violations makes the runs that violate properties, also after an interrupt.
func (o *exploreOptions) violations(ctx context.Context, env Env, findings *program.Findings) []found.Shown {
	interrupted := ctx
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(interrupted, func() { time.AfterFunc(openTime, cancel) })()
	return findings.Violations(ctx, func(format string, args ...any) { fmt.Fprintf(env.Stderr, format+"\n", args...) })
}
