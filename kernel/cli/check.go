package cli

import (
	"context"
	"fmt"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/render/columns"
	"threading101/kernel/render/found"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// checkIncomplete is the status where nothing failed and not all was tried.
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
		case !v.Complete:
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
	fmt.Fprint(env.Stdout, found.CheckText(findings.Verdicts, findings.Result, paper))
	for _, v := range findings.Verdicts {
		if !v.Holds && v.Token != "" {
			return o.open(ctx, env, findings, v, paper)
		}
	}
	return nil
}

// openTime is for how long a run may be made that is shown after an interrupt.
const openTime = 500 * time.Millisecond

// open prints the run that violates a property, also after an interrupt.
func (o *exploreOptions) open(ctx context.Context, env Env, findings *program.Findings, v model.Verdict, paper ink.Paper) error {
	interrupted := ctx
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(interrupted, func() { time.AfterFunc(openTime, cancel) })()
	outcome, err := findings.Open(ctx, v.Token)
	if err != nil || outcome.Interrupted {
		return err
	}
	fmt.Fprintf(env.Stdout, "\n%s\n\n", words.CheckRun(v.Property))
	fmt.Fprint(env.Stdout, picture.Text(outcome.Execution, picture.Options{Paper: paper}))
	fmt.Fprintf(env.Stdout, "\n%s\n", columns.Text(outcome.Execution, paper))
	fmt.Fprintln(env.Stdout, words.RunReplay(v.Token, o.target))
	return nil
}
