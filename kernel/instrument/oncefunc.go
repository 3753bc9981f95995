package instrument

import "threading101/kernel/event"

// sync.OnceFunc and its relatives: a sync.Once in a function.
var onceFunctions = map[string]function{
	"sync.OnceFunc":   {op: event.OnceWant, fn: "OnceFunc"},
	"sync.OnceValue":  {op: event.OnceWant, fn: "OnceValue"},
	"sync.OnceValues": {op: event.OnceWant, fn: "OnceValues"},
}
