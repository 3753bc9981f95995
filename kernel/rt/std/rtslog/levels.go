package rtslog

import (
	"context"
	"log/slog"
)

// Debug is slog.Debug.
func Debug(s uint32, msg string, args ...any) {
	log(s, slog.Default(), nil, slog.LevelDebug, msg, args)
}

// DebugContext is slog.DebugContext.
func DebugContext(s uint32, ctx context.Context, msg string, args ...any) {
	log(s, slog.Default(), ctx, slog.LevelDebug, msg, args)
}

// LoggerDebug is l.Debug.
func LoggerDebug(s uint32, l *slog.Logger, msg string, args ...any) {
	log(s, l, nil, slog.LevelDebug, msg, args)
}

// LoggerDebugContext is l.DebugContext.
func LoggerDebugContext(s uint32, l *slog.Logger, ctx context.Context, msg string, args ...any) {
	log(s, l, ctx, slog.LevelDebug, msg, args)
}

// Info is slog.Info.
func Info(s uint32, msg string, args ...any) { log(s, slog.Default(), nil, slog.LevelInfo, msg, args) }

// InfoContext is slog.InfoContext.
func InfoContext(s uint32, ctx context.Context, msg string, args ...any) {
	log(s, slog.Default(), ctx, slog.LevelInfo, msg, args)
}

// LoggerInfo is l.Info.
func LoggerInfo(s uint32, l *slog.Logger, msg string, args ...any) {
	log(s, l, nil, slog.LevelInfo, msg, args)
}

// LoggerInfoContext is l.InfoContext.
func LoggerInfoContext(s uint32, l *slog.Logger, ctx context.Context, msg string, args ...any) {
	log(s, l, ctx, slog.LevelInfo, msg, args)
}

// Warn is slog.Warn.
func Warn(s uint32, msg string, args ...any) { log(s, slog.Default(), nil, slog.LevelWarn, msg, args) }

// WarnContext is slog.WarnContext.
func WarnContext(s uint32, ctx context.Context, msg string, args ...any) {
	log(s, slog.Default(), ctx, slog.LevelWarn, msg, args)
}

// LoggerWarn is l.Warn.
func LoggerWarn(s uint32, l *slog.Logger, msg string, args ...any) {
	log(s, l, nil, slog.LevelWarn, msg, args)
}

// LoggerWarnContext is l.WarnContext.
func LoggerWarnContext(s uint32, l *slog.Logger, ctx context.Context, msg string, args ...any) {
	log(s, l, ctx, slog.LevelWarn, msg, args)
}

// Error is slog.Error.
func Error(s uint32, msg string, args ...any) {
	log(s, slog.Default(), nil, slog.LevelError, msg, args)
}

// ErrorContext is slog.ErrorContext.
func ErrorContext(s uint32, ctx context.Context, msg string, args ...any) {
	log(s, slog.Default(), ctx, slog.LevelError, msg, args)
}

// LoggerError is l.Error.
func LoggerError(s uint32, l *slog.Logger, msg string, args ...any) {
	log(s, l, nil, slog.LevelError, msg, args)
}

// LoggerErrorContext is l.ErrorContext.
func LoggerErrorContext(s uint32, l *slog.Logger, ctx context.Context, msg string, args ...any) {
	log(s, l, ctx, slog.LevelError, msg, args)
}
