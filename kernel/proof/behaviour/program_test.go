package behaviour

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// program is one section of an archive: a source and what is allowed of it.
type program struct {
	name    string // "mutex/counter"
	src     []byte
	allowed []outcome
	seen    []seen
	plain   string   // why plain Go does not run it; "hangs" if it does not end there
	loose   string   // what of it is not controlled, so that not every run can be had again
	slow    string   // why a run takes seconds; then there is only one
	batons  string   // why it cannot be held as coroutines
	open    string   // what is known not to work yet under control
	races   []string // objects that must be reported in some run; "yes": any. Nil: none, in no run
	stdin   string
	args    []string
	steps   uint64 // the limit of steps, if not the default
	seeds   int    // at most so many seeds; 0: as many as are asked for
}

// outcome is an end with what was printed before it.
type outcome struct {
	end     string         // "ok", "panic", "exit 3", "limit spin"
	message string         // how the panic's or the fatal error's text begins
	stdout  string         // without the line ends at its end
	pattern *regexp.Regexp // instead of stdout
	mode    string         // in which mode alone: "virtual", "free", "plain"
}

// seen is how many outcomes there must be in so many runs.
type seen struct {
	outcomes, runs int
	mode           string
}

// ends are the words an outcome may begin with.
var ends = []string{"ok", "panic", "fatal", "deadlock", "leak", "cut-off", "exit", "limit"}

// programs reads all archives.
func programs(t testing.TB) []*program {
	t.Helper()
	all, err := archived()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func archived() ([]*program, error) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no programs: %v", err)
	}
	var all []*program
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			return nil, err
		}
		family := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range archive.Files {
			p, err := parse(family+"/"+strings.TrimSuffix(f.Name, ".go"), f.Data)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %v", file, f.Name, err)
			}
			all = append(all, p)
		}
	}
	return all, nil
}

// parse reads the comment at the top of a program. A line of it that is
// indented by a tab is one of these:
//
//	ok: text                    it ends so and prints this (\n is a line end)
//	ok: /regexp/                … or something like this
//	leak|cut-off: text          … or so
//	exit 3: text                the ends are ok, leak, cut-off, exit N, panic,
//	                            fatal, deadlock, limit steps, limit spin, limit busy
//	panic "boom": text          Go's message begins so
//	ok @free: text              only under the free clock, or without control
//	ok @virtual: text           only under the virtual clock
//	seen: 3 in 50               three of the outcomes must come up in 50 seeds
//	seen @free: 3 in 50         … under this clock
//	races: counter              a race on this must be found in one run at least;
//	                            without this line, none in any
//	plain: no, for this reason  without control it is not run
//	plain: hangs                … it does not end
//	loose: for this reason      some of it is not controlled: runs may differ
//	slow: for this reason       a run takes seconds: there is only one
//	batons: for this reason     not with coroutines
//	open: what                  known not to work yet: not run under control
//	stdin: text                 its input
//	steps: 500                  the limit of steps
//	seeds: 2                    not more, since it takes long
func parse(name string, src []byte) (*program, error) {
	p := &program{name: name, src: src}
	for line := range strings.Lines(string(src)) {
		if !strings.HasPrefix(line, "//") {
			break
		}
		directive, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "//\t")
		if !ok {
			continue
		}
		if err := p.directive(directive); err != nil {
			return nil, fmt.Errorf("%q: %w", directive, err)
		}
	}
	if len(p.allowed) == 0 {
		return nil, fmt.Errorf("nothing is allowed")
	}
	return p, nil
}

var form = regexp.MustCompile(`^([^":@]+?)(?: "(.*)")?(?: @(\w+))?:(?: (.*))?$`)

func (p *program) directive(text string) error {
	m := form.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("not of the form WORD: TEXT")
	}
	word, message, mode, rest := m[1], m[2], m[3], m[4]
	if first, _, _ := strings.Cut(word, " "); slices.Contains(ends, strings.Split(first, "|")[0]) && word != "steps" {
		return p.allow(word, message, mode, rest)
	}
	var err error
	switch word {
	case "seen":
		s := seen{mode: mode}
		_, err = fmt.Sscanf(rest, "%d in %d", &s.outcomes, &s.runs)
		p.seen = append(p.seen, s)
	case "races":
		p.races = strings.Fields(rest)
	case "plain":
		p.plain = rest
	case "loose":
		p.loose = rest
	case "slow":
		p.slow = rest
	case "batons":
		p.batons = rest
	case "open":
		p.open = rest
	case "stdin":
		p.stdin = unescape(rest)
	case "steps":
		p.steps, err = strconv.ParseUint(rest, 10, 64)
	case "seeds":
		p.seeds, err = strconv.Atoi(rest)
	default:
		err = fmt.Errorf("no such word")
	}
	return err
}

func (p *program) allow(ends, message, mode, text string) error {
	o := outcome{message: message, mode: mode, stdout: strings.TrimRight(unescape(text), " \n")}
	if len(text) > 1 && text[0] == '/' && text[len(text)-1] == '/' {
		var err error
		if o.pattern, err = regexp.Compile(text[1 : len(text)-1]); err != nil {
			return err
		}
	}
	for end := range strings.SplitSeq(ends, "|") {
		o.end = end
		p.allowed = append(p.allowed, o)
	}
	return nil
}

func unescape(s string) string { return strings.ReplaceAll(s, `\n`, "\n") }

// A mode is how a program is run.
const (
	plain   = "plain"   // by Go alone
	real    = "real"    // rewritten, by Go's scheduler
	virtual = "virtual" // controlled, with the virtual clock
	free    = "free"    // controlled, with the free clock
)

// allows says whether the outcome is one of those allowed in the mode. How a
// goroutine fares that main leaves behind is known under control only.
func (p *program) allows(mode string, got outcome) bool {
	controlled := mode == virtual || mode == free
	return slices.ContainsFunc(p.allowed, func(o outcome) bool {
		if o.mode != "" && o.mode != mode && (o.mode != free || controlled) {
			return false
		}
		if !controlled {
			o.end, got.end = loosely(o.end), loosely(got.end)
		}
		return o.end == got.end && strings.HasPrefix(got.message, o.message) && o.prints(got.stdout)
	})
}

func loosely(end string) string {
	if end == "leak" || end == "cut-off" || end == "exit 0" {
		return "ok"
	}
	return end
}

func (o outcome) prints(stdout string) bool {
	if o.pattern != nil {
		return o.pattern.MatchString(stdout)
	}
	return o.stdout == stdout
}

func (o outcome) String() string {
	s := o.end
	if o.message != "" {
		s += fmt.Sprintf(" %q", o.message)
	}
	return fmt.Sprintf("%s: %q", s, o.stdout)
}

// TestPrograms: there are as many as were promised, each with a name of its own.
func TestPrograms(t *testing.T) {
	all := programs(t)
	names := map[string]bool{}
	for _, p := range all {
		if names[p.name] {
			t.Errorf("two programs are called %s", p.name)
		}
		names[p.name] = true
	}
	if len(all) < 120 {
		t.Errorf("only %d programs", len(all))
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		`ok: 1 2`:                 `[ok: "1 2"]`,
		`leak|cut-off: a\nb\n`:    `[leak: "a\nb" cut-off: "a\nb"]`,
		`exit 3:`:                 `[exit 3: ""]`,
		`panic "a: b" @free: x`:   `[panic "a: b": "x"]`,
		`limit steps|limit spin:`: `[limit steps: "" limit spin: ""]`,
	} {
		p, err := parse("x", []byte("// X.\n//\n//\t"+text+"\npackage main\n"))
		if err != nil || fmt.Sprint(p.allowed) != want {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
	for _, text := range []string{"", "unknown: x", "seen: many", "no colon", "ok: /(/"} {
		if _, err := parse("x", []byte("//\tok: x\n//\t"+text+"\npackage main\n")); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}
