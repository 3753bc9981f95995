// Package rtcontext has the functions of package context that make a context
// which can end. The contexts are Go's own. Without a scheduler it only notes
// that one was cancelled. In a controlled run it keeps deadlines on the virtual
// clock and starts the goroutines that package context would start.
package rtcontext

import (
	"context"
	"sync/atomic"
	"time"

	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// WithCancel is context.WithCancel.
func WithCancel(s uint32, parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := WithCancelCause(s, parent)
	return ctx, func() { cancel(nil) }
}

// WithCancelCause is context.WithCancelCause.
func WithCancelCause(s uint32, parent context.Context) (context.Context, context.CancelCauseFunc) {
	if !rt.Controlled() {
		ctx, cancel := context.WithCancelCause(parent)
		first := noted(s, ctx, parent)
		return ctx, func(cause error) { first(); cancel(cause) }
	}
	p := adopt(parent)
	ctx, cancel := context.WithCancelCause(p.Context)
	p.follow(s, ctx)
	rt.Descends(ctx.Done(), parent.Done())
	return ctx, func(cause error) { rt.CloseStep(s, ctx.Done(), func() { cancel(cause) }) }
}

// Err is ctx.Err: whether the context has ended may depend on others.
func Err(s uint32, ctx context.Context) error {
	rt.AskEnded(s)
	return ctx.Err()
}

// ErrFunc is ctx.Err as a value.
func ErrFunc(s uint32, ctx context.Context) func() error {
	if ctx == nil {
		return ctx.Err // panics, as it should
	}
	return func() error { return Err(s, ctx) }
}

// Cause is context.Cause.
func Cause(s uint32, ctx context.Context) error {
	rt.AskEnded(s)
	return context.Cause(ctx)
}

// WithDeadline is context.WithDeadline.
func WithDeadline(s uint32, parent context.Context, d time.Time) (context.Context, context.CancelFunc) {
	return WithDeadlineCause(s, parent, d, nil)
}

// WithTimeout is context.WithTimeout.
func WithTimeout(s uint32, parent context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	return WithTimeoutCause(s, parent, d, nil)
}

// WithTimeoutCause is context.WithTimeoutCause.
func WithTimeoutCause(s uint32, parent context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc) {
	if rt.Controlled() {
		return WithDeadlineCause(s, parent, rt.Clock().Add(d), cause)
	}
	return WithDeadlineCause(s, parent, time.Now().Add(d), cause)
}

// WithDeadlineCause is context.WithDeadlineCause.
func WithDeadlineCause(s uint32, parent context.Context, d time.Time, cause error) (context.Context, context.CancelFunc) {
	if rt.Controlled() {
		return withDeadline(s, parent, d, cause)
	}
	ctx, cancel := context.WithDeadlineCause(parent, d, cause)
	first := noted(s, ctx, parent)
	return ctx, func() { first(); cancel() }
}

// noted notes that ctx was made of parent, and returns a function that notes its
// end when it is called first, unless ctx has ended by itself.
func noted(s uint32, ctx, parent context.Context) func() {
	if !rt.Recording() {
		return func() {}
	}
	_, timed := ctx.Deadline()
	rt.ContextMade(s, ctx.Done(), parent.Done(), timed)
	var cancelled atomic.Bool
	return func() {
		if ctx.Err() == nil && !cancelled.Swap(true) {
			rt.Closing(s, ctx.Done())
		}
	}
}

// At is cancel as it is called at site s: cancel() becomes At(7, cancel)().
func At(s uint32, cancel context.CancelFunc) context.CancelFunc {
	if cancel == nil || !rt.Recording() {
		return cancel
	}
	return func() { rt.From(s, cancel) }
}

// AtCause is At for a function that wants a cause.
func AtCause(s uint32, cancel context.CancelCauseFunc) context.CancelCauseFunc {
	if cancel == nil || !rt.Recording() {
		return cancel
	}
	return func(cause error) { rt.From(s, func() { cancel(cause) }) }
}

// AfterFunc is context.AfterFunc.
func AfterFunc(s uint32, ctx context.Context, f func()) (stop func() bool) {
	switch {
	case f == nil || !rt.Controlled() && !rt.Recording():
		return context.AfterFunc(ctx, f)
	case rt.Controlled():
		return afterFunc(s, ctx, f)
	}
	l := control.NewLater(s, f)
	l.Ask()
	stopped := context.AfterFunc(ctx, l.Run)
	return func() bool {
		ok := stopped()
		if ok {
			l.CallOff()
		}
		return ok
	}
}
