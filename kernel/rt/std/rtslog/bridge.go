package rtslog

import (
	"context"
	stdlog "log"
	"log/slog"
	"reflect"
	"runtime"

	"threading101/kernel/rt"
)

// SetDefault is slog.SetDefault, which has the standard logger of package log
// write to the handler: on the clock of a controlled run.
func SetDefault(l *slog.Logger) {
	places := showsPlaces()
	slog.SetDefault(l)
	if rt.Controlled() && !isFirst(l.Handler()) {
		stdlog.SetOutput(&bridge{l.Handler(), level, places})
	}
}

// NewLogLogger is slog.NewLogLogger.
func NewLogLogger(h slog.Handler, level slog.Level) *stdlog.Logger {
	if !rt.Controlled() {
		return slog.NewLogLogger(h, level)
	}
	return stdlog.New(&bridge{h, func() slog.Level { return level }, showsPlaces()}, "", 0)
}

func showsPlaces() bool { return stdlog.Flags()&(stdlog.Lshortfile|stdlog.Llongfile) != 0 }

func isFirst(h slog.Handler) bool { return reflect.TypeOf(h) == reflect.TypeOf(first.Handler()) }

// level is that of what the standard logger writes. It can be read only by setting it.
func level() slog.Level {
	l := slog.SetLogLoggerLevel(slog.LevelInfo)
	slog.SetLogLoggerLevel(l)
	return l
}

// bridge makes records of what a logger writes, as slog's own does.
type bridge struct {
	h      slog.Handler
	level  func() slog.Level
	places bool
}

func (w *bridge) Write(line []byte) (int, error) {
	at := w.level()
	if !w.h.Enabled(context.Background(), at) {
		return 0, nil
	}
	var caller [1]uintptr
	if w.places {
		runtime.Callers(6, caller[:]) // beyond the logger, and rtlog
	}
	text := line
	if n := len(text); n > 0 && text[n-1] == '\n' {
		text = text[:n-1]
	}
	return len(line), w.h.Handle(context.Background(), slog.NewRecord(now(), at, string(text), caller[0]))
}
