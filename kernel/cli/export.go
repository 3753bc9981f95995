package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/export"
	"threading101/kernel/program"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// exporting are the flags and arguments of "threading101 export".
type exporting struct {
	order
	out    string
	tries  int
	target string
	args   []string
}

func exportProgram(env Env, args []string) int {
	o, ok := parseExport(env, args)
	if !ok {
		return 2
	}
	return building(env, o.target, build.Request{}, func(ctx context.Context, built build.Result) int {
		return exportBuilt(ctx, env, &o, built)
	})
}

func parseExport(env Env, args []string) (exporting, bool) {
	var o exporting
	flags := flag.NewFlagSet("threading101 export", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	flags.StringVar(&o.out, "o", "", words.HelpExportOut)
	flags.IntVar(&o.tries, "tries", 3, words.HelpExportTries)
	if flags.Parse(args) != nil {
		return o, false
	}
	if flags.NArg() < 2 || !strings.HasSuffix(flags.Arg(1), ".go") {
		fmt.Fprintln(env.Stderr, words.ExportNeeds)
		return o, false
	}
	o.replay, o.target, o.args = flags.Arg(0), flags.Arg(1), flags.Args()[2:]
	if err := o.settle(); err != nil {
		fmt.Fprintln(env.Stderr, strings.Replace(err.Error(), "threading101 run:", "threading101 export:", 1))
		return o, false
	}
	return o, true
}

// exportBuilt makes the token's run, and writes it as a program, or where that cannot be,
// as a page.
func exportBuilt(ctx context.Context, env Env, o *exporting, built build.Result) int {
	p := lent(env, &program.Program{Built: built, Path: built.Binary, Args: o.args})
	o.wish.Anyhow = false
	course, refusal := p.Decide(o.wish)
	if refusal != nil {
		fmt.Fprintln(env.Stderr, "threading101 export:", refusal.Message)
		return 1
	}
	var stop program.Stop
	defer context.AfterFunc(ctx, func() { stop.Interrupt(nil) })()
	made, err := p.Run(ctx, course, program.Streams{}, &stop)
	switch {
	case err != nil:
		return failed(env, err)
	case made.Execution == nil || made.Parted >= 0:
		fmt.Fprintln(env.Stderr, "threading101 export:", words.ExportStrayed)
		return 1
	}
	text, err := exported(ctx, o, built, made)
	var cannot *export.Error
	switch {
	case ctx.Err() != nil:
		return interruptedExit
	case errors.As(err, &cannot):
		return o.page(env, cannot, made)
	case err != nil:
		return failed(env, err)
	}
	return o.write(env, text)
}

// exported is the program, tried.
func exported(ctx context.Context, o *exporting, built build.Result, made *run.Result) ([]byte, error) {
	source, err := os.ReadFile(o.target)
	if err != nil {
		return nil, err
	}
	text, err := export.File(export.Program{Name: filepath.Base(o.target), Title: filepath.Base(o.target), Text: source, Sites: built.Sites}, made.Execution)
	if err != nil {
		return nil, err
	}
	found, err := findTools()
	if err != nil {
		return nil, err
	}
	return text, export.Try(ctx, export.Trial{
		GoTool: found.Go, Dir: filepath.Dir(o.target), Args: o.args, Times: o.tries,
		Want: export.Ending{Stdout: made.Stdout, Exit: made.Exit},
	}, text)
}

func (o *exporting) write(env Env, text []byte) int {
	if o.out == "" {
		env.Stdout.Write(text)
		return 0
	}
	if err := os.WriteFile(o.out, text, 0o644); err != nil {
		return failed(env, err)
	}
	fmt.Fprintln(env.Stdout, words.Exported(o.out, o.tries))
	return 0
}

// page writes the run as a page, which needs nothing of ours either, and says why.
func (o *exporting) page(env Env, why *export.Error, made *run.Result) int {
	fmt.Fprintln(env.Stderr, "threading101 export:", words.ExportCannot(why.Reason))
	if o.out == "" {
		fmt.Fprintln(env.Stderr, words.ExportPageHint(o.replay, o.target))
		return 1
	}
	name := strings.TrimSuffix(o.out, ".go") + ".html"
	if err := os.WriteFile(name, drawn("page", made.Execution), 0o644); err != nil {
		return failed(env, err)
	}
	fmt.Fprintln(env.Stderr, words.ExportPage(name))
	return 1
}
