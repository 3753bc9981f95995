package cli

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/parser"
	"io"
	"path/filepath"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/explore"
	"threading101/kernel/explore/property"
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/render/found"
	"threading101/kernel/render/ink"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// interruptedExit is the status of a command that Ctrl-C ended, as shells have it.
const interruptedExit = 130

// exploreOptions are the flags of "threading101 explore" and "threading101 check".
type exploreOptions struct {
	command       string
	json          bool
	budget, clock string
	schedules     string
	outcome       list
	property      list // of check
	target        string
	args          []string

	question program.Question
}

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string { return fmt.Sprint(*l) }

func (l *list) Set(text string) error { *l = append(*l, text); return nil }

func exploreProgram(env Env, args []string) int {
	o := exploreOptions{command: "explore"}
	if !o.parse(env, args) {
		return 2
	}
	return building(env, o.target, o.question.Suit(build.Request{}), func(ctx context.Context, built build.Result) int {
		findings, err := o.search(ctx, env, built)
		if err == nil {
			err = o.show(env, findings.Result)
		}
		switch {
		case err != nil:
			return failed(env, err)
		case ctx.Err() != nil:
			return interruptedExit
		}
		return 0
	})
}

// failed says why nothing came of it, unless that is that Ctrl-C ended it.
func failed(env Env, err error) int {
	if errors.Is(err, context.Canceled) {
		return interruptedExit
	}
	fmt.Fprintln(env.Stderr, "threading101:", err)
	return 1
}

// declare declares the flags that both commands have.
func (o *exploreOptions) declare(flags *flag.FlagSet) {
	flags.StringVar(&o.budget, "budget", "", words.HelpBudget)
	flags.StringVar(&o.schedules, "schedules", "", words.HelpSchedules)
	flags.StringVar(&o.clock, "clock", "", words.HelpExploreClock)
	flags.Var(&o.outcome, "outcome", words.HelpOutcome)
	flags.BoolVar(&o.json, "json", false, words.HelpExploreJSON)
}

// parse reads the command line. What is wrong with it has been said.
func (o *exploreOptions) parse(env Env, args []string) bool {
	flags := flag.NewFlagSet("threading101 "+o.command, flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	o.declare(flags)
	if o.command == "check" {
		flags.Var(&o.property, "property", words.HelpProperty)
		flags.Usage = func() {
			fmt.Fprintf(env.Stderr, "Usage of %s:\n", flags.Name())
			flags.PrintDefaults()
			fmt.Fprintln(env.Stderr, words.Properties(property.Help()))
		}
	}
	if flags.Parse(args) != nil {
		return false
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(env.Stderr, words.ExploreNeedsFile(o.command))
		return false
	}
	o.target, o.args = flags.Arg(0), flags.Args()[1:]
	if err := o.settle(); err != nil {
		fmt.Fprintf(env.Stderr, "threading101 %s: %v\n", o.command, err)
		return false
	}
	return true
}

// settle reads the flags' values. The error is for whoever typed them.
func (o *exploreOptions) settle() (err error) {
	var ok bool
	if o.question.Budget, ok = magic.Budget(o.budget); !ok && o.budget != "" {
		return errors.New(words.ExploreBadBudget("-budget", o.budget, magic.MostBudget) + ".\nhint: " + words.ExploreBudgetHint)
	}
	if o.question.Schedules, ok = magic.Schedules(o.schedules); !ok && o.schedules != "" {
		return errors.New(words.CheckBadSchedules("-schedules", o.schedules, magic.MostSchedules))
	}
	if o.budget != "" && o.schedules != "" {
		return errors.New(words.FlagTimeOrSchedules)
	}
	switch o.clock {
	case "", sched.Free.String():
		o.question.Clock = sched.Free
	case sched.Virtual.String():
	default:
		return errors.New(words.ExploreBadClock(o.clock))
	}
	for _, expr := range o.outcome {
		if _, err := parser.ParseExpr(expr); err != nil {
			return errors.New(words.ExploreNoExpression(expr))
		}
	}
	if o.command == "check" {
		o.question.Properties, err = property.Parse(o.property)
	}
	o.question.Values = o.outcome
	return err
}

// search tries the schedules of a program. The error is for the learner.
func (o *exploreOptions) search(ctx context.Context, env Env, built build.Result) (*program.Findings, error) {
	for _, note := range built.Notes {
		fmt.Fprintln(env.Stderr, "threading101:", note)
	}
	p := lent(env, &program.Program{Built: built, Path: built.Binary, Args: o.args})
	if refusal := p.Unexplorable(); refusal != nil {
		return nil, refusal
	}
	var err error
	if p.InputFile, err = keepInput(ctx, env.Stdin, o.target, filepath.Dir(built.Binary)); err != nil {
		return nil, err
	}
	if p.InputFile == "" && isTerminal(env.Stderr) && mentionsInput(o.target) {
		fmt.Fprintln(env.Stderr, "threading101:", words.InputMissing)
	}
	if began := time.Now(); isTerminal(env.Stderr) {
		o.question.Progress = func(p explore.Progress) {
			fmt.Fprint(env.Stderr, clearLine+p.Line(time.Since(began)))
		}
		defer fmt.Fprint(env.Stderr, clearLine)
	}
	findings, err := p.Explore(ctx, o.question)
	if err != nil {
		return nil, err
	}
	if findings.Fault != nil {
		fmt.Fprintln(env.Stderr, "threading101:", keepFault(o.target, findings.Fault))
	}
	return findings, nil
}

// clearLine makes room for the next line of progress.
const clearLine = "\r\x1b[K"

// show prints what was found.
func (o *exploreOptions) show(env Env, result *model.Result) error {
	if o.json {
		return printJSON(env.Stdout, found.JSON(result))
	}
	fmt.Fprint(env.Stdout, found.Text(result, ink.Paper{Width: 100, Color: isTerminal(env.Stdout)}))
	fmt.Fprintln(env.Stdout, words.ExploreReplay(o.target))
	return nil
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
