package build

import (
	"context"
	"strings"
	"testing"
)

const counting = `package main

import "sync"

const limit = 3

type account struct{ mu sync.Mutex; n int }

func (a *account) Deposit() { a.mu.Lock(); a.n++; a.mu.Unlock() }

func two() (int, error) { return 2, nil }

func id[T any](v T) T { return v }

func nothing() {}

func work(a *account) {
	before := a.n
	_ = before
	a.Deposit()
}

var total int

func main() {
	acc, results := &account{}, make(chan int, 1)
	var wg sync.WaitGroup
	for worker := range 2 {
		total += worker
		wg.Go(func() { work(acc) })
	}
	wg.Wait()
	results <- total
}
`

// TestAskedInVain: what is wrong with an expression or a name is said in the
// learner's words, and what could be meant.
func TestAskedInVain(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", counting)
	for _, c := range []struct {
		outcome, span string
		says          []string
	}{
		{outcome: "toatl", says: []string{"toatl", "undefined: toatl", "did you mean total?"}},
		{outcome: "resluts", says: []string{"did you mean results?"}},
		{outcome: "limti + 1", says: []string{"did you mean limit?"}},
		{outcome: "nowhere", says: []string{"undefined: nowhere", "acc, results, wg, total"}},
		{outcome: "worker", says: []string{"a block inside main"}},
		{outcome: "before", says: []string{"belongs to function work"}},
		{outcome: "acc.m", says: []string{"acc.m undefined"}},
		{outcome: `total + ")`, says: []string{"string literal not terminated"}},
		{outcome: "total)", says: []string{"total)", "expected"}},
		{outcome: `total + "a)\n"`, says: []string{"mismatched types"}},
		{outcome: "total = 3", says: []string{"total = 3"}},
		{outcome: "total, limit", says: []string{"expected"}},
		{outcome: "", says: []string{"there is no expression"}},
		{outcome: " \n", says: []string{"there is no expression"}},
		{outcome: "1 << 70", says: []string{"1 << 70", "overflows"}},
		{outcome: "two()", says: []string{"several values"}},
		{outcome: "nothing()", says: []string{"nothing() has no value"}},
		{outcome: "account", says: []string{"account has no value"}},
		{outcome: "id", says: []string{"without instantiation"}},
		{outcome: "<-results", says: []string{"would receive from a channel"}},
		{outcome: "func() int { return <-results }()", says: []string{"would receive from a channel"}},
		{outcome: "fmt.Sprint(total)", says: []string{"undefined: fmt"}},
		{outcome: "total\x1b[31m", says: []string{"total␛"}},
		{span: "wrok", says: []string{"no function wrok", "did you mean work?"}},
		{span: "account.Depsit", says: []string{"did you mean account.Deposit?"}},
		{span: "Depositt", says: []string{"did you mean Deposit?"}},
		{span: "elsewhere", says: []string{"account.Deposit, two, id"}},
		{span: "limit", says: []string{"no function limit"}},
		{span: "", says: []string{"no function"}},
	} {
		req := Request{Dir: dir, Values: []string{"total", c.outcome}}
		if c.span != "" || c.outcome == "" && c.says[0] == "no function" {
			req = Request{Dir: dir, Spans: []string{"work", c.span}}
		}
		r, err := b.Build(context.Background(), req)
		if err != nil || r.Exit == 0 {
			t.Errorf("%q%q: %v, exit %d", c.outcome, c.span, err, r.Exit)
		}
		for _, text := range c.says {
			if !strings.Contains(string(r.Output), text) {
				t.Errorf("%q%q: %s\nwant %q in it", c.outcome, c.span, r.Output, text)
			}
		}
	}
}

// TestAskedFirst: of a program that does not compile the compiler has the word.
func TestAskedFirst(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", strings.Replace(counting, "total int", "total string", 1))
	r, err := b.Build(context.Background(), Request{Dir: dir, Values: []string{"toatl"}})
	if err != nil || r.Exit == 0 || strings.Contains(string(r.Output), "toatl") {
		t.Errorf("%v, exit %d: %s", err, r.Exit, r.Output)
	}
}

// TestAskedCache: what is asked for is in the binary, and so in its name, but no
// part of what the program does.
func TestAskedCache(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = marking
	dir := folder(t, "go.mod", goMod, "main.go", counting)
	plain := mustBuild(t, b, Request{Dir: dir})
	for _, c := range []struct {
		req    Request
		cached bool
	}{
		{Request{Values: []string{"total"}}, false},
		{Request{Spans: []string{"work"}}, false},
		{Request{Values: []string{"total", "limit"}}, false},
		{Request{Values: []string{"total"}}, true},
		{Request{Values: []string{"total limit"}[:0]}, true},
		{Request{Spans: []string{"work"}}, true},
		{Request{Always: []string{"total >= 0"}}, false},
		{Request{Eventually: []string{"total >= 0"}}, false},
		{Request{Always: []string{"total >= 0"}}, true},
	} {
		c.req.Dir = dir
		if r := mustBuild(t, b, c.req); r.Cached != c.cached || r.Code != plain.Code {
			t.Errorf("%q %q: cached %v, code %s, of the plain program %s", c.req.Values, c.req.Spans, r.Cached, r.Code, plain.Code)
		}
	}
}

// TestAskedOfOneGoroutine: a program without any concurrency has a value in the
// end as well.
func TestAskedOfOneGoroutine(t *testing.T) {
	b := newBuilder(t)
	b.rewrite = marking
	dir := folder(t, "go.mod", goMod, "main.go", "package main\n\nvar total int\n\nfunc main() { total++ }\n")
	if r := mustBuild(t, b, Request{Dir: dir}); r.Instrumented {
		t.Error("instrumented, though nothing was asked for")
	}
	if r := mustBuild(t, b, Request{Dir: dir, Values: []string{"total"}}); !r.Instrumented {
		t.Errorf("not instrumented: %q", r.Notes)
	}
}

// TestConditionsInVain: so it is of what is to be true always, or in the end.
func TestConditionsInVain(t *testing.T) {
	b := newBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", conditions)
	for _, c := range []struct {
		expr string
		says []string
	}{
		{"total +", []string{"Go cannot evaluate total +", "expected operand"}},
		{"total", []string{"total is not true or false", "hint: compare it"}},
		{"toatl > 0", []string{"undefined: toatl", "did you mean total?"}},
		{"worker > 0", []string{"worker is a variable inside main", "var worker = … does that"}},
		{"acc.nn > 0", []string{"acc.nn undefined"}},
		{"even(total)", []string{"calls a function (even(total))", "cannot see"}},
		{"acc.Get() > 0", []string{"calls a function (acc.Get())"}},
		{"func() bool { return true }()", []string{"calls a function"}},
		{"<-results == 1", []string{"would receive from a channel (<-results)"}},
		{"len(results) > 0", []string{"reads len(results)", "cannot see when"}},
		{"string(text) == \"a\"", []string{"reads string(text)"}},
		{"len(os.Args) > 0", []string{"reads os.Args"}},
		{"&total != nil", []string{"takes the address &total"}},
	} {
		for _, req := range []Request{{Dir: dir, Always: []string{"total > 0", c.expr}}, {Dir: dir, Eventually: []string{c.expr}}} {
			r, err := b.Build(context.Background(), req)
			if err != nil || r.Exit == 0 || !r.Unfit {
				t.Errorf("%q: %v, exit %d", c.expr, err, r.Exit)
			}
			property := "always: "
			if req.Always == nil {
				property = "eventually: "
			}
			for _, text := range append(c.says, property) {
				if !strings.Contains(string(r.Output), text) {
					t.Errorf("%q: %s\nwant %q in it", c.expr, r.Output, text)
				}
			}
		}
	}
}

const conditions = `package main

import (
	"os"
	"sync"
)

type account struct{ n int }

func (a *account) Get() int { return a.n }

func even(n int) bool { return n%2 == 0 }

var (
	total   = len(os.Args)
	acc     = &account{}
	results = make(chan int, 1)
	text    []byte
)

func main() {
	var wg sync.WaitGroup
	for worker := range 2 {
		wg.Go(func() { acc.n += worker })
	}
	wg.Wait()
	_ = even(total)
	_ = text
}
`
