package behaviour

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"threading101/kernel/sched"
)

// generatedPrograms is how many random programs are made, of which some are
// built together.
var generatedPrograms = flag.Int("generated", 60, "`number` of generated programs")

// perBuild is how many generated programs share a source file: building takes
// far longer than running.
const perBuild = 20

// generated is a random program: goroutines that lock, send, add and wait, with
// a result that no schedule can change and that is known from how it was made.
type generated struct {
	body string // of a function without results that prints one line
	want string // that line
}

// TestGenerated: random programs print what they must, plain and under control,
// and have no races.
func TestGenerated(t *testing.T) {
	for first := 0; first < *generatedPrograms; first += perBuild {
		t.Run(fmt.Sprint("from ", first), func(t *testing.T) {
			t.Parallel()
			var all []generated
			for i := range perBuild {
				all = append(all, generator.Example(first+i))
			}
			p := together(fmt.Sprint("generated/", first), all)
			for i, g := range all {
				g.check(t, p, i)
			}
		})
	}
}

// check runs program number i of those built together.
func (g generated) check(t *testing.T, all *program, i int) {
	built := all.build(t, rewritten)
	p := &program{name: all.name, src: all.src, args: []string{fmt.Sprint(i)}, allowed: []outcome{{end: "ok", stdout: g.want}}}
	failed := t.Failed()
	p.uncontrolled(t, plain, p.spec(all.build(t, plainly).Binary))
	c := &controlled{t, p, built, map[string]bool{}}
	for _, clock := range []sched.Clock{sched.Virtual, sched.Free} {
		for seed := 0; seed < *seedsEach && !t.Failed(); seed++ {
			c.twice(sched.Spec{Seed: uint64(seed + 1), Clock: clock})
		}
	}
	if t.Failed() && !failed {
		t.Errorf("the program, which prints %q:\nfunc main() {%s}", g.want, g.body)
	}
}

// together makes one program of many; its first argument says which is meant.
func together(name string, all []generated) *program {
	var src strings.Builder
	src.WriteString(`// Programs that were generated.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

var (
	_ = runtime.Gosched
	_ sync.Mutex
	_ atomic.Int32
	_ = time.Sleep
)

func main() {
	programs := map[string]func(){
`)
	for i := range all {
		fmt.Fprintf(&src, "\t\t\"%d\": p%d,\n", i, i)
	}
	src.WriteString("\t}\n\tprograms[os.Args[1]]()\n}\n")
	for i, g := range all {
		fmt.Fprintf(&src, "\nfunc p%d() {%s}\n", i, g.body)
	}
	return &program{name: name, src: []byte(src.String())}
}

var generator = rapid.Custom(func(t *rapid.T) generated {
	w := &writer{t: t, indent: "\n\t"}
	return w.program()
})

// writer writes a program and computes what it will print.
type writer struct {
	t      *rapid.T
	text   strings.Builder
	indent string
	depth  int

	sums   [2]int // guarded by locks
	shared int    // guarded by an RWMutex
	count  int    // atomic
	sent   [2]int // through the channels
	asked  int    // through the server
	tokens int    // handed out under the condition
	keys   int    // in the sync.Map
	once   bool
}

func (w *writer) line(format string, args ...any) {
	w.text.WriteString(w.indent)
	fmt.Fprintf(&w.text, format, args...)
}

// block writes lines one level deeper.
func (w *writer) block(open, close string, body func()) {
	w.line("%s", open)
	w.indent += "\t"
	body()
	w.indent = strings.TrimSuffix(w.indent, "\t")
	w.line("%s", close)
}

func (w *writer) number(from, to int, what string) int {
	return rapid.IntRange(from, to).Draw(w.t, what)
}

func (w *writer) program() generated {
	w.line("var mu [2]sync.Mutex; var rw sync.RWMutex; var once sync.Once; var wg, sinks sync.WaitGroup; var keys sync.Map")
	w.line("var sums, received [2]int; var shared, asked, done, tokens int; var count atomic.Int64")
	w.line("cond := sync.NewCond(&mu[0])")
	w.line("_, _, _ = &rw, &once, cond")
	w.line("channels := [2]chan int{make(chan int, %d), make(chan int, %d)}", w.number(0, 2, "room"), w.number(0, 2, "room"))
	w.line("type question struct{ n int; answer chan int }; questions := make(chan question)")
	w.block("for i, c := range channels {", "}", func() {
		w.line("sinks.Go(func() { for n := range c { received[i] += n } })")
	})
	w.line("sinks.Go(func() { for q := range questions { asked += q.n; q.answer <- 2 * q.n } })")
	for range w.number(2, 4, "goroutines") {
		w.goroutine()
	}
	w.line("wg.Wait(); close(channels[0]); close(channels[1]); close(questions); sinks.Wait()")
	w.line("n := 0; keys.Range(func(any, any) bool { n++; return true })")
	w.line("fmt.Println(sums, shared, count.Load(), received, asked, done, tokens, n)\n")
	done := 0
	if w.once {
		done = 1
	}
	return generated{w.text.String(), fmt.Sprint(w.sums, w.shared, w.count, w.sent, w.asked, done, w.tokens, w.keys)}
}

func (w *writer) goroutine() {
	begin, end := "wg.Go(func() {", "})"
	if rapid.Bool().Draw(w.t, "plain go") {
		begin, end = "wg.Add(1); go func() { defer wg.Done()", "}()"
	}
	w.block(begin, end, func() {
		for range w.number(1, 4, "steps") {
			w.step()
		}
	})
}

// steps are what a goroutine may do.
var steps = []func(w *writer, n int){
	func(w *writer, n int) {
		i := n % 2
		w.sums[i] += n
		w.line("mu[%d].Lock(); sums[%d] += %d; mu[%d].Unlock()", i, i, n, i)
	},
	func(w *writer, n int) {
		w.sums[0] -= n
		w.sums[1] += n
		w.line("mu[0].Lock(); mu[1].Lock(); sums[0] -= %d; sums[1] += %d; mu[1].Unlock(); mu[0].Unlock()", n, n)
	},
	func(w *writer, n int) {
		w.sums[1] += n
		w.line("for !mu[1].TryLock() { }")
		w.line("sums[1] += %d; mu[1].Unlock()", n)
	},
	func(w *writer, n int) {
		w.shared += n
		w.line("rw.Lock(); shared += %d; rw.Unlock()", n)
	},
	func(w *writer, n int) {
		w.line("rw.RLock(); if shared < 0 { panic(shared) }; rw.RUnlock()")
	},
	func(w *writer, n int) {
		w.count += n
		w.line("count.Add(%d)", n)
	},
	func(w *writer, n int) {
		w.count += n
		w.line("for { old := count.Load(); if count.CompareAndSwap(old, old+%d) { break } }", n)
	},
	func(w *writer, n int) {
		w.sent[n%2] += n
		w.line("channels[%d] <- %d", n%2, n)
	},
	func(w *writer, n int) {
		w.sent[n%2] += n
		w.line("select { case channels[%d] <- %d: case <-(chan int)(nil): }", n%2, n)
	},
	func(w *writer, n int) {
		w.sent[0] += n
		w.block("for sent := false; !sent; {", "}", func() {
			w.line("select { case channels[0] <- %d: sent = true; default: runtime.Gosched() }", n)
		})
	},
	func(w *writer, n int) {
		w.asked += n
		w.line("if q := (question{%d, make(chan int)}); true { questions <- q; if <-q.answer != %d { panic(q.n) } }", n, 2*n)
	},
	func(w *writer, n int) {
		w.once = true
		w.line("once.Do(func() { done++ })")
	},
	func(w *writer, n int) {
		w.tokens++
		w.line("mu[0].Lock(); tokens++; cond.Broadcast(); mu[0].Unlock()")
		w.line("mu[0].Lock(); for tokens < %d { cond.Wait() }; mu[0].Unlock()", 1)
	},
	func(w *writer, n int) {
		w.keys++
		w.line("keys.Store(%d, %d)", w.keys, n)
	},
	func(w *writer, n int) { w.line("time.Sleep(%d * time.Millisecond)", n) },
	func(w *writer, n int) { w.line("runtime.Gosched()") },
	func(w *writer, n int) {
		w.shared += n
		w.line("func() { rw.Lock(); defer rw.Unlock(); defer func() { recover() }(); shared += %d; panic(shared) }()", n)
	},
}

func (w *writer) step() {
	if w.depth < 2 && w.number(0, 9, "nested") == 0 {
		w.depth++
		w.goroutine()
		w.depth--
		return
	}
	rapid.SampledFrom(steps).Draw(w.t, "step")(w, w.number(1, 9, "n"))
}
