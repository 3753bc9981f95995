package library

import "threading101/kernel/event"

// sync.Pool. Putting something in and getting it out orders two goroutines as
// writing and reading an atomic variable does, and is noted so.
var poolMethods = map[string]method{
	"(*sync.Pool).Get": {op: event.AtomicSwap, Fn: "PoolGet", value: "PoolGetFunc"},
	"(*sync.Pool).Put": {op: event.AtomicStore, Fn: "PoolPut", value: "PoolPutFunc"},
}
