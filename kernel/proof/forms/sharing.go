package forms

import (
	"regexp"
	"strings"
)

// subject is what Go and an exploration are asked about: two goroutines in a function.
type subject interface {
	function() string
	race() bool
}

// sharing is a way for a second goroutine to get at a variable of the first: it sends to
// done once it has written. READ is what the first one reads: before it receives from
// done, where there is a race, or after it, where there is none.
type sharing struct {
	code    string
	ordered bool
}

func (s sharing) race() bool     { return !s.ordered }
func (s sharing) String() string { return s.code + map[bool]string{true: "  (in order)"}[s.ordered] }

func (s sharing) function() string {
	parts := reads.FindStringSubmatch(s.code)
	first, second := "use("+parts[2]+")", "<-done"
	if s.ordered {
		first, second = second, first
	}
	return "func both() {\n\tdone := make(chan bool, 1)\n\t" + parts[1] + first + "; " + second + parts[3] + "\n}\n"
}

// reads tells what is read from what is before and behind it.
var reads = regexp.MustCompile(`^(.*)READ ([^ ;]+(?: (?:[=!+]=?) [^ ;]+)?)(.*)$`)

// owners are what these ways have in common.
const owners = `
type tally struct{ n int }
type holding struct {
	t  *tally
	by map[string]*tally
	do func()
}
type tallies []*tally
type nested struct{ tally }
type linked struct{ *tally }
type worker interface{ work(chan bool) }
type Gen[T any] struct{ v *T }

func (t *tally) work(done chan bool)         { t.n = 1; done <- true }
func (t tally) show() int                    { return t.n }
func (g Gen[T]) start(done chan bool, v T)   { go func() { *g.v = v; done <- true }() }
func (h holding) run(done chan bool)         { h.t.n = 1; done <- true }

var current *tally
var currents = map[string]*tally{}
var hook func()

func counter(done chan bool) (inc func(), get func() int) {
	n := 0
	return func() { n++; done <- true }, func() int { return n }
}
func pointer(p *int, done chan bool)            { *p = 1; done <- true }
func starts(p *int, done chan bool)             { go func() { *p = 1; done <- true }() }
func startsAll(done chan bool, p ...*int)       { go func() { *p[0] = 1; done <- true }() }
func starter(f func())                          { go f() }
func generic[T any](p *T, v T, done chan bool)  { go func() { *p = v; done <- true }() }
func made(done chan bool) *tally                { t := &tally{}; go t.work(done); return t }
func madeBoth(done chan bool) (*tally, error)   { t := &tally{}; go t.work(done); return t, nil }
func each2(yield func(*tally) bool)             { yield(&tally{}) }
`

// sharings are these ways.
const sharings = `
v := 0; go func() { v = 1; done <- true }(); READ v
v := 0; go func(p *int) { *p = 1; done <- true }(&v); READ v
v := 0; go pointer(&v, done); READ v
v := 0; starts(&v, done); READ v
v := 0; startsAll(done, &v); READ v
v := 0; starter(func() { v = 1; done <- true }); READ v
v := 0; generic(&v, 1, done); READ v
v := 0; h := func() { v = 1; done <- true }; go h(); READ v
v := 0; h := func() { v = 1; done <- true }; starter(h); READ v
var v int; p := &v; go func() { *p = 1; done <- true }(); READ v
v := 0; go func() { func() { v = 1 }(); done <- true }(); READ v
v := 0; go func() { defer func() { done <- true }(); defer func() { v = 1 }() }(); READ v
v := 0; go func() { func() { defer func() { recover(); v = 1; done <- true }(); panic(1) }() }(); READ v
v := 0; time.AfterFunc(time.Millisecond, func() { v = 1; done <- true }); READ v
v := 0; var wg sync.WaitGroup; wg.Go(func() { v = 1; done <- true }); READ v
v := 0; jobs := make(chan func(), 1); go func() { (<-jobs)() }(); jobs <- func() { v = 1; done <- true }; READ v
v := 0; jobs := []func(){func() { v = 1; done <- true }}; go jobs[0](); READ v
v := 0; jobs := map[string]func(){"a": func() { v = 1; done <- true }}; go jobs["a"](); READ v
v := 0; h := holding{do: func() { v = 1; done <- true }}; go h.do(); READ v
v := 0; hook = func() { v = 1; done <- true }; go hook(); READ v
v := 0; go func() { for range 1 { v++ }; done <- true }(); READ v
v := 0; go func() { for v = range 2 { }; done <- true }(); READ v
v := 0; go func() { for range seq { v++ }; done <- true }(); READ v
v := 0; go func() { sort.Slice([]int{2, 1}, func(i, j int) bool { v++; return i < j }); done <- true }(); READ v
v := 0; go func() { slices.IndexFunc([]int{2}, func(int) bool { v++; return true }); done <- true }(); READ v
v := 0; go func() { strings.Map(func(r rune) rune { v++; return r }, "a"); done <- true }(); READ v
v := 0; go func() { var o sync.Once; o.Do(func() { v = 1 }); done <- true }(); READ v
v := 0; go func() { sync.OnceFunc(func() { v = 1 })(); done <- true }(); READ v
v := 0; go func() { select { case v = <-filled(): }; done <- true }(); READ v
v, w := 0, 0; go func() { v, w = 1, 2; done <- true }(); READ v + w
v := [3]int{}; go func() { v[1] = 1; done <- true }(); READ v[1]
v := [3]int{}; go func() { v[1] = 1; done <- true }(); READ v
v := [3]int{}; go func(p []int) { p[1] = 1; done <- true }(v[:]); READ v[1]
v := [3]int{}; for i := range v[:1] { go func() { v[i] = 1; done <- true }() }; READ v[0]
v := make([]int, 3); go func() { v[1] = 1; done <- true }(); READ v[1]
v := make([]int, 3); go func(p []int) { p[1] = 1; done <- true }(v); READ v[1]
v := make([]int, 3); go func(p []int) { p[1] = 1; done <- true }(v[1:]); READ v[2]
v := make([]int, 3); w := v; go func() { w[1] = 1; done <- true }(); READ v[1]
v := map[string]int{}; go func() { v["a"] = 1; done <- true }(); READ v["a"]
v := map[string]int{}; w := v; go func() { w["a"] = 1; done <- true }(); READ len(v)
v := tally{}; go func() { v.n = 1; done <- true }(); READ v.n
v := tally{}; go func() { v.n = 1; done <- true }(); READ v
v := tally{}; go v.work(done); READ v.n
v := tally{}; go v.work(done); READ v.show()
v := tally{}; h := v.work; go h(done); READ v.n
v := tally{}; h := (*tally).work; go h(&v, done); READ v.n
v := &tally{}; go v.work(done); READ v.n
v := &tally{}; w := v; go w.work(done); READ v.n
v := new(tally); go func() { *v = tally{1}; done <- true }(); READ v.n
v := &tally{}; var w worker = v; go w.work(done); READ v.n
v := &tally{}; for _, w := range []worker{v} { go w.work(done) }; READ v.n
v := &tally{}; for _, w := range []*tally{v} { go w.work(done) }; READ v.n
v := []tally{{}}; for i := range v { go v[i].work(done) }; READ v[0].n
v := []tally{{}}; for i := range v { go func() { v[i].n = 1; done <- true }() }; READ v[0].n
v := []tally{{}}; p := &v[0]; go p.work(done); READ v[0].n
v := [1]tally{}; for i := range v { go v[i].work(done) }; READ v[0].n
v := map[string]*tally{"a": {}}; go v["a"].work(done); READ v["a"].n
v := map[string]tally{"a": {}}; go func() { v["a"] = tally{1}; done <- true }(); READ v["a"].n
v := &tally{}; h := holding{t: v}; go h.run(done); READ v.n
v := &tally{}; h := &holding{by: map[string]*tally{"a": v}}; go h.by["a"].work(done); READ v.n
v := &tally{}; current = v; go func() { current.n = 1; done <- true }(); READ v.n
v := &tally{}; currents["a"] = v; go func() { currents["a"].n = 1; done <- true }(); READ v.n
v := &tally{}; c := make(chan *tally, 1); c <- v; go func() { (<-c).n = 1; done <- true }(); READ v.n
v := &tally{}; c := make(chan *tally, 1); go func() { for w := range c { w.n = 1; done <- true } }(); c <- v; close(c); READ v.n
v := &tally{}; c := make(chan holding, 1); c <- holding{t: v}; go func() { h := <-c; h.t.n = 1; done <- true }(); READ v.n
v := &nested{}; go v.work(done); READ v.n
v := nested{}; go v.work(done); READ v.tally.n
v := &tally{}; w := linked{v}; go w.work(done); READ v.n
v := &tally{}; w := linked{v}; go func() { w.n = 1; done <- true }(); READ v.n
v := made(done); READ v.n
v, _ := madeBoth(done); READ v.n
inc, get := counter(done); go inc(); READ get()
v := 0; Gen[int]{&v}.start(done, 1); READ v
v := 0; g := &Gen[int]{v: &v}; g.start(done, 1); READ v
v := tally{}; g := Gen[tally]{&v}; g.start(done, tally{1}); READ v.n
v := &tally{}; var a any = v; go func() { a.(*tally).n = 1; done <- true }(); READ v.n
v := &tally{}; var a any = v; go func() { if w, ok := a.(worker); ok { w.work(done) } }(); READ v.n
v := &tally{}; var a any = v; go func() { switch w := a.(type) { case *tally: w.n = 1 }; done <- true }(); READ v.n
var a any = 1; switch v := a.(type) { case int: go func() { v = 2; done <- true }(); READ v }
if v := 0; yes() { go func() { v = 1; done <- true }(); READ v }
switch v := 0; { case yes(): go func() { v = 1; done <- true }(); READ v }
for v := range 1 { go func() { v = 1; done <- true }(); READ v }
for v := 0; v < 1; v++ { go func() { v = 5; done <- true }(); READ v }
for v := 0; v < 1; v += 2 { go func() { v++; done <- true }(); READ v }
for _, v := range []int{1} { go func() { v = 2; done <- true }(); READ v }
for _, v := range []tally{{}} { go func() { v.n = 2; done <- true }(); READ v.n }
for k, v := range map[string]int{"a": 1} { go func() { v = 2; done <- true }(); use(k); READ v }
for v := range filled() { go func() { v = 2; done <- true }(); READ v; break }
for v := range each2 { go v.work(done); READ v.n }
select { case v := <-filled(): go func() { v = 2; done <- true }(); READ v }
func(v int) { go func() { v = 2; done <- true }(); READ v }(1)
func(v ...int) { go func() { v[0] = 2; done <- true }(); READ v[0] }(1)
func() (v int) { go func() { v = 2; done <- true }(); READ v; return }()
func(v tally) { go func() { v.n = 2; done <- true }(); READ v.n }(tally{})
func(v [2]int) { go func() { v[1] = 2; done <- true }(); READ v[1] }([2]int{})
v := 0; var p atomic.Pointer[int]; p.Store(&v); go func() { *p.Load() = 1; done <- true }(); READ v
v := 0; var m sync.Map; m.Store("a", &v); go func() { w, _ := m.Load("a"); *w.(*int) = 1; done <- true }(); READ v
v := 0; ctx := context.WithValue(context.Background(), "a", &v); go func() { *ctx.Value("a").(*int) = 1; done <- true }(); READ v
v := 0; ctx, stop := context.WithCancel(context.Background()); context.AfterFunc(ctx, func() { v = 1; done <- true }); stop(); READ v
v := 0; l := list.New(); l.PushBack(&v); go func() { *l.Front().Value.(*int) = 1; done <- true }(); READ v
v := ""; go func() { v += "a"; done <- true }(); READ v
v := error(nil); go func() { v = io.EOF; done <- true }(); READ v
v := any(nil); go func() { v = 1; done <- true }(); READ v == nil
var v func(); go func() { v = func() { }; done <- true }(); READ v == nil
var v chan int; go func() { v = make(chan int); done <- true }(); READ v == nil
var v *tally; go func() { v = &tally{}; done <- true }(); READ v == nil
var v []int; go func() { v = append(v, 1); done <- true }(); READ len(v)
var v map[string]int; go func() { v = map[string]int{}; done <- true }(); READ len(v)
var v struct{ a, b int }; go func() { v.b = 1; done <- true }(); READ v.b
var v struct{ in struct{ n int } }; go func() { v.in.n = 1; done <- true }(); READ v.in
var v [2][2]int; go func() { v[1][0] = 1; done <- true }(); READ v[1]
var v complex128; go func() { v = 1i; done <- true }(); READ v
`

// allSharings are these ways, each with a race and in order.
func allSharings() (all []subject) {
	for code := range strings.Lines(strings.TrimSpace(sharings)) {
		code = strings.TrimSpace(code)
		all = append(all, sharing{code, false}, sharing{code, true})
	}
	return all
}
