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
	control, real    bool
	seeds            int
	library          bool
	verbose          bool
	passed           passed
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
	flags.StringVar(&o.exceptions, "exceptions", "", "list of programs that differ (default exceptions.txt, everything.txt and control.txt in kernel/proof/corpus)")
	flags.IntVar(&o.parallel, "parallel", 2, "programs at a time")
	flags.DurationVar(&o.timeout, "timeout", 2*time.Minute, "for one run of a program")
	flags.BoolVar(&o.everything, "everything", false, "record also what no one shares")
	flags.BoolVar(&o.real, "real", false, "run them under Go's own scheduler alone")
	flags.BoolVar(&o.control, "control", false, "run the concurrent programs alone, under the controlled scheduler")
	flags.IntVar(&o.seeds, "seeds", 3, "under control: so many schedules of each, each of them twice; one of those in long.txt")
	flags.BoolVar(&o.library, "library", false, "rewrite and type-check the standard library instead")
	flags.BoolVar(&o.verbose, "v", false, "one line for each program")
	flags.StringVar((*string)(&o.passed), "passed", "", "a `folder` to note in what has passed; what it has of the same of everything is not compared again")
	err := flags.Parse(args)
	o.only = flags.Args()
	return o, err
}

// A way is how programs are run that are compared with plain Go.
type way struct {
	name       string
	exceptions string  // the list of those that are to differ
	threshold  float64 // the least share of the concurrent programs that must agree
	concerns   func(program) bool
	runs       func(*subject, context.Context, *verdict)
}

// ways are those that were asked for: under Go's own scheduler, and, if they are
// concurrent, under the controlled one.
func (o options) ways() (all []way) {
	list := func(name string) string {
		if o.exceptions != "" {
			return o.exceptions
		}
		return filepath.Join("kernel", "proof", "corpus", name)
	}
	every := func(program) bool { return true }
	byGo := way{"scheduled by Go", list("exceptions.txt"), plainThreshold, every, (*subject).byGo}
	controlled := way{"under control", list("control.txt"), controlThreshold, func(p program) bool { return p.concurrent }, (*subject).controlled}
	switch {
	case o.everything:
		byGo.exceptions = list("everything.txt")
		return []way{byGo}
	case o.real:
		return []way{byGo}
	case o.control:
		return []way{controlled}
	}
	return []way{byGo, controlled}
}

// corpus compares all programs and reports; it says whether all is as listed.
func corpus(ctx context.Context, o options, w io.Writer) (bool, error) {
	began := time.Now()
	root, err := folder(o.root)
	if err != nil {
		return false, err
	}
	programs, skipped, err := find(root)
	if err != nil {
		return false, err
	}
	ways := o.ways()
	programs = slices.DeleteFunc(programs, func(p program) bool { return !o.wants(p, ways) })
	if len(programs) == 0 {
		return false, fmt.Errorf("no programs in %s", root)
	}
	b, err := newBench(root, programs, o)
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(b.dir)
	note, err := o.passed.note(o, b.kit, programs)
	if err != nil {
		return false, err
	}
	if note.same() {
		fmt.Fprint(w, asBefore)
		return true, nil
	}
	verdicts, err := b.all(ctx, programs, ways, o, w)
	if ctx.Err() != nil {
		return false, errors.New("interrupted")
	}
	if err != nil {
		return false, err
	}
	ok := true
	for i, way := range ways {
		exceptions, err := readExceptions(way.exceptions)
		if err != nil {
			return false, err
		}
		report := sum(verdicts[i], exceptions, len(o.only) == 0)
		report.threshold = way.threshold
		fmt.Fprintf(w, "%s:\n", way.name)
		report.print(w)
		ok = ok && report.ok()
	}
	fmt.Fprintf(w, "%d programs that need flags of the compiler or other files left out; %.0f s\n", skipped, time.Since(began).Seconds())
	return ok, note.keep(ok)
}

func newBench(root string, programs []program, o options) (*bench, error) {
	dir, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return nil, err
	}
	b := &bench{dir: dir, timeout: o.timeout, everything: o.everything, seeds: o.seeds}
	if b.long, err = long(); err == nil {
		b.kit, err = try.New(dir, importsOf(programs)...)
	}
	if err == nil {
		b.beside, err = links(root, filepath.Join(dir, "beside"))
	}
	if err != nil {
		os.RemoveAll(dir)
	}
	return b, err
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

func (o options) wants(p program, ways []way) bool {
	if !slices.ContainsFunc(ways, func(w way) bool { return w.concerns(p) }) {
		return false
	}
	return o.names(p.name)
}

// names reports whether something of that name was asked for.
func (o options) names(name string) bool {
	return len(o.only) == 0 || slices.ContainsFunc(o.only, func(part string) bool { return strings.Contains(name, part) })
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

// all compares the programs, a few at a time. It returns the verdicts on each
// way, in the order of the programs.
func (b *bench) all(ctx context.Context, programs []program, ways []way, o options, w io.Writer) ([][]verdict, error) {
	of := make([][]*verdict, len(programs))
	next := make(chan []int)
	problems := make([]error, o.parallel)
	var wg sync.WaitGroup
	for worker := range o.parallel {
		wg.Go(func() {
			for group := range next {
				some := make([]program, len(group))
				for i, n := range group {
					some[i] = programs[n]
				}
				verdicts, err := b.compareAll(ctx, some, ways)
				problems[worker] = errors.Join(problems[worker], err)
				for i, v := range verdicts {
					if of[group[i]] = v; o.verbose {
						fmt.Fprint(w, lines(v))
					}
				}
			}
		})
	}
	for _, group := range groups(programs, b.long) {
		if ctx.Err() != nil {
			break
		}
		next <- group
	}
	close(next)
	wg.Wait()
	all := make([][]verdict, len(ways))
	for _, verdicts := range of {
		for i, v := range verdicts {
			if v != nil {
				all[i] = append(all[i], *v)
			}
		}
	}
	return all, errors.Join(problems...)
}
