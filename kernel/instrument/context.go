package instrument

import "threading101/kernel/event"

// Package context: what makes a context that can end. WithValue and
// WithoutCancel do nothing that a scheduler, or a picture, needs to know of.
var contextFunctions = map[string]function{
	"context.WithCancel":        {op: event.Close, fn: "WithCancel", bind: true, from: pathContext, result: contextDone},
	"context.WithCancelCause":   {op: event.Close, fn: "WithCancelCause", bind: true, from: pathContext, result: contextDone},
	"context.WithDeadline":      {op: event.Close, fn: "WithDeadline", bind: true, from: pathContext, result: contextDone},
	"context.WithDeadlineCause": {op: event.Close, fn: "WithDeadlineCause", bind: true, from: pathContext, result: contextDone},
	"context.WithTimeout":       {op: event.Close, fn: "WithTimeout", bind: true, from: pathContext, result: contextDone},
	"context.WithTimeoutCause":  {op: event.Close, fn: "WithTimeoutCause", bind: true, from: pathContext, result: contextDone},
	"context.Cause":             {op: event.Ended, fn: "Cause", bind: true, from: pathContext},
	"context.AfterFunc":         {op: event.Go, fn: "AfterFunc", bind: true, from: pathContext, runs: 2},
}

// Whether a context has ended may be asked at any moment.
var contextMethods = map[string]method{
	"(context.Context).Err": {op: event.Ended, fn: "Err", value: "ErrFunc", from: pathContext},
}
