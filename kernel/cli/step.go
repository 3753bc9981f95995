package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"threading101/kernel/build"
	"threading101/kernel/program"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
	"threading101/kernel/sched"
	"threading101/kernel/step"
	"threading101/kernel/words"
)

// stepOptions are the flags of "threading101 step".
type stepOptions struct {
	json              bool
	goal, from, clock string
	target            string
	args              []string

	byHand program.ByHand
}

func stepProgram(env Env, args []string) int {
	var o stepOptions
	if !o.parse(env, args) {
		return 2
	}
	return building(env, o.target, o.byHand.Suit(build.Request{}), func(ctx context.Context, built build.Result) int {
		session, err := o.session(ctx, env, built)
		if err != nil {
			return failed(env, err)
		}
		defer session.Close()
		if o.json {
			return o.speak(ctx, env, session)
		}
		return o.talk(ctx, env, &step.Talk{Session: session, Pipe: !isDevice(env.Stdin)})
	})
}

// parse reads the command line. What is wrong with it has been said.
func (o *stepOptions) parse(env Env, args []string) bool {
	flags := flag.NewFlagSet("threading101 step", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	flags.StringVar(&o.goal, "goal", "", words.HelpGoal(step.Goals()))
	flags.StringVar(&o.from, "from", "", words.HelpFrom)
	flags.StringVar(&o.clock, "clock", "", words.HelpExploreClock)
	flags.BoolVar(&o.json, "json", false, words.HelpStepJSON)
	if flags.Parse(args) != nil {
		return false
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(env.Stderr, words.StepNeedsFile)
		return false
	}
	o.target, o.args = flags.Arg(0), flags.Args()[1:]
	if err := o.settle(); err != nil {
		fmt.Fprintf(env.Stderr, "threading101 step: %v\n", err)
		return false
	}
	return true
}

// settle reads the flags' values. The error is for whoever typed them.
func (o *stepOptions) settle() error {
	o.byHand.Clock = sched.Free
	switch o.clock {
	case "", sched.Free.String():
	case sched.Virtual.String():
		o.byHand.Clock = sched.Virtual
	default:
		return errors.New(words.ExploreBadClock(o.clock))
	}
	if o.goal == "" {
		return nil
	}
	aim, err := step.ParseGoal(o.goal)
	o.byHand.Goal = &aim
	return err
}

func (o *stepOptions) session(ctx context.Context, env Env, built build.Result) (*step.Session, error) {
	for _, note := range built.Notes {
		fmt.Fprintln(env.Stderr, "threading101:", note)
	}
	p := lent(env, &program.Program{Built: built, Path: built.Binary, Args: o.args})
	session, refusal := p.Step(o.byHand)
	if refusal != nil {
		return nil, refusal
	}
	return session, nil
}

// speak answers requests, each a line of JSON, until there are no more.
func (o *stepOptions) speak(ctx context.Context, env Env, session *step.Session) int {
	if o.from != "" {
		if reply := session.Do(ctx, step.First(o.from)); reply.Error != nil && ctx.Err() == nil {
			return failed(env, reply.Error)
		}
	}
	lines := linesOf(ctx, env.Stdin, step.MaxRequest)
	for line, more := next(ctx, lines); more; line, more = next(ctx, lines) {
		request, refused := step.Decode(line)
		reply := step.Refused(request, refused)
		if refused == nil {
			reply = session.Do(ctx, request)
		}
		if err := json.NewEncoder(env.Stdout).Encode(reply); err != nil || ctx.Err() != nil {
			break
		}
	}
	if ctx.Err() != nil {
		return interruptedExit
	}
	return 0
}

// talk leads the session by lines, and shows the run that came of it.
func (o *stepOptions) talk(ctx context.Context, env Env, t *step.Talk) int {
	text, refused := t.Begin(ctx, step.First(o.from))
	switch {
	case ctx.Err() != nil:
		return interruptedExit
	case refused != nil:
		return failed(env, refused)
	}
	if height(env.Stdout) == 0 || !press(ctx, env, t) {
		fmt.Fprint(env.Stdout, text)
		converse(ctx, env, t)
	}
	if ctx.Err() != nil {
		return interruptedExit
	}
	if x := t.Run(); picture.Worthwhile(x) {
		fmt.Fprint(env.Stdout, "\n", picture.Text(x, picture.Options{Paper: ink.Paper{Width: 100, Color: isTerminal(env.Stdout)}}))
		fmt.Fprintln(env.Stdout, words.RunReplay(x.Token, filepath.Base(o.target)))
	}
	return 0
}

// converse leads the session by lines.
func converse(ctx context.Context, env Env, t *step.Talk) {
	lines, over, text := linesOf(ctx, env.Stdin, step.MaxRequest), false, ""
	for !over {
		fmt.Fprint(env.Stdout, t.Prompt())
		line, more := next(ctx, lines)
		if !more {
			fmt.Fprint(env.Stdout, "\n", t.Finish(ctx))
			break
		}
		text, over = t.Answer(ctx, string(line))
		fmt.Fprint(env.Stdout, text)
	}
}

// next is the next of some lines; more is false if there are none, or ctx has ended.
func next(ctx context.Context, lines <-chan []byte) (line []byte, more bool) {
	select {
	case line, more = <-lines:
		return line, more
	case <-ctx.Done():
		return nil, false
	}
}

// linesOf are the lines of r, each without its end, until there are no more or ctx ends.
// Of one that is longer than most bytes, a little more than that is read, and the rest of
// it passed over.
func linesOf(ctx context.Context, r io.Reader, most int) <-chan []byte {
	lines := make(chan []byte)
	go func() {
		defer close(lines)
		in := bufio.NewReaderSize(r, most+2)
		for {
			line, long, err := in.ReadLine()
			if err != nil {
				return
			}
			line = append([]byte{}, line...)
			for long && err == nil {
				_, long, err = in.ReadLine()
			}
			select {
			case lines <- line:
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
