package library

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/rewrite/draft"
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

func printRows() map[string]Function {
	rows := map[string]Function{
		"fmt.Print":     {op: event.Print, Fn: "Print", from: draft.PathFmt, spread: "All", bind: true},
		"fmt.Println":   {op: event.Print, Fn: "Println", from: draft.PathFmt, spread: "All", bind: true},
		"fmt.Printf":    {op: event.Print, Fn: "Printf", from: draft.PathFmt, bind: true},
		"fmt.Fprint":    {op: event.Print, Fn: "Fprint", from: draft.PathFmt, bind: true},
		"fmt.Fprintln":  {op: event.Print, Fn: "Fprintln", from: draft.PathFmt, bind: true},
		"fmt.Fprintf":   {op: event.Print, Fn: "Fprintf", from: draft.PathFmt, bind: true},
		"syscall.Write": {op: event.Print, Fn: "Syscall", from: draft.PathOS, bind: true},
		"log.Writer":    {Fn: "Writer", from: draft.PathLog, Bare: true},
	}
	for _, name := range strings.Fields(logNames) {
		rows["log."+name] = Function{op: event.Print, Fn: name, from: draft.PathLog, bind: true}
	}
	for _, name := range strings.Fields(slogNames) {
		rows["log/slog."+name] = Function{op: event.Print, Fn: name, from: draft.PathSlog, bind: true}
	}
	for _, name := range []string{"SetDefault", "NewLogLogger"} {
		rows["log/slog."+name] = Function{Fn: name, from: draft.PathSlog, Bare: true}
	}
	return rows
}

func printMethodRows() map[string]method {
	rows := map[string]method{
		"(*os.File).Write":       {op: event.Print, Fn: "Write", from: draft.PathOS, own: true},
		"(*os.File).WriteString": {op: event.Print, Fn: "WriteString", from: draft.PathOS, own: true},
		"(*os.File).ReadFrom":    {op: event.Print, Fn: "ReadFrom", from: draft.PathOS, own: true},
		"(*os.File).Close":       {op: event.Print, Fn: "Close", from: draft.PathOS, own: true},
		"(*log.Logger).Writer":   {Fn: "LoggerWriter", from: draft.PathLog, own: true},
	}
	for _, name := range strings.Fields(logNames) {
		rows["(*log.Logger)."+name] = method{op: event.Print, Fn: "Logger" + name, from: draft.PathLog, own: true}
	}
	for _, name := range strings.Fields(slogNames) {
		rows["(*log/slog.Logger)."+name] = method{op: event.Print, Fn: "Logger" + name, from: draft.PathSlog, own: true}
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

// Announce wraps a method of those, as it is called or as a value:
//
//	e.Encode(v)   becomes   rt.Announced1R1(7, e.Encode)(v)
func Announce(r *draft.Rewriting, e *ast.SelectorExpr, s *types.Selection) {
	if fn := announced[s.Obj().(*types.Func).FullName()]; fn != "" {
		r.Wrap(e, fmt.Sprintf("%s(%d, ", r.RT(fn), r.Sites.Site(event.Print, e.Sel.Pos(), "")), ")")
	}
}
