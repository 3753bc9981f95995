// Package rtslog has log/slog's functions, and the methods of its loggers, noting
// what goes to the standard streams. Handlers hold a mutex while they write, so
// each record is announced before its handler gets it.
package rtslog

import (
	"context"
	stdlog "log"
	"log/slog"
	"runtime"
	"time"

	"threading101/kernel/rt"
	"threading101/kernel/rt/std/rtlog"
)

// first is the default logger that a program begins with.
var first = slog.Default()

func init() {
	if rt.Prints() {
		rt.EachRun(func() {
			slog.SetDefault(first)
			slog.SetLogLoggerLevel(slog.LevelInfo)
			rtlog.Reset()
		})
	}
}

// Log is slog.Log.
func Log(s uint32, ctx context.Context, level slog.Level, msg string, args ...any) {
	log(s, slog.Default(), ctx, level, msg, args)
}

// LogAttrs is slog.LogAttrs.
func LogAttrs(s uint32, ctx context.Context, level slog.Level, msg string, attrs ...slog.Attr) {
	log(s, slog.Default(), ctx, level, msg, plain(attrs))
}

// LoggerLog is l.Log.
func LoggerLog(s uint32, l *slog.Logger, ctx context.Context, level slog.Level, msg string, args ...any) {
	log(s, l, ctx, level, msg, args)
}

// LoggerLogAttrs is l.LogAttrs.
func LoggerLogAttrs(s uint32, l *slog.Logger, ctx context.Context, level slog.Level, msg string, attrs ...slog.Attr) {
	log(s, l, ctx, level, msg, plain(attrs))
}

func plain(attrs []slog.Attr) []any {
	args := make([]any, len(attrs))
	for i, a := range attrs {
		args[i] = a
	}
	return args
}

// log is what all of slog's functions do, on the clock of a controlled run.
func log(s uint32, l *slog.Logger, ctx context.Context, level slog.Level, msg string, args []any) {
	if ctx == nil {
		ctx = context.Background()
	}
	if !l.Enabled(ctx, level) {
		return
	}
	var caller [1]uintptr
	runtime.Callers(3, caller[:]) // beyond this function and its caller
	r := slog.NewRecord(now(), level, msg, caller[0])
	r.Add(args...)
	defer rt.Announce(s, says(&r))()
	if rt.Controlled() && isFirst(l.Handler()) {
		defer withoutTime()()
	}
	l.Handler().Handle(ctx, r) // slog's functions drop the error as well
}

func now() time.Time {
	if rt.Controlled() {
		return rt.Clock()
	}
	return time.Now()
}

// says is a record in a picture: its time is that of the picture.
func says(r *slog.Record) string {
	if !rt.Controlled() {
		return ""
	}
	text := r.Level.String() + " " + r.Message
	r.Attrs(func(a slog.Attr) bool {
		text += " " + a.String()
		return true
	})
	return text + "\n"
}

// withoutTime has the standard logger, which the default handler writes to, put
// the clock of a controlled run in the place of its own, until the function it
// returns is called. Nobody else runs meanwhile.
func withoutTime() func() {
	flags, prefix := stdlog.Flags(), stdlog.Prefix()
	const stamps = stdlog.Ldate | stdlog.Ltime | stdlog.Lmicroseconds
	if flags&stamps == 0 || flags&stdlog.Lmsgprefix != 0 && prefix != "" {
		return func() {}
	}
	stdlog.SetFlags(flags &^ stamps)
	stdlog.SetPrefix(prefix + rtlog.Stamp(flags))
	return func() {
		stdlog.SetFlags(flags)
		stdlog.SetPrefix(prefix)
	}
}
