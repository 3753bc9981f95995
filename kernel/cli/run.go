package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/program"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// runOptions are the flags of "threading101 run".
type runOptions struct {
	order
	json     bool
	markdown bool
	files    map[string]*string // by form of the picture, where to write it
	printed  strings.Builder    // with -markdown, what the program wrote to standard output
	target   string
	args     []string
}

func runProgram(env Env, args []string) int {
	o, ok := parseRun(env, args)
	if !ok {
		return 2
	}
	if o.speed != nil {
		return measureProgram(env, &o)
	}
	return building(env, o.target, build.Request{Race: o.race}, func(ctx context.Context, built build.Result) int {
		return runBuilt(ctx, env, &o, built)
	})
}

// building builds what a command is about, and hands it on.
func building(env Env, target string, request build.Request, use func(ctx context.Context, built build.Result) int) int {
	return withBuilder(env, func(ctx context.Context, builder *build.Builder) int {
		built, err := buildTarget(ctx, builder, target, request)
		if ctx.Err() != nil {
			return interruptedExit
		}
		if err != nil || built.Exit != 0 {
			report(env.Stderr, built.Output, err)
			return 1
		}
		return use(ctx, built)
	})
}

// withBuilder hands on a builder, and leaves nothing of it behind. The context ends with Ctrl-C.
func withBuilder(env Env, use func(ctx context.Context, builder *build.Builder) int) int {
	return withBuilderOf(env, build.Config{Keep: true}, use)
}

// withBuilderOf does so with settings of its own.
func withBuilderOf(env Env, config build.Config, use func(ctx context.Context, builder *build.Builder) int) int {
	found, err := findTools()
	if err == nil && found.Go == "" {
		err = fmt.Errorf("%s", words.ToolMissing("go"))
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	work, err := os.MkdirTemp("", "threading101-run-")
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	defer os.RemoveAll(work)
	ctx, stop := untilEnded()
	defer stop()
	builder := env.Builder
	if builder == nil {
		config.GoTool, config.RT, config.WorkDir, config.Seed = found.Go, env.Runtime, work, found.seed()
		builder, err = build.New(config)
		if err != nil {
			fmt.Fprintln(env.Stderr, err)
			return 1
		}
		defer builder.Wait()
	}
	return use(ctx, builder)
}

// untilEnded returns a context that ends when the command is to end: with Ctrl-C, or
// when nobody reads what it prints any more, as in `| head`, or its terminal is closed.
// Each of them would end the process at once, and leave its folder behind.
func untilEnded() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE, syscall.SIGHUP)
}

func parseRun(env Env, args []string) (runOptions, bool) {
	var o runOptions
	flags := flag.NewFlagSet("threading101 run", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	o.declare(flags)
	flags.BoolVar(&o.json, "json", false, words.HelpRunJSON)
	flags.BoolVar(&o.markdown, "markdown", false, words.HelpMarkdown)
	o.declareFiles(flags)
	if flags.Parse(args) != nil {
		return o, false
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(env.Stderr, words.RunNeedsFile)
		return o, false
	}
	if o.json && o.markdown {
		fmt.Fprintln(env.Stderr, words.FlagClash("-json", "-markdown", words.FlagOneAlone))
		return o, false
	}
	if err := o.settle(); err != nil {
		fmt.Fprintln(env.Stderr, err)
		return o, false
	}
	o.target, o.args = flags.Arg(0), flags.Args()[1:]
	return o, true
}

// buildTarget builds a single file, as "go run x.go" would, or the package in a folder.
func buildTarget(ctx context.Context, builder *build.Builder, target string, request build.Request) (r build.Result, err error) {
	if request.Dir, request.Files, err = packageOf(target); err != nil {
		return r, err
	}
	return builder.Build(ctx, request)
}

func packageOf(target string) (dir string, files []string, err error) {
	path, err := filepath.Abs(target)
	if err != nil {
		return "", nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", nil, err
	}
	if info.IsDir() {
		return path, nil, nil
	}
	if !strings.HasSuffix(path, ".go") {
		return "", nil, errors.New(words.NotAProgram(target))
	}
	return filepath.Dir(path), []string{filepath.Base(path)}, nil
}

func report(w io.Writer, output []byte, err error) {
	w.Write(output)
	if err != nil {
		fmt.Fprintln(w, "threading101:", err)
	}
}

func runBuilt(ctx context.Context, env Env, o *runOptions, built build.Result) int {
	for _, note := range built.Notes {
		fmt.Fprintln(env.Stderr, "threading101:", note)
	}
	p := lent(env, &program.Program{Built: built, Raced: o.race, Path: built.Binary, Args: o.args})
	course, refusal := p.Decide(o.wish)
	if refusal != nil {
		fmt.Fprintln(env.Stderr, "threading101:", refusal.Message)
		return 1
	}
	if course.Note != "" {
		fmt.Fprintln(env.Stderr, "threading101:", course.Note)
	}
	if course.Control != nil && isPlainFile(env.Stdin) {
		var err error
		if p.InputFile, err = keepInput(ctx, env.Stdin, o.target, filepath.Dir(built.Binary)); err != nil {
			return failed(env, err)
		}
	}
	var stop program.Stop
	defer context.AfterFunc(ctx, func() { stop.Interrupt(nil) })()
	outcome, err := p.Run(ctx, course, program.Streams{
		Output: o.passOn(env), Input: lines(env.Stdin), MentionsStdin: true,
	}, &stop)
	if err == nil {
		err = show(env, o, course, outcome)
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, "threading101:", err)
		return 1
	}
	if outcome.TraceProblem != "" {
		fmt.Fprintln(env.Stderr, "threading101:", words.RunNotDrawn(outcome.TraceProblem))
	}
	for _, note := range outcome.Notes {
		fmt.Fprintln(env.Stderr, "threading101:", note)
	}
	if outcome.Exit == 0 && course.Strayed(outcome) {
		return 1
	}
	return outcome.Exit
}

// passOn sends the program's output to ours, unless something else is to stand alone there.
func (o *runOptions) passOn(env Env) func(stream, text string) {
	if o.json {
		return nil
	}
	stdout := env.Stdout
	if o.markdown {
		stdout = &o.printed
	}
	return func(stream, text string) {
		if stream == "stderr" {
			io.WriteString(env.Stderr, text)
			return
		}
		io.WriteString(stdout, text)
	}
}

// lines hands the program our own standard input, a line each time it waits for one.
func lines(r io.Reader) func(context.Context) (string, error) {
	in := bufio.NewReader(r)
	return func(context.Context) (string, error) {
		line, err := in.ReadString('\n')
		if line != "" {
			err = nil
		}
		return strings.TrimSuffix(line, "\n"), err
	}
}

// show prints what came of the run in the form that was asked for.
func show(env Env, o *runOptions, course program.Course, outcome *run.Result) error {
	ex := outcome.Execution
	if err := keep(o, ex); err != nil {
		return err
	}
	if o.json {
		return json.NewEncoder(env.Stdout).Encode(picture.JSON(ex))
	}
	fmt.Fprint(env.Stderr, crashText(outcome.Crash))
	switch {
	case o.markdown && picture.Worthwhile(ex):
		env.Stdout.Write(picture.In("markdown", ex, picture.Options{}))
	case o.markdown:
		io.WriteString(env.Stdout, o.printed.String())
	case picture.Worthwhile(ex):
		fmt.Fprint(env.Stdout, "\n", picture.Text(ex, picture.Options{Paper: ink.Paper{Width: 100, Color: isTerminal(env.Stdout)}}))
		if ex.Mode == model.Controlled {
			fmt.Fprintln(env.Stdout, words.RunAgain(decided(course.Control), ex.Clock, ex.Token, o.target))
		}
	}
	if outcome.LimitHit != "" {
		fmt.Fprintln(env.Stderr, outcome.LimitHit)
	}
	return nil
}

// isTerminal reports whether w is a terminal that may be given colours.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// keep writes the picture to the files that were asked for.
func keep(o *runOptions, ex *model.Execution) error {
	if ex == nil {
		return nil
	}
	for _, f := range picture.Forms {
		if file := o.files[f.Name]; file != nil && *file != "" {
			if err := os.WriteFile(*file, drawn(f.Name, ex), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// declareFiles declares a flag for each form of the picture that a file may hold.
func (o *runOptions) declareFiles(flags *flag.FlagSet) {
	o.files = map[string]*string{}
	for _, f := range picture.Forms {
		if f.Flag != "" {
			o.files[f.Name] = flags.String(f.Flag, "", f.Help)
		}
	}
}

// crashText is a crash in Go's own words, with only the frames of the program.
func crashText(c *run.Crash) string {
	if c == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintln(&b, words.CrashHead(c.Kind, c.Message))
	for _, g := range c.Goroutines {
		fmt.Fprintf(&b, "\ngoroutine %d [%s]:\n", g.ID, g.State)
		for _, f := range g.Frames {
			fmt.Fprintf(&b, "%s\n\t%s:%d\n", f.Func, f.File, f.Line)
		}
	}
	if c.Omitted > 0 {
		fmt.Fprintln(&b, words.GoroutinesOmitted(c.Omitted))
	}
	return b.String()
}
