package search

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func (a Count) big() *big.Int {
	n := new(big.Int).SetUint64(a.hi)
	return n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(a.lo))
}

func randomCount(r *rand.Rand) Count {
	return Count{hi: r.Uint64() >> r.IntN(65), lo: r.Uint64() >> r.IntN(65)}
}

func TestCountString(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	all := []Count{{}, {lo: 1}, {lo: 9}, {lo: 10}, {lo: ^uint64(0)}, {hi: 1}, {hi: ^uint64(0), lo: ^uint64(0)}}
	for range 1000 {
		all = append(all, randomCount(r))
	}
	for _, n := range all {
		if got, want := n.String(), n.big().String(); got != want {
			t.Errorf("{%d %d} is %s, not %s", n.hi, n.lo, got, want)
		}
	}
	if got := (Count{lo: 7, unknown: true}).String(); got != "-" {
		t.Errorf("an unknown number is %s", got)
	}
}

func TestCountAdd(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	limit := new(big.Int).Lsh(big.NewInt(1), 128)
	for range 1000 {
		a, b := randomCount(r), randomCount(r)
		sum := a
		sum.add(b)
		want := "-"
		if n := new(big.Int).Add(a.big(), b.big()); n.Cmp(limit) < 0 {
			want = n.String()
		}
		if sum.String() != want {
			t.Errorf("%v + %v is %v, not %s", a, b, sum, want)
		}
	}
	n := Count{hi: ^uint64(0), lo: ^uint64(0)}
	n.add(Count{lo: 1})
	n.add(Count{lo: 1})
	if n.String() != "-" {
		t.Errorf("2^128 + 1 is %v: what is unknown stays so", n)
	}
}

// stepsOf makes a history of steps "GOROUTINE OBJECT" of goroutines 0 to 3, each a
// write; with an "r" after it a read; with a "-", the step is not counted.
func stepsOf(t testing.TB, text string) *History {
	t.Helper()
	h := &History{}
	h.Reset(4)
	for range 4 {
		h.Spawn(-1)
	}
	for part := range strings.SplitSeq(text, ",") {
		var p int
		var o uint32
		if _, err := fmt.Sscan(part, &p, &o); err != nil {
			t.Fatalf("%q: %v", part, err)
		}
		h.Begin(p, !strings.HasSuffix(part, "-"))
		h.Touch(p, Access{o, map[bool]Kind{true: Read, false: Write}[strings.HasSuffix(part, "r")]})
	}
	h.Finish()
	return h
}

func TestExtensions(t *testing.T) {
	for name, c := range map[string]struct{ steps, want string }{
		"one chain":                      {"0 1, 0 1, 0 2", "1"},
		"one chain of two goroutines":    {"0 1, 1 1, 0 1, 1 1", "1"},
		"two steps":                      {"0 1, 1 2", "2"},
		"independent 2 and 3":            {"0 1, 0 1, 1 2, 1 2, 1 2", "10"},
		"independent 2, 2 and 2":         {"0 1, 0 1, 1 2, 1 2, 2 3, 2 3", "90"},
		"diamond":                        {"0 1, 1 1 r, 2 1 r, 3 1", "2"},
		"diamond of six":                 {"0 1, 0 2, 1 1, 1 3, 2 2, 2 3", "6"},
		"not counted between":            {"0 1, 2 1 -, 2 2 -, 1 2", "1"},
		"not counted beside":             {"0 1, 2 5 -, 1 2", "2"},
		"nothing is counted":             {"0 1 -, 1 2 -", "1"},
		"a fork and a join":              {"0 1, 1 1, 0 2, 1 3, 0 3", "3"},
		"two chains bound in the middle": {"0 1, 0 9, 0 1, 1 2, 1 9, 1 2", "10"},
	} {
		var n counter
		if got := n.extensions(stepsOf(t, c.steps)).String(); got != c.want {
			t.Errorf("%s: %s orders, not %s", name, got, c.want)
		}
	}
}

// A counter is used again and again.
func TestExtensionsBinomial(t *testing.T) {
	var c counter
	for n := range 12 {
		for m := range 12 {
			if n+m == 0 {
				continue
			}
			steps := strings.Repeat("0 1,", n) + strings.Repeat("1 2,", m)
			got := c.extensions(stepsOf(t, strings.TrimSuffix(steps, ",")))
			if want := new(big.Int).Binomial(int64(n+m), int64(n)); got.big().Cmp(want) != 0 {
				t.Errorf("%d and %d independent steps: %v orders, not %v", n, m, got, want)
			}
		}
	}
}

// Four goroutines of five increments of their own.
func TestExtensionsPrivate(t *testing.T) {
	var c counter
	steps := ""
	for p := range 4 {
		steps += strings.Repeat(fmt.Sprintf("%d %d,", p, p+1), 5)
	}
	if got := c.extensions(stepsOf(t, strings.TrimSuffix(steps, ","))).String(); got != "11732745024" {
		t.Errorf("%s orders", got)
	}
}

// What is too dear to work out is not known.
func TestExtensionsLarge(t *testing.T) {
	var c counter
	steps := strings.Repeat("0 1,", 40) + strings.Repeat("1 2,", 40) + strings.Repeat("2 3,", 40) + strings.Repeat("3 4,", 40)
	if got := c.extensions(stepsOf(t, strings.TrimSuffix(steps, ","))).String(); got != "-" {
		t.Errorf("%s orders", got)
	}
	if got := c.extensions(stepsOf(t, "0 1, 1 2")).String(); got != "2" {
		t.Errorf("after that: %s orders, not 2", got)
	}
}
