package speed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"runtime/trace"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ran is a lane that ran at these times, from and to in turns.
func ran(name string, times ...int) Lane {
	l := Lane{Name: name}
	for i := 0; i+1 < len(times); i += 2 {
		s := Span{time.Duration(times[i]), time.Duration(times[i+1]), Running, 0}
		l.Spans = append(l.Spans, s)
		l.Ran += s.To - s.From
		l.End = s.To
	}
	return l
}

func TestOverlap(t *testing.T) {
	for says, c := range map[string]struct {
		lanes           []Lane
		alone, together time.Duration
	}{
		"one after the other": {[]Lane{ran("a", 0, 10), ran("b", 10, 20)}, 20, 0},
		"partly":              {[]Lane{ran("a", 0, 10), ran("b", 5, 20)}, 15, 5},
		"three":               {[]Lane{ran("a", 0, 9), ran("b", 3, 9), ran("c", 6, 9, 12, 13)}, 4, 6},
		"with a gap":          {[]Lane{ran("a", 0, 5, 10, 15), ran("b", 5, 10)}, 15, 0},
		"none":                {nil, 0, 0},
	} {
		tl := Timeline{Lanes: c.lanes}
		if tl.overlap(); tl.Alone != c.alone || tl.Together != c.together {
			t.Errorf("%s: alone %d, together %d", says, tl.Alone, tl.Together)
		}
	}
}

// TestLimit: a crowd keeps main and those that ran most; who has no lane is counted.
// Too many spans become shares, which add up to what they were.
func TestLimit(t *testing.T) {
	tl := Timeline{Length: 8000, Lanes: []Lane{ran("main", 0, 1)}}
	for i := range 100 {
		tl.Lanes = append(tl.Lanes, ran(fmt.Sprint("g", i), 0, 100+i))
	}
	tl.limit()
	if len(tl.Lanes) != mostLanes || tl.Lanes[0].Name != "main" || tl.Lanes[1].Name != "g89" || tl.Left != 89 || tl.Columns != 0 {
		t.Errorf("%d lanes, %q, %d left out", len(tl.Lanes), tl.Lanes[1].Name, tl.Left)
	}
	if want := time.Duration(89*100 + 89*88/2); tl.LeftRan != want {
		t.Errorf("left out ran %d, want %d", tl.LeftRan, want)
	}
	var even, odd []int
	for i := range 2000 {
		even, odd = append(even, 4*i, 4*i+2), append(odd, 4*i+2, 4*i+3)
	}
	many := Timeline{Length: 8000, Lanes: []Lane{ran("a", even...), ran("b", odd...)}}
	many.limit()
	if many.Columns != columns || many.Lanes[0].Spans != nil || many.Together != 0 {
		t.Fatalf("%+v", many)
	}
	for i := range columns {
		if a, b := many.Lanes[0].Shares[i], many.Lanes[1].Shares[i]; math.Abs(a-0.5) > 1e-9 || math.Abs(b-0.25) > 1e-9 {
			t.Fatalf("column %d: %v and %v", i, a, b)
		}
	}
}

// traced is the timeline of what work does between the marks, on so many processors of
// this process.
func traced(t *testing.T, procs int, started map[string]string, work func()) (*Timeline, error) {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	var b bytes.Buffer
	if err := trace.Start(&b); err != nil {
		t.Fatal(err)
	}
	trace.Log(context.Background(), MarkCategory, MarkBegin)
	work()
	trace.Log(context.Background(), MarkCategory, MarkEnd)
	trace.Stop()
	return Read(&b, procs, started)
}

// spin computes for a while of its own time.
func spin() {
	n := int64(0)
	for range 20_000_000 {
		n = n*31 + 7
	}
	sink.Store(n)
}

// sink takes what is computed, so that the compiler leaves nothing out.
var sink atomic.Int64

// two has two goroutines compute.
func two() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			spin()
		}()
	}
	wg.Wait()
}

// TestOneProcessor: on one processor no two goroutines ever run at the same moment.
func TestOneProcessor(t *testing.T) {
	tl, err := traced(t, 1, nil, two)
	if err != nil {
		t.Fatal(err)
	}
	if tl.Together != 0 || tl.Alone == 0 || tl.Procs != 1 {
		t.Errorf("together %v, alone %v", tl.Together, tl.Alone)
	}
	for _, l := range tl.Lanes {
		for i, s := range l.Spans {
			if s.From >= s.To || s.To > tl.Length || i > 0 && s.From != l.Spans[i-1].To {
				t.Errorf("%s: span %d is %v after %v", l.Name, i, s, l.Spans[max(i-1, 0)])
			}
			if (s.State == Running) != (s.Proc == 0) {
				t.Errorf("%s: %v", l.Name, s)
			}
		}
	}
}

// TestTwoProcessors: on two they do. A busy machine may have to be asked again.
func TestTwoProcessors(t *testing.T) {
	for range 10 {
		tl, err := traced(t, 2, nil, two)
		if err != nil {
			t.Fatal(err)
		}
		if tl.Together > 0 {
			if names := namesOf(tl, "speed.two"); len(names) != 2 || !strings.HasSuffix(names[0], " 1") || tl.Lanes[0].Name[:4] != "main" {
				t.Errorf("%q, %+v", names, tl.Lanes)
			}
			return
		}
	}
	t.Error("two goroutines never ran at the same moment")
}

// TestNames: a goroutine is called by the line that started it, and numbered; those of
// Go's runtime have no lane.
func TestNames(t *testing.T) {
	_, _, here, _ := runtime.Caller(0)
	tl, err := traced(t, 2, map[string]string{fmt.Sprint("timeline_test.go:", here+4): "part"}, func() {
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { spin() })
		}
		runtime.GC()
		wg.Wait()
	})
	if err != nil {
		t.Fatal(err)
	}
	if names := namesOf(tl, "part"); !slices.Equal(names, []string{"part 1", "part 2"}) {
		t.Errorf("%q", names)
	}
	if names := namesOf(tl, "runtime"); names != nil {
		t.Errorf("%q", names)
	}
	for full, want := range map[string]string{"main.work": "work", "main.(*Worker).Run": "Worker.Run", "main.main.func1": "main.func1", "example.com/a/b.Do": "b.Do"} {
		if got := plainName(full); got != want {
			t.Errorf("%s is called %q", full, got)
		}
	}
}

// namesOf are the names of the lanes that begin like that. Beside those of the test the
// process has goroutines of package testing.
func namesOf(tl *Timeline, prefix string) (names []string) {
	for _, l := range tl.Lanes {
		if strings.HasPrefix(l.Name, prefix) {
			names = append(names, l.Name)
		}
	}
	return names
}

// TestHalfATrace: what does not reach the end of main, or is no trace, is none.
func TestHalfATrace(t *testing.T) {
	var b bytes.Buffer
	if err := trace.Start(&b); err != nil {
		t.Fatal(err)
	}
	trace.Log(context.Background(), MarkCategory, MarkBegin)
	trace.Stop()
	if _, err := Read(bytes.NewReader(b.Bytes()), 1, nil); !errors.Is(err, ErrHalf) {
		t.Error(err)
	}
	for _, text := range [][]byte{nil, []byte("no trace"), b.Bytes()[:b.Len()/2]} {
		if _, err := Read(bytes.NewReader(text), 1, nil); err == nil {
			t.Errorf("%d bytes are a trace", len(text))
		}
	}
}
