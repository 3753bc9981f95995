package instrument

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
)

// fmt, log and log/slog, where they write to a standard stream, and writing to one
// directly. The text that comes out is the same.
var (
	printFunctions = printRows()
	printMethods   = printMethodRows()
)

// Names of functions that print, by package. log.Default and slog.Default have
// methods of the same names.
const (
	logNames  = "Print Println Printf Panic Panicln Panicf Fatal Fatalln Fatalf Output"
	slogNames = "Debug Info Warn Error DebugContext InfoContext WarnContext ErrorContext Log LogAttrs"
)

func printRows() map[string]function {
	rows := map[string]function{
		"fmt.Print":     {op: event.Print, fn: "Print", from: pathFmt, spread: "All", bind: true},
		"fmt.Println":   {op: event.Print, fn: "Println", from: pathFmt, spread: "All", bind: true},
		"fmt.Printf":    {op: event.Print, fn: "Printf", from: pathFmt, bind: true},
		"fmt.Fprint":    {op: event.Print, fn: "Fprint", from: pathFmt, bind: true},
		"fmt.Fprintln":  {op: event.Print, fn: "Fprintln", from: pathFmt, bind: true},
		"fmt.Fprintf":   {op: event.Print, fn: "Fprintf", from: pathFmt, bind: true},
		"syscall.Write": {op: event.Print, fn: "Syscall", from: pathOS, bind: true},
		"log.Writer":    {fn: "Writer", from: pathLog, bare: true},
	}
	for _, name := range strings.Fields(logNames) {
		rows["log."+name] = function{op: event.Print, fn: name, from: pathLog, bind: true}
	}
	for _, name := range strings.Fields(slogNames) {
		rows["log/slog."+name] = function{op: event.Print, fn: name, from: pathSlog, bind: true}
	}
	for _, name := range []string{"SetDefault", "NewLogLogger"} {
		rows["log/slog."+name] = function{fn: name, from: pathSlog, bare: true}
	}
	return rows
}

func printMethodRows() map[string]method {
	rows := map[string]method{
		"(*os.File).Write":       {op: event.Print, fn: "Write", from: pathOS, own: true},
		"(*os.File).WriteString": {op: event.Print, fn: "WriteString", from: pathOS, own: true},
		"(*os.File).ReadFrom":    {op: event.Print, fn: "ReadFrom", from: pathOS, own: true},
		"(*os.File).Close":       {op: event.Print, fn: "Close", from: pathOS, own: true},
		"(*log.Logger).Writer":   {fn: "LoggerWriter", from: pathLog, own: true},
	}
	for _, name := range strings.Fields(logNames) {
		rows["(*log.Logger)."+name] = method{op: event.Print, fn: "Logger" + name, from: pathLog, own: true}
	}
	for _, name := range strings.Fields(slogNames) {
		rows["(*log/slog.Logger)."+name] = method{op: event.Print, fn: "Logger" + name, from: pathSlog, own: true}
	}
	return rows
}

// announced are the other methods that keep others out while they write.
var announced = map[string]string{
	"(*encoding/gob.Encoder).Encode":      "Announced1R1",
	"(*encoding/gob.Encoder).EncodeValue": "Announced1R1",
	"(log/slog.Handler).Handle":           "Announced2R1",
	"(*log/slog.TextHandler).Handle":      "Announced2R1",
	"(*log/slog.JSONHandler).Handle":      "Announced2R1",
}

// announce wraps a method of those, as it is called or as a value:
//
//	e.Encode(v)   becomes   rt.Announced1R1(7, e.Encode)(v)
func announce(r *rewriter, e *ast.SelectorExpr, s *types.Selection) {
	if fn := announced[s.Obj().(*types.Func).FullName()]; fn != "" {
		r.wrap(e, fmt.Sprintf("%s(%d, ", r.rt(fn), r.sites.site(event.Print, e.Sel.Pos(), "")), ")")
	}
}
