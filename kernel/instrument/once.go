package instrument

import "threading101/kernel/event"

// sync.Once. OnceFunc, OnceValue and OnceValues stay plain.
var onceMethods = map[string]method{
	"(*sync.Once).Do": {op: event.OnceWant, fn: "OnceDo", value: "OnceDoFunc"},
}
