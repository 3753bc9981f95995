package library

import (
	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
)

// Package context: what makes a context that can end. WithValue and
// WithoutCancel do nothing that a scheduler, or a picture, needs to know of.
var contextFunctions = map[string]Function{
	"context.WithCancel":        {op: event.Close, Fn: "WithCancel", bind: true, from: draft.PathContext, result: contextDone},
	"context.WithCancelCause":   {op: event.Close, Fn: "WithCancelCause", bind: true, from: draft.PathContext, result: contextDone},
	"context.WithDeadline":      {op: event.Close, Fn: "WithDeadline", bind: true, from: draft.PathContext, result: contextDone},
	"context.WithDeadlineCause": {op: event.Close, Fn: "WithDeadlineCause", bind: true, from: draft.PathContext, result: contextDone},
	"context.WithTimeout":       {op: event.Close, Fn: "WithTimeout", bind: true, from: draft.PathContext, result: contextDone},
	"context.WithTimeoutCause":  {op: event.Close, Fn: "WithTimeoutCause", bind: true, from: draft.PathContext, result: contextDone},
	"context.Cause":             {op: event.Ended, Fn: "Cause", bind: true, from: draft.PathContext},
	"context.AfterFunc":         {op: event.Go, Fn: "AfterFunc", bind: true, from: draft.PathContext, runs: 2},
}

// Whether a context has ended may be asked at any moment.
var contextMethods = map[string]method{
	"(context.Context).Err": {op: event.Ended, Fn: "Err", value: "ErrFunc", from: draft.PathContext},
}
