package library

import "threading101/kernel/event"

// sync.Once. For OnceFunc and its relatives see oncefunc.go.
var onceMethods = map[string]method{
	"(*sync.Once).Do": {op: event.OnceWant, Fn: "OnceDo", value: "OnceDoFunc"},
}
