package program

import (
	"context"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// Program is a program that was built, and how it is called.
type Program struct {
	Built     build.Result
	Raced     bool   // built with the race detector
	Path      string // of the binary
	Args, Env []string
	Dir       string
	InputFile string // what each run reads; "": see Streams

	// Lend lends the program, for a run, what it needs besides: see [run.Spec.Lend]. many
	// says that the run is one of many, which must not meet. nil: nothing.
	Lend func(ctx context.Context, many bool) (env []string, back func(), err error)

	// Apart says that by what runs are lent they do not meet outside the program, as they
	// would by [build.Result.Alone]: several can be made at the same time.
	Apart bool

	// Locate maps a place in the compiled source to a cell and line; nil: places
	// stay as they are.
	Locate func(file string, line, col int) model.Pos
}

// Streams is where the output of a run goes and where its input comes from: see
// the fields of these names in [run.Spec].
type Streams struct {
	Output        func(stream, text string)
	OutputFile    string
	Input         func(context.Context) (string, error)
	MentionsStdin bool
	Prompt        func(stream string, n int)
}

// spec is what every run of the program has in common. many says whether it is one of
// many.
func (p *Program) spec(many bool) run.Spec {
	b := &p.Built
	var lend func(context.Context) ([]string, func(), error)
	if p.Lend != nil {
		lend = func(ctx context.Context) ([]string, func(), error) { return p.Lend(ctx, many) }
	}
	return run.Spec{
		Path: p.Path, Args: p.Args, Env: p.Env, Dir: p.Dir, InputFile: p.InputFile, Locate: p.Locate, Lend: lend,
		Sites: b.Sites, Code: b.Code, Uncontrolled: b.Uncontrolled, Alone: b.Alone && !p.Apart, Ledger: b.Ledger,
	}
}

// Run runs the program once and waits for its end. Through stop the run can be
// interrupted; after it nothing is left to interrupt.
func (p *Program) Run(ctx context.Context, c Course, s Streams, stop *Stop) (*run.Result, error) {
	r, err := p.start(ctx, c, s, false)
	if err != nil {
		return nil, err
	}
	defer stop.Finish()
	return stop.wait(r), nil
}

// Remake makes the run of a token again. Nothing of its output is shown.
func (p *Program) Remake(ctx context.Context, token *sched.Token, stop *Stop) (*run.Result, error) {
	control := token.Spec
	r, err := p.start(ctx, Course{Mode: model.Controlled, Control: &control, Token: token}, Streams{}, true)
	if err != nil {
		return nil, err
	}
	defer stop.running(nil)
	return stop.wait(r), nil
}

func (p *Program) start(ctx context.Context, c Course, s Streams, many bool) (*run.Run, error) {
	spec := p.spec(many)
	spec.Record = p.Built.Instrumented || c.Control != nil
	spec.Mode, spec.Control, spec.ReplayOf = c.Mode, c.Control, c.Token
	spec.Output, spec.OutputFile, spec.Input, spec.MentionsStdin = s.Output, s.OutputFile, s.Input, s.MentionsStdin
	spec.Prompt = s.Prompt
	return run.Start(ctx, spec)
}
