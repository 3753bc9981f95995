package trace_test

import (
	"strings"
	"testing"

	"threading101/kernel/trace"
	"threading101/kernel/words"
)

const aFirst = `
main go A
main go B
A print a
A end
B print b
B end
main end`

const bFirst = `
main go A
main go B
B print b
B end
A print a
A end
main end`

func TestCompare(t *testing.T) {
	for _, c := range []struct{ name, prev, cur, want string }{
		{"the same", aFirst, aFirst, "Same order as the previous run (5 steps)."},
		{"another order", aFirst, bFirst,
			"From step 3 on this run differs from the previous one: there A prints “a”; now B prints “b”. The prints came in another order."},
		{"ends and waiting do not count", aFirst, `
			main go A
			main go B
			A print a
			B print b
			B end
			A end
			main end`, "Same order as the previous run (6 steps)."},
		{"order of locking", "main go A\nA lock mu\nA unlock mu\nmain lock mu\nmain unlock mu\nmain end",
			"main go A\nmain lock mu\nmain unlock mu\nA lock mu\nA unlock mu\nmain end",
			"From step 2 on this run differs from the previous one: there A locks mu; now main locks mu. The prints came in the same order."},
		{"shorter", aFirst, "main go A\nmain go B\nA print a\nA end",
			"The same as the previous run up to step 3, where this one ended; the previous one continued: B prints “b”. The prints differ."},
		{"another text", "main go A\nmain print 110\nA end", "main go A\nA print a\nmain print 130\nA end",
			"From step 2 on this run differs from the previous one: there main prints “110”; now A prints “a”. The prints differ."},
		{"the same texts, one of them twice", "main go A\nmain print a\nmain print a\nA print b", "main go A\nA print a\nmain print b\nmain print b",
			"From step 2 on this run differs from the previous one: there main prints “a”; now A prints “a”. The prints differ."},
		{"longer", "main go A\nmain go B", aFirst,
			"The same as the previous run up to step 2, where that one ended; now A prints “a”. The prints differ."},
	} {
		t.Run(c.name, func(t *testing.T) {
			prev, cur := run(c.prev), run(c.cur)
			if got := words.Difference(trace.Compare(prev, cur), prev, cur); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestCompareTimesDoNotMatter(t *testing.T) {
	a, b := run(aFirst), run(aFirst)
	for i := range b.Events {
		b.Events[i].T = int64(1000 * i)
	}
	if d := trace.Compare(a, b); !d.Same || !d.SamePrints || d.Step != 0 {
		t.Errorf("%+v", d)
	}
}

func TestCompareWithNothing(t *testing.T) {
	cur := run(aFirst)
	d := trace.Compare(nil, cur)
	if said := words.Difference(d, nil, cur); d.Same || said != "" {
		t.Errorf("%+v: %q", d, said)
	}
}

func TestCompareSaysWhatWasNotKept(t *testing.T) {
	a, b := run(aFirst), run(bFirst)
	b.Dropped, b.DroppedAt = 5, 4
	d := trace.Compare(a, b)
	if d.Step != 3 || d.SamePrints || !d.SameTexts {
		t.Errorf("%+v", d)
	}
	const want = "Only the steps that were kept are compared."
	if said := words.Difference(d, a, b); !strings.HasSuffix(said, want) {
		t.Errorf("%q does not end in %q", said, want)
	}
}
