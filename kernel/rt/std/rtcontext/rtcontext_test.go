package rtcontext

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"threading101/kernel/rt"
	"threading101/kernel/rt/internal/rttest"
)

// The stories below are told of package context itself, of what stands in for it
// in a program that is not recorded, in one that is, and under a scheduler. They
// must be the same, word for word. (On the free clock an hour may pass at once.)

func TestMain(m *testing.M) {
	rttest.Main(map[string]func(){"go": func() { tell(plain) }, "ours": func() { tell(ours) }, "made": makeContexts})
	os.Exit(m.Run())
}

func TestStories(t *testing.T) {
	want := rttest.RunPlain(t, "go")
	if n := strings.Count(want.Stdout, "\n"); want.Exit != 0 || n < 40 {
		t.Fatalf("exit %d after %d lines\n%s%s", want.Exit, n, want.Stdout, want.Stderr)
	}
	check := func(name string, got rttest.Result) {
		t.Helper()
		if got.Exit != 0 || got.Stdout != want.Stdout {
			t.Errorf("%s: exit %d\n%s\n%s", name, got.Exit, difference(want.Stdout, got.Stdout), got.Stderr)
		}
	}
	check("not recorded", rttest.RunPlain(t, "ours"))
	check("recorded", rttest.Run(t, "ours"))
	for seed := range 10 {
		spec := fmt.Sprintf("T101_CONTROL=seed=%d clock=virtual", seed)
		check(spec, rttest.Run(t, "ours", spec))
	}
}

// difference shows the first lines that differ.
func difference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("want %q\ngot  %q", a[i], append(b, "", "")[min(i, len(b))])
		}
	}
	return ""
}

// api is package context, or what stands in for it.
type api struct {
	withCancel        func(context.Context) (context.Context, context.CancelFunc)
	withCancelCause   func(context.Context) (context.Context, context.CancelCauseFunc)
	withDeadline      func(context.Context, time.Time) (context.Context, context.CancelFunc)
	withDeadlineCause func(context.Context, time.Time, error) (context.Context, context.CancelFunc)
	withTimeout       func(context.Context, time.Duration) (context.Context, context.CancelFunc)
	withTimeoutCause  func(context.Context, time.Duration, error) (context.Context, context.CancelFunc)
	afterFunc         func(context.Context, func()) func() bool
	now               func() time.Time
	wait              func(<-chan struct{})
	run               func(func())
	close             func(chan struct{})
}

var plain = api{
	context.WithCancel, context.WithCancelCause, context.WithDeadline, context.WithDeadlineCause,
	context.WithTimeout, context.WithTimeoutCause, context.AfterFunc, time.Now,
	func(c <-chan struct{}) { <-c }, func(f func()) { go f() }, func(c chan struct{}) { close(c) },
}

var ours = api{
	rt.Bind1R2(1, WithCancel), rt.Bind1R2(1, WithCancelCause), rt.Bind2R2(1, WithDeadline), rt.Bind3R2(1, WithDeadlineCause),
	rt.Bind2R2(1, WithTimeout), rt.Bind3R2(1, WithTimeoutCause), rt.Bind2R1(1, AfterFunc), rt.TimeNow,
	func(c <-chan struct{}) { rt.R(c).Recv(1) },
	func(f func()) {
		if run := rt.Go0(1, f)(); run != nil {
			go run()
		}
	},
	func(c chan struct{}) { rt.Close(1, c) },
}

// tell tells all stories.
func tell(a api) {
	defer rt.MainFrom(1, 1)()
	for _, story := range []func(api){
		cancels, causes, trees, deadlines, earlier, past, inTime, strangers, callers, followers, natives, functions, functionsOfStrangers, names, nobody,
	} {
		story(a)
	}
}

type key struct{}

// how says how a context stands.
func how(what string, ctx context.Context) {
	closed := false
	select {
	case <-ctx.Done():
		closed = true
	default:
	}
	_, limited := ctx.Deadline()
	fmt.Println(what, closed, ctx.Err(), context.Cause(ctx), limited, ctx.Value(key{}))
}

func cancels(a api) {
	ctx, cancel := a.withCancel(context.Background())
	how("new", ctx)
	cancel()
	how("cancelled", ctx)
	cancel()
	how("twice", ctx)
	child, stop := a.withCancel(ctx)
	how("child of a cancelled one", child)
	stop()
}

func causes(a api) {
	ctx, cancel := a.withCancelCause(context.WithValue(context.Background(), key{}, "v"))
	cancel(errors.New("first"))
	cancel(errors.New("second"))
	how("cause", ctx)
	none, cancel := a.withCancelCause(context.TODO())
	cancel(nil)
	how("no cause", none)
}

func trees(a api) {
	root, cancel := a.withCancelCause(context.Background())
	var all []context.Context
	for range 3 {
		child, _ := a.withCancel(context.WithValue(root, key{}, 1))
		grandchild, _ := a.withTimeout(child, time.Hour)
		all = append(all, child, grandchild)
	}
	alone := context.WithoutCancel(all[1])
	under, stop := a.withCancel(alone)
	middle, cut := a.withCancel(root)
	leaf, _ := a.withCancel(middle)
	cut()
	how("leaf", leaf)
	how("root", root)
	cancel(errors.New("felled"))
	for _, ctx := range append(all, alone, under) {
		how("tree", ctx)
	}
	stop()
	how("under", under)
}

func deadlines(a api) {
	why := errors.New("slow")
	d := a.now().Add(20 * time.Millisecond)
	ctx, cancel := a.withDeadlineCause(context.Background(), d, why)
	child, _ := a.withCancel(ctx)
	got, ok := ctx.Deadline()
	of, ok2 := child.Deadline()
	how("before", child)
	fmt.Println(got.Equal(d), ok, of.Equal(d), ok2)
	a.wait(child.Done())
	how("after", ctx)
	how("child", child)
	var timeout interface{ Timeout() bool }
	fmt.Println(errors.Is(child.Err(), context.DeadlineExceeded), errors.As(child.Err(), &timeout) && timeout.Timeout())
	cancel()
	how("cancelled later", ctx)
	bare, cancel := a.withTimeout(context.Background(), time.Millisecond)
	a.wait(bare.Done())
	how("no cause", bare)
	cancel()
	named, cancel := a.withTimeoutCause(context.Background(), time.Millisecond, why)
	a.wait(named.Done())
	how("timeout", named)
	cancel()
}

func earlier(a api) {
	parent, cancel := a.withTimeout(context.Background(), 10*time.Millisecond)
	d, _ := parent.Deadline()
	child, stop := a.withTimeoutCause(parent, time.Hour, errors.New("never"))
	got, _ := child.Deadline()
	fmt.Println("earlier", got.Equal(d))
	a.wait(child.Done())
	how("by its parent", child)
	stop()
	cancel()
}

func past(a api) {
	ctx, cancel := a.withDeadlineCause(context.Background(), a.now().Add(-time.Second), errors.New("past"))
	how("past", ctx)
	cancel()
	zero, cancel := a.withTimeout(context.Background(), 0)
	how("zero", zero)
	cancel()
}

func inTime(a api) {
	ctx, cancel := a.withTimeoutCause(context.Background(), time.Hour, errors.New("late"))
	cancel()
	how("in time", ctx)
}

// stranger is a context of a kind that package context does not know.
type strange struct {
	context.Context
	done chan struct{}
}

func (s *strange) Done() <-chan struct{} { return s.done }

func (s *strange) Err() error {
	select {
	case <-s.done:
		return errors.New("strange")
	default:
		return nil
	}
}

func strangers(a api) {
	base, cancelBase := a.withCancelCause(context.WithValue(context.Background(), key{}, "base"))
	s := &strange{base, make(chan struct{})}
	child, cancel := a.withCancel(s)
	other, cut := a.withTimeout(context.WithValue(s, key{}, "value"), time.Hour)
	how("of a stranger", child)
	cut()
	how("cut", other)
	cancelBase(errors.New("unseen"))
	how("not yet", child)
	a.close(s.done)
	a.wait(child.Done())
	how("of a stranger", child)
	cancel()
	late, cancel := a.withCancel(s)
	how("late", late)
	cancel()
}

// caller is a stranger that calls functions at its end.
type caller struct {
	strange
	f []func()
}

func (c *caller) AfterFunc(f func()) func() bool {
	c.f = append(c.f, f)
	return func() bool { return true }
}

func callers(a api) {
	c := &caller{strange: strange{context.Background(), make(chan struct{})}}
	child, cancel := a.withCancel(c)
	close(c.done)
	how("not called", child)
	for _, f := range c.f {
		f()
	}
	how("called", child)
	cancel()
}

// followers wait in goroutines.
func followers(a api) {
	ctx, cancel := a.withCancel(context.Background())
	child, stop := a.withTimeout(ctx, time.Hour)
	var over []chan struct{}
	for range 3 {
		done := make(chan struct{})
		a.run(func() { a.wait(child.Done()); a.close(done) })
		over = append(over, done)
	}
	cancel()
	for _, done := range over {
		a.wait(done)
	}
	stop()
	how("followed", ctx)
}

// natives are contexts made by code that is not ours, above and below.
func natives(a api) {
	top, cancel := context.WithCancelCause(context.Background())
	ctx, stop := a.withTimeout(top, time.Hour)
	bottom, end := context.WithCancel(ctx)
	defer end()
	cancel(errors.New("from above"))
	how("native", ctx)
	how("native", bottom)
	stop()
	ctx, stop = a.withTimeoutCause(context.Background(), 5*time.Millisecond, errors.New("time"))
	below, end2 := context.WithTimeout(ctx, time.Hour)
	defer end2()
	a.wait(below.Done())
	how("below", below)
	stop()
}

func functions(a api) {
	ctx, cancel := a.withCancel(context.Background())
	done := make(chan struct{})
	stop := a.afterFunc(ctx, func() { fmt.Println("function", ctx.Err()); a.close(done) })
	stopped := a.afterFunc(ctx, func() { panic("stopped") })
	fmt.Println(stopped(), stopped())
	cancel()
	a.wait(done)
	fmt.Println(stop(), stop())
	at := make(chan struct{})
	a.afterFunc(ctx, func() { a.close(at) })
	a.wait(at)
	late, end := a.withTimeout(context.Background(), time.Millisecond)
	defer end()
	in := make(chan struct{})
	a.afterFunc(late, func() { fmt.Println(late.Err()); a.close(in) })
	a.wait(in)
	fmt.Println(a.afterFunc(context.Background(), func() { panic("never") })())
}

func functionsOfStrangers(a api) {
	s := &strange{context.Background(), make(chan struct{})}
	done := make(chan struct{})
	a.afterFunc(s, func() { a.close(done) })
	fmt.Println(a.afterFunc(s, func() { panic("stopped") })())
	a.close(s.done)
	a.wait(done)
}

func names(a api) {
	ctx, cancel := a.withCancel(context.Background())
	defer cancel()
	timed, cancel := a.withTimeout(ctx, time.Hour)
	defer cancel()
	under, cancel := a.withCancel(timed)
	defer cancel()
	head, _, _ := strings.Cut(fmt.Sprint(under), "(")
	fmt.Println(ctx, head, strings.HasSuffix(fmt.Sprint(under), ".WithCancel"))
}

func nobody(a api) {
	for _, f := range []func(){
		func() { a.withCancel(nil) }, func() { a.withTimeout(nil, 1) }, func() { a.withDeadlineCause(nil, time.Time{}, nil) },
	} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
}
