package forms

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/explore"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

var (
	all    = flag.Bool("all", false, "try all pairs of forms that have to do with each other")
	number = flag.Int("pairs", 100, "try so many `pairs`, and one for each alias")
	seed   = flag.Uint64("seed", 1, "choose the pairs by this `number`")
	match  = flag.String("form", "", "only pairs with a form that contains this `text`")
)

// together is how many pairs are in one program: each with its own types, since what is
// written anywhere decides which reads are recorded.
const together = 250

// pair are two forms, by number.
type pair struct{ a, b int }

func (p pair) race() bool     { return race(forms[p.a], forms[p.b]) }
func (p pair) String() string { return forms[p.a].code + "  ‖  " + forms[p.b].code }

// TestPairs explores programs in which two goroutines have one form each.
func TestPairs(t *testing.T) {
	for group := range slices.Chunk(subjects(chosen()), together) {
		try(t, group)
	}
}

// TestSharing explores programs in which a goroutine gets at a variable of another's.
func TestSharing(t *testing.T) {
	for group := range slices.Chunk(allSharings(), together) {
		try(t, group)
	}
}

func subjects[S subject](list []S) (all []subject) {
	for _, s := range list {
		all = append(all, s)
	}
	return all
}

// chosen are the pairs to try: of those that have to do with each other some, each alias
// in one at least, and of the others, which cannot race, a few.
func chosen() (pairs []pair) {
	r := rand.New(rand.NewPCG(*seed, 101))
	var related, others []pair
	for a := range forms {
		for b := a; b < len(forms); b++ {
			p := pair{a, b}
			switch {
			case !strings.Contains(forms[a].code, *match) && !strings.Contains(forms[b].code, *match):
			case touch(forms[a], forms[b]):
				related = append(related, p)
			default:
				others = append(others, p)
			}
		}
	}
	r.Shuffle(len(related), func(i, j int) { related[i], related[j] = related[j], related[i] })
	r.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	if *all {
		return append(related, others[:min(*number, len(others))]...)
	}
	n := min(*number, len(related))
	return slices.Concat(related[:n], ofAliases(related[n:]), others[:min(n/5, len(others))])
}

// ofAliases are the first pairs of each alias.
func ofAliases(pairs []pair) (some []pair) {
	seen, of := map[int]bool{}, map[string]bool{}
	for _, f := range table(aliases) {
		of[f.code] = true
	}
	for _, p := range pairs {
		if of[forms[p.a].code] && !seen[p.a] || of[forms[p.b].code] && !seen[p.b] {
			seen[p.a], seen[p.b] = true, true
			some = append(some, p)
		}
	}
	return some
}

// touch reports whether two forms name the same variable, or parts of one.
func touch(a, b form) bool {
	for _, x := range strings.Fields(a.reads + " " + a.writes) {
		for _, y := range strings.Fields(b.reads + " " + b.writes) {
			p, _, _ := strings.Cut(strings.TrimPrefix(x, "@"), ".")
			q, _, _ := strings.Cut(strings.TrimPrefix(y, "@"), ".")
			if p == q {
				return true
			}
		}
	}
	return false
}

// program is a program of all pairs, of which it runs those whose numbers are its
// arguments. Each pair has types, variables and functions of its own, and no more of
// them than it names: what one pair writes makes no read of another's known to change.
func program(pairs []subject) (src string, at []lines) {
	var b strings.Builder
	for i, p := range pairs {
		text := p.function()
		at = append(at, lines{from: strings.Count(b.String(), "\n") + 1})
		b.WriteString(apart(needed(text)+text, i))
		at[i].to = strings.Count(b.String(), "\n")
	}
	b.WriteString("var pairs = []func(){")
	for i := range pairs {
		fmt.Fprintf(&b, "both%d, ", i)
	}
	b.WriteString(`}

func main() {
	for _, arg := range os.Args[1:] {
		n, _ := strconv.Atoi(arg)
		if len(os.Args) > 2 {
			runtime.GOMAXPROCS(1)
			println("PAIR", n)
		}
		pairs[n]()
	}
}
`)
	header := importing(b.String())
	for i := range at {
		at[i].from += strings.Count(header, "\n")
		at[i].to += strings.Count(header, "\n")
	}
	return header + b.String(), at
}

// function is the function of a pair: each of two goroutines has one form.
func (p pair) function() string {
	shelf, shelved := "", ""
	if uses := regexp.MustCompile(`\bl\.`); uses.MatchString(forms[p.a].code + ";" + forms[p.b].code) {
		shelf, shelved = "l := shelf()", "use(l)"
	}
	return fmt.Sprintf(`func both() {
	s, loc, locIn, locArr := fresh(), 0, Inner{}, [3]int{}
	%s
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		%s
	}()
	go func() {
		defer wg.Done()
		%s
	}()
	wg.Wait()
	use(s)
	%s
	use(loc)
	use(locIn)
	use(locArr)
}
`, shelf, forms[p.a].code, forms[p.b].code, shelved)
}

// try holds what is said of each pair to what it does, and to what Go says.
func try(t *testing.T, pairs []subject) {
	t.Helper()
	src, at := program(pairs)
	dir := t.TempDir()
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module program\n\ngo 1.26.0\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "main.go"), []byte(src), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	found := make(chan []bool, 1)
	go func() { found <- detected(t, dir, len(pairs)) }()
	built := compiled(t, dir)
	said := make([]answer, len(pairs))
	var work sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	for i := range pairs {
		slots <- true
		work.Go(func() {
			said[i] = asked(t, built, i, at[i])
			<-slots
		})
	}
	work.Wait()
	goes := <-found
	for i, p := range pairs {
		switch s := said[i]; {
		case s.err != nil:
			t.Errorf("%v\n\t%v", p, s.err)
		case goes[i] && !p.race():
			t.Errorf("%v\n\tGo finds a race, the table has none", p)
		case p.race() && !s.race && !s.entered:
			t.Errorf("%v\n\ta race, of which nothing is said (Go finds it: %v)", p, goes[i])
		case !p.race() && s.race:
			t.Errorf("%v\n\tno race, but one is told", p)
		case !p.race() && !s.complete && !s.entered:
			t.Errorf("%v\n\tnot complete", p)
		}
	}
	entered, confirmed := 0, 0
	for i := range pairs {
		entered += btoi(said[i].entered)
		confirmed += btoi(goes[i])
	}
	t.Logf("%d pairs: Go finds %d races; the ledger names %d", len(pairs), confirmed, entered)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// answer is what an exploration says of a pair.
type answer struct {
	race     bool
	entered  bool // a form of it is in the ledger
	complete bool
	err      error
}

var builder = sync.OnceValues(func() (*build.Builder, error) {
	dir, err := os.MkdirTemp("", "forms-")
	if err != nil {
		return nil, err
	}
	made = dir
	return buildtest.New("../..", filepath.Join(dir, "work"))
})

// made is the folder of the builder.
var made string

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if made != "" {
		os.RemoveAll(made)
	}
	os.Exit(code)
}

func compiled(t *testing.T, dir string) build.Result {
	t.Helper()
	b, err := builder()
	if err != nil {
		t.Fatal(err)
	}
	built, err := b.Build(t.Context(), build.Request{Explore: true, Dir: dir, Output: filepath.Join(dir, "rewritten")})
	if err != nil || built.Exit != 0 || !built.Instrumented {
		t.Fatalf("%v %s %v", err, built.Output, built.Notes)
	}
	return built
}

func asked(t *testing.T, built build.Result, i int, at lines) (s answer) {
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	r, err := explore.Explore(ctx, explore.Spec{
		Run: run.Spec{
			Path: built.Binary, Args: []string{fmt.Sprint(i)}, Mode: model.Controlled, Sites: built.Sites, Code: built.Code,
		},
		Workers: 1, Clock: sched.Virtual,
	})
	if err != nil {
		return answer{err: err}
	}
	s.race, s.complete = len(r.Races) > 0, r.Complete()
	for _, g := range built.Ledger {
		s.entered = s.entered || at.from <= g.Line && g.Line <= at.to
	}
	return s
}

// detected says of each pair whether Go's race detector finds one. The goroutines
// of a pair run one after the other, and nothing orders them.
func detected(t *testing.T, dir string, n int) []bool {
	found := make([]bool, n)
	binary := filepath.Join(dir, "plain")
	compile := exec.CommandContext(t.Context(), "go", "build", "-race", buildtest.Slim, "-o", binary, ".")
	compile.Dir = dir
	if out, err := compile.CombinedOutput(); err != nil {
		t.Errorf("go build -race: %v\n%s", err, out)
		return found
	}
	args := []string{}
	for i := range max(n, 2) {
		args = append(args, fmt.Sprint(i%n))
	}
	for range 2 {
		cmd := exec.CommandContext(t.Context(), binary, args...)
		cmd.Env = append(os.Environ(), "GORACE=halt_on_error=0 exitcode=0")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("with -race: %v\n%s", err, out[max(0, len(out)-2000):])
			return found
		}
		for part := range bytes.SplitSeq(out, []byte("PAIR ")) {
			var i int
			if _, err := fmt.Sscan(string(part), &i); err == nil && bytes.Contains(part, []byte("WARNING: DATA RACE")) {
				found[i] = true
			}
		}
	}
	return found
}
