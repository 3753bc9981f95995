package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"threading101/kernel/proof/corpus/try"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// options are the command line.
type options struct {
	root, exceptions string
	parallel         int
	timeout          time.Duration
	everything       bool
	control          bool
	seeds            int
	library          bool
	verbose          bool
	only             []string
}

func run(args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if err != nil {
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	compare := corpus
	if o.library {
		compare = library
	}
	ok, err := compare(ctx, o, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "corpus:", err)
		return 2
	}
	if !ok {
		return 1
	}
	return 0
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&o.root, "root", "", "folder of programs (default GOROOT/test)")
	flags.StringVar(&o.exceptions, "exceptions", "", "list of programs that differ (default exceptions.txt, everything.txt or control.txt in kernel/proof/corpus)")
	flags.IntVar(&o.parallel, "parallel", 2, "programs at a time")
	flags.DurationVar(&o.timeout, "timeout", 30*time.Second, "for one run of a program")
	flags.BoolVar(&o.everything, "everything", false, "record also what no one shares")
	flags.BoolVar(&o.control, "control", false, "run the concurrent programs under the controlled scheduler")
	flags.IntVar(&o.seeds, "seeds", 3, "with -control: so many schedules of each, each of them twice")
	flags.BoolVar(&o.library, "library", false, "rewrite and type-check the standard library instead")
	flags.BoolVar(&o.verbose, "v", false, "one line for each program")
	err := flags.Parse(args)
	o.only = flags.Args()
	if o.exceptions == "" {
		list := "exceptions.txt"
		switch {
		case o.control:
			list = "control.txt"
		case o.everything:
			list = "everything.txt"
		}
		o.exceptions = filepath.Join("kernel", "proof", "corpus", list)
	}
	return o, err
}

// corpus compares all programs and reports; it says whether all is as listed.
func corpus(ctx context.Context, o options, w io.Writer) (bool, error) {
	began := time.Now()
	root, err := folder(o.root)
	if err != nil {
		return false, err
	}
	exceptions, err := readExceptions(o.exceptions)
	if err != nil {
		return false, err
	}
	programs, skipped, err := find(root)
	if err != nil {
		return false, err
	}
	programs = slices.DeleteFunc(programs, func(p program) bool { return !o.wants(p) })
	if len(programs) == 0 {
		return false, fmt.Errorf("no programs in %s", root)
	}
	dir, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	kit, err := try.New(dir, importsOf(programs)...)
	if err != nil {
		return false, err
	}
	beside, err := links(root, filepath.Join(dir, "beside"))
	if err != nil {
		return false, err
	}
	b := &bench{kit: kit, dir: dir, beside: beside, timeout: o.timeout, everything: o.everything}
	if o.control {
		b.seeds = o.seeds
	}
	verdicts := b.all(ctx, programs, o, w)
	if ctx.Err() != nil {
		return false, errors.New("interrupted")
	}
	report := sum(verdicts, exceptions, len(o.only) == 0)
	if o.control {
		report.threshold = controlThreshold
	}
	report.print(w)
	fmt.Fprintf(w, "%d programs that need flags of the compiler or other files left out; %.0f s\n", skipped, time.Since(began).Seconds())
	return report.ok(), nil
}

// links makes a folder that looks like root, so that programs find the files
// that come with them, and leave theirs elsewhere.
func links(root, dir string) (string, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return "", err
	}
	err = os.Mkdir(dir, 0o700)
	for _, e := range entries {
		err = errors.Join(err, os.Symlink(filepath.Join(root, e.Name()), filepath.Join(dir, e.Name())))
	}
	return dir, err
}

func folder(root string) (string, error) {
	if root == "" {
		out, err := exec.Command("go", "env", "GOROOT").Output()
		if err != nil {
			return "", err
		}
		root = filepath.Join(strings.TrimSpace(string(out)), "test")
	}
	if _, err := os.Stat(root); err != nil {
		return "", fmt.Errorf("%w; install Go from its own archive, which holds its test programs", err)
	}
	return root, nil
}

func (o options) wants(p program) bool {
	if o.control && !p.concurrent {
		return false
	}
	return len(o.only) == 0 || slices.ContainsFunc(o.only, func(part string) bool { return strings.Contains(p.name, part) })
}

func importsOf(programs []program) []string {
	var all []string
	for _, p := range programs {
		for _, path := range p.imports {
			if path != "C" && !strings.Contains(path, ".") {
				all = append(all, path)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// all compares the programs, a few at a time, in their order.
func (b *bench) all(ctx context.Context, programs []program, o options, w io.Writer) []verdict {
	verdicts := make([]verdict, len(programs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range o.parallel {
		wg.Go(func() {
			for i := range next {
				verdicts[i] = b.compare(ctx, programs[i])
				if o.verbose {
					fmt.Fprintln(w, verdicts[i].line())
				}
			}
		})
	}
	for i := range programs {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return verdicts
}
