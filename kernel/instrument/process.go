package instrument

// What a program asks about itself. In a controlled run the answers are the same
// on every machine.
var processFunctions = map[string]function{
	"runtime.NumGoroutine": {fn: "NumGoroutine", bare: true},
	"runtime.GOMAXPROCS":   {fn: "GOMAXPROCS", bare: true},
	"runtime.NumCPU":       {fn: "NumCPU", bare: true},
}
