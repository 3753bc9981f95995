package rtcontext

import (
	"context"
	"reflect"
	"sync"
	"time"
	"unsafe"

	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// A context with a deadline is Go's own as well, so that everything is as in Go:
// its error, its children of whatever kind, its cause. Only its timer, which Go
// would let run in real time, is stopped at once. When the virtual clock gets
// there, that timer is set to nothing, and does what it is for.

// layout is how a context with a deadline lies in memory.
type layout struct{ timer, deadline uintptr }

// timerContext looks that up. It is not to be called where Go schedules: the
// timer would hide a deadlock from it.
var timerContext = sync.OnceValue(func() layout {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	t := reflect.TypeOf(ctx).Elem()
	timer, ok1 := t.FieldByName("timer")
	deadline, ok2 := t.FieldByName("deadline")
	if !ok1 || !ok2 || timer.Type != reflect.TypeFor[*time.Timer]() || deadline.Type != reflect.TypeFor[time.Time]() {
		panic("rtcontext: package context is not the one that is known here")
	}
	return layout{timer.Offset, deadline.Offset}
})

// far is farther than any program runs.
const far = 200 * 365 * 24 * time.Hour

func withDeadline(s uint32, parent context.Context, d time.Time, cause error) (context.Context, context.CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if cur, ok := parent.Deadline(); ok && cur.Before(d) {
		return WithCancel(s, parent)
	}
	left := d.Sub(rt.Clock())
	p := adopt(parent)
	real := time.Now().Add(far)
	if left <= 0 {
		real = time.Now().Add(-time.Hour)
	}
	ctx, cancel := context.WithDeadlineCause(endless{p.Context}, real, cause)
	at := reflect.ValueOf(ctx).UnsafePointer()
	*(*time.Time)(unsafe.Add(at, timerContext().deadline)) = d
	p.follow(s, ctx)
	rt.Descends(ctx.Done(), parent.Done())
	stop := func() {}
	if timer := *(**time.Timer)(unsafe.Add(at, timerContext().timer)); timer != nil && ctx.Err() == nil {
		timer.Stop()
		stop = rt.SetAlarm(left, ctx.Done(), func() { expire(ctx, timer, cancel) })
	}
	return ctx, func() {
		rt.CloseStep(s, ctx.Done(), func() {
			stop()
			cancel()
		})
	}
}

// expire ends a context as its timer does, and returns when all is done that
// comes of it.
func expire(ctx context.Context, timer *time.Timer, cancel func()) {
	timer.Reset(0)
	<-ctx.Done()
	cancel() // waits for whoever is at it
}

// endless is a context without its deadline, which Go would compare with a real
// one.
type endless struct{ context.Context }

// Deadline implements [context.Context].
func (endless) Deadline() (time.Time, bool) { return time.Time{}, false }

// String is what Go shows for the parent of a context.
func (e endless) String() string {
	if s, ok := e.Context.(interface{ String() string }); ok {
		return s.String()
	}
	return reflect.TypeOf(e.Context).String()
}

// parent is a context as Go is to see it when it makes a child of it.
type parent struct {
	context.Context
	stranger *stranger // nil if Go knows by itself how to follow it
}

// adopt prepares a parent. Go starts a goroutine to follow one of a kind it does
// not know; there we start it.
func adopt(ctx context.Context) parent {
	if ctx == nil || followed(ctx) {
		return parent{ctx, nil}
	}
	s := &stranger{Context: ctx}
	return parent{s, s}
}

// followed says whether Go follows ctx without a goroutine: it never ends, has
// ended, is of Go's making, or offers to call a function.
func followed(ctx context.Context) bool {
	done := ctx.Done()
	if done == nil || ctx.Err() != nil {
		return true
	}
	if own, ok := ctx.Value(ownKey).(context.Context); ok && own.Done() == done {
		return true
	}
	_, ok := ctx.(interface {
		AfterFunc(func()) func() bool
	})
	return ok
}

// ownKey is the key by which Go finds a context of its own making.
var ownKey = func() any {
	s := &spy{Context: context.Background()}
	context.Cause(s)
	return s.key
}()

// spy is a context that is told for which key it is asked.
type spy struct {
	context.Context
	key any
}

func (*spy) Err() error { return context.Canceled }

func (s *spy) Value(key any) any {
	s.key = key
	return nil
}

// stranger is a parent of a kind that Go does not know. It tells its children of
// its end when we say so.
type stranger struct {
	context.Context
	tell func()
}

// AfterFunc is what Go calls for a child.
func (s *stranger) AfterFunc(f func()) (stop func() bool) {
	s.tell = f
	return func() bool { s.tell = nil; return true }
}

// follow starts the goroutine that ends child when its parent ends.
func (p parent) follow(s uint32, child context.Context) {
	if p.stranger == nil || p.stranger.tell == nil {
		return
	}
	if run := rt.Go0(s, func() { p.stranger.pass(s, child) })(); run != nil {
		go run()
	}
}

func (p *stranger) pass(s uint32, child context.Context) {
	rt.Selecting(s, 2)
	select {
	case _, ok := <-rt.SelR(s, 0, p.Done()):
		rt.SelectedDrop(s, 0, ok)
		rt.CloseStep(s, child.Done(), func() {
			if p.tell != nil {
				p.tell()
			}
		})
	case _, ok := <-rt.SelR(s, 1, child.Done()):
		rt.SelectedDrop(s, 1, ok)
	case <-rt.Decide(s, false):
		panic("unreachable")
	}
}

func afterFunc(s uint32, ctx context.Context, f func()) (stop func() bool) {
	done, unfollow := ctx.Done(), func() {}
	if !followed(ctx) {
		child, cancel := WithCancel(s, ctx)
		done, unfollow = child.Done(), cancel
	}
	if done == nil {
		done = make(chan struct{}) // it never ends
	}
	w := rt.WatchFor(done, control.NewLater(s, f))
	return func() bool {
		stopped := w.Stop(s)
		if stopped {
			unfollow()
		}
		return stopped
	}
}
