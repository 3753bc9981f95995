package speed

import (
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Plan says what is measured: the program on each of these numbers of processors, so
// many times.
type Plan struct {
	Procs  []int // ascending, each once
	Repeat int
}

// The bounds of a plan.
const (
	MostProcs   = 1024 // more than any machine in a class has, and harmless
	MostValues  = 8
	MostRepeat  = 50
	UsualRepeat = 7
	MostTime    = 45 * time.Second // for all runs together
)

// Wish is a plan as it was asked for: what is zero is for [Wish.Plan] to fill in.
type Wish struct {
	Procs  []int
	Repeat int
}

// Plan fills in what was not said: so many runs of each, or 1, 2, 4, … processors up to
// those of the machine.
func (w Wish) Plan(machine int) Plan {
	p := Plan(w)
	if p.Repeat == 0 {
		p.Repeat = UsualRepeat
	}
	if len(p.Procs) == 0 {
		p.Procs = doubling(machine)
	}
	return p
}

// doubling is 1, 2, 4, … up to most, which is the last.
func doubling(most int) (all []int) {
	for n := 1; n < most && len(all) < MostValues-1; n *= 2 {
		all = append(all, n)
	}
	return append(all, most)
}

// ReadProcs reads a list like "1,2,4".
func ReadProcs(text string) (all []int, ok bool) {
	for _, one := range strings.Split(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(one))
		if err != nil || n < 1 || n > MostProcs {
			return nil, false
		}
		all = append(all, n)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all, len(all) <= MostValues
}

// ReadRepeat reads how often each value is measured.
func ReadRepeat(text string) (n int, ok bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 1 && n <= MostRepeat
}

// Processors is how many processors a program may use on this machine at once: not more
// than its container allows.
func Processors() int {
	n := runtime.NumCPU()
	if os.Getenv("GOMAXPROCS") == "" {
		n = min(n, runtime.GOMAXPROCS(0))
	}
	return n
}
