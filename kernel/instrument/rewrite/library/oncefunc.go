package library

import "threading101/kernel/event"

// sync.OnceFunc and its relatives: a sync.Once in a function.
var onceFunctions = map[string]Function{
	"sync.OnceFunc":   {op: event.OnceWant, Fn: "OnceFunc"},
	"sync.OnceValue":  {op: event.OnceWant, Fn: "OnceValue"},
	"sync.OnceValues": {op: event.OnceWant, Fn: "OnceValues"},
}
