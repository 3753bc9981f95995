package explore

import (
	"flag"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/run"
	"threading101/kernel/sched"
)

var (
	generatedPrograms = flag.Int("generated", 80, "`number` of generated programs")
	generatedFirst    = flag.Uint64("generated.seed", 1, "seed of the first of them")
)

// generated is a random program: what each of its goroutines does, statement by
// statement, none of which needs another.
type generated struct {
	room       int // in both channels
	goroutines [][]string
	unjoined   bool // main does not wait
}

// TestGenerated holds the search to the oracles on random programs. Many of them
// deadlock, leak, race or panic. One on which it fails is made as small as it can
// be before it is shown.
func TestGenerated(t *testing.T) {
	for first := 0; first < *generatedPrograms; first += perBuild {
		seed := *generatedFirst + uint64(first)
		var all []generated
		for i := range min(perBuild, *generatedPrograms-first) {
			all = append(all, generate(seed+uint64(i)))
		}
		t.Run(fmt.Sprint("from ", seed), func(t *testing.T) {
			t.Parallel()
			program, large := together(all...).build(t), 0
			for i, g := range all {
				switch problem := g.problem(t, program, i); problem {
				case "":
				case tooMany:
					large++
				default:
					small, its := g.shrink(t, problem)
					t.Errorf("seed %d: %s\nas small as it gets: %s\n%s", seed+uint64(i), problem, its, small)
				}
			}
			if large > len(all)/3 {
				t.Errorf("%d of %d programs are too large to say anything about", large, len(all))
			}
		})
	}
}

// problem is how the searches of the i-th of the programs built together differ,
// "" if they do not.
func (g generated) problem(t *testing.T, program run.Spec, i int) string {
	program.Args = []string{fmt.Sprint(i)}
	return difference(t, program, sched.Free)
}

// shrink leaves out statements as long as there is a problem.
func (g generated) shrink(t *testing.T, problem string) (generated, string) {
	for again := true; again; {
		again = false
		for _, smaller := range g.smaller() {
			if p := smaller.problem(t, together(smaller).build(t), 0); p != "" && p != tooMany {
				g, problem, again = smaller, p, true
				break
			}
		}
	}
	return g, problem
}

// smaller are the programs with one goroutine or one statement less.
func (g generated) smaller() (all []generated) {
	add := func(goroutines [][]string) {
		all = append(all, generated{g.room, goroutines, g.unjoined})
	}
	for i, statements := range g.goroutines {
		add(slices.Delete(slices.Clone(g.goroutines), i, i+1))
		for j := range statements {
			less := slices.Clone(g.goroutines)
			less[i] = slices.Delete(slices.Clone(statements), j, j+1)
			add(less)
		}
	}
	return all
}

// together makes one program of many; its first argument says which is meant.
func together(all ...generated) *subject {
	var src strings.Builder
	src.WriteString(`package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
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
	i, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	[]func(){`)
	for i := range all {
		fmt.Fprintf(&src, "p%d, ", i)
	}
	src.WriteString("}[i]()\n}\n")
	for i, g := range all {
		fmt.Fprintf(&src, "\nfunc p%d() {\n%s}\n", i, g.body())
	}
	return &subject{name: "generated", src: src.String(), clock: sched.Free}
}

// body is what main does.
func (g generated) body() string {
	var b strings.Builder
	b.WriteString(`	var x, y int
	var mu, other sync.Mutex
	var rw sync.RWMutex
	var once sync.Once
	var n atomic.Int64
	var wg, also sync.WaitGroup
	cond := sync.NewCond(&mu)
`)
	fmt.Fprintf(&b, "\tch, back := make(chan int, %d), make(chan int, %d)\n", g.room, g.room)
	fmt.Fprintf(&b, "\tvar saw [%d]int64\n", len(g.goroutines))
	b.WriteString("\t_ = []any{&x, &y, &mu, &other, &rw, &once, &n, &wg, &also, cond, ch, back}\n")
	for i, statements := range g.goroutines {
		fmt.Fprintf(&b, "\twg.Go(func() {\n\t\tme := %d\n\t\t_ = me\n\t\t%s\n\t})\n", i, strings.Join(statements, "\n\t\t"))
	}
	if !g.unjoined {
		b.WriteString("\twg.Wait()\n")
	}
	b.WriteString("\tfmt.Println(x, y, n.Load(), saw)\n")
	return b.String()
}

// String is the program without what each of them has.
func (g generated) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "room %d, joined: %v\n", g.room, !g.unjoined)
	for i, statements := range g.goroutines {
		fmt.Fprintf(&b, "goroutine %d: %s\n", i, strings.Join(statements, "; "))
	}
	return b.String()
}

// statement is one that a goroutine may do, with how many visible operations it
// has at most.
type statement struct {
	text string
	most int
}

var statements = []statement{
	{"x++", 2},
	{"y++", 2},
	{"x = y + 1", 2},
	{"y = 2 * x", 2},
	{"if x == 1 { y = 5 }", 2},
	{"saw[me] = 10*saw[me] + int64(x)", 1},
	{"if x > 1 { panic(x) }", 1},
	{"if y == 0 { return }", 1},
	{"mu.Lock(); x += 3; mu.Unlock()", 4},
	{"mu.Lock(); mu.Unlock()", 2},
	{"mu.Lock(); other.Lock(); other.Unlock(); mu.Unlock()", 4},
	{"other.Lock(); mu.Lock(); mu.Unlock(); other.Unlock()", 4},
	{"if mu.TryLock() { y += 7; mu.Unlock() }", 4},
	{"rw.RLock(); saw[me] += int64(y); rw.RUnlock()", 3},
	{"rw.Lock(); y += 2; rw.Unlock()", 5},
	{"rw.RLock(); rw.RUnlock()", 2},
	{"rw.Lock(); rw.Unlock()", 3},
	{"if rw.TryRLock() { rw.RUnlock() } else { saw[me]++ }", 2},
	{"n.Add(2)", 1},
	{"saw[me] += n.Add(1)", 1},
	{"saw[me] = 10*saw[me] + n.Load()", 1},
	{"if n.CompareAndSwap(0, 4) { saw[me]++ }", 1},
	{"saw[me] += n.Swap(9)", 1},
	{"n.Store(7)", 1},
	{"once.Do(func() { x += 5 })", 3},
	{"once.Do(func() { n.Add(100) })", 2},
	{"ch <- me + 1", 1},
	{"back <- me + 1", 1},
	{"saw[me] = 10*saw[me] + int64(<-ch)", 1},
	{"saw[me] = 10*saw[me] + int64(<-back)", 1},
	{"select { case ch <- 1: saw[me] += 3; default: }", 1},
	{"select { case v := <-ch: saw[me] += int64(v); default: saw[me]-- }", 1},
	{"select { case v := <-ch: saw[me] += int64(v); case back <- 6: }", 1},
	{"select { case v := <-ch: saw[me] += int64(v); case v := <-back: saw[me] -= int64(v) }", 1},
	{"if v, ok := <-ch; ok { saw[me] += int64(v) }", 1},
	{"close(ch)", 1},
	{"func() { defer func() { recover() }(); close(back) }()", 1},
	{"saw[me] += int64(len(ch))", 1},
	{"fmt.Print(me)", 1},
	{"mu.Lock(); cond.Wait(); mu.Unlock()", 4},
	{"mu.Lock(); for x == 0 { cond.Wait() }; mu.Unlock()", 5},
	{"cond.Signal()", 1},
	{"cond.Broadcast()", 1},
	{"also.Go(func() { x = 8 }); also.Wait()", 2},
	{"also.Wait(); y = 3", 2},
	{"go func() { n.Add(10) }()", 1},
	{"go func() { ch <- 4 }()", 1},
	{"time.Sleep(time.Duration(me) * time.Millisecond)", 1},
	{"select { case v := <-ch: saw[me] += int64(v); case <-time.After(time.Second): saw[me]++ }", 1},
	{"runtime.Gosched()", 0},
	{"runtime.Goexit()", 0},
}

// generate makes a program of two or three goroutines, with statements as long
// as there are not too many orders of what they do.
func generate(seed uint64) generated {
	r := rand.New(rand.NewPCG(seed, 0))
	g := generated{room: r.IntN(3), goroutines: make([][]string, 2+r.IntN(2)), unjoined: r.IntN(8) == 0}
	counts := make([]int, len(g.goroutines)+1)
	counts[0] = 2                      // main's
	favourites := make([]statement, 5) // so that they have to do with each other
	for i := range favourites {
		favourites[i] = statements[r.IntN(len(statements))]
	}
	for range 20 {
		i, s := r.IntN(len(g.goroutines)), favourites[r.IntN(len(favourites))]
		if counts[i+1] += s.most; orders(counts, g.unjoined).Cmp(big.NewInt(mostPlain)) > 0 {
			break
		}
		g.goroutines[i] = append(g.goroutines[i], s.text)
	}
	return g
}

// orders is in how many ways so many operations of each can be merged. Main comes
// last, unless it does not wait.
func orders(counts []int, withMain bool) *big.Int {
	if !withMain {
		counts = counts[1:]
	}
	all, n := big.NewInt(1), int64(0)
	for _, c := range counts {
		n += int64(c)
		all.Mul(all, new(big.Int).Binomial(n, int64(c)))
	}
	return all
}
