package library

// What a program asks about itself. In a controlled run the answers are the same
// on every machine.
var processFunctions = map[string]Function{
	"runtime.NumGoroutine": {Fn: "NumGoroutine", Bare: true},
	"runtime.GOMAXPROCS":   {Fn: "GOMAXPROCS", Bare: true},
	"runtime.NumCPU":       {Fn: "NumCPU", Bare: true},
}
