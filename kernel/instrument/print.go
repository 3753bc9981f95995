package instrument

import "threading101/kernel/event"

// fmt and log, where they write to a standard stream, and writing to one
// directly. The text that comes out is the same.
var printFunctions = map[string]function{
	"fmt.Print":    {op: event.Print, fn: "Print", from: pathFmt, spread: "All"},
	"fmt.Println":  {op: event.Print, fn: "Println", from: pathFmt, spread: "All"},
	"fmt.Printf":   {op: event.Print, fn: "Printf", from: pathFmt},
	"fmt.Fprint":   {op: event.Print, fn: "Fprint", from: pathFmt},
	"fmt.Fprintln": {op: event.Print, fn: "Fprintln", from: pathFmt},
	"fmt.Fprintf":  {op: event.Print, fn: "Fprintf", from: pathFmt},
	"log.Print":    {op: event.Print, fn: "Print", from: pathLog},
	"log.Println":  {op: event.Print, fn: "Println", from: pathLog},
	"log.Printf":   {op: event.Print, fn: "Printf", from: pathLog},
	"log.Panic":    {op: event.Print, fn: "Panic", from: pathLog},
	"log.Panicln":  {op: event.Print, fn: "Panicln", from: pathLog},
	"log.Panicf":   {op: event.Print, fn: "Panicf", from: pathLog},
	"log.Fatal":    {op: event.Print, fn: "Fatal", from: pathLog},
	"log.Fatalln":  {op: event.Print, fn: "Fatalln", from: pathLog},
	"log.Fatalf":   {op: event.Print, fn: "Fatalf", from: pathLog},
}

var printMethods = map[string]method{
	"(*os.File).Write":       {op: event.Print, fn: "Write", from: pathOS},
	"(*os.File).WriteString": {op: event.Print, fn: "WriteString", from: pathOS},
}
