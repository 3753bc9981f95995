package rtlog

import (
	"io"
	"log"
	"os"

	"threading101/kernel/rt"
	"threading101/kernel/rt/std/rtfmt"
	"threading101/kernel/rt/std/rtos"
)

// The methods of a logger.

// LoggerPrint is l.Print.
func LoggerPrint(s uint32, l *log.Logger, v ...any) {
	if !discards(l) {
		output(s, l, depth, rtfmt.Sprint(v...))
	}
}

// LoggerPrintln is l.Println.
func LoggerPrintln(s uint32, l *log.Logger, v ...any) {
	if !discards(l) {
		output(s, l, depth, rtfmt.Sprintln(v...))
	}
}

// LoggerPrintf is l.Printf.
func LoggerPrintf(s uint32, l *log.Logger, format string, v ...any) {
	if !discards(l) {
		output(s, l, depth, rtfmt.Sprintf(format, v...))
	}
}

// LoggerFatal is l.Fatal.
func LoggerFatal(s uint32, l *log.Logger, v ...any) {
	output(s, l, depth, rtfmt.Sprint(v...))
	os.Exit(rt.Exit(s, 1))
}

// LoggerPanic is l.Panic.
func LoggerPanic(s uint32, l *log.Logger, v ...any) {
	text := rtfmt.Sprint(v...)
	output(s, l, depth, text)
	panic(text)
}

// LoggerFatalln is l.Fatalln.
func LoggerFatalln(s uint32, l *log.Logger, v ...any) {
	output(s, l, depth, rtfmt.Sprintln(v...))
	os.Exit(rt.Exit(s, 1))
}

// LoggerPanicln is l.Panicln.
func LoggerPanicln(s uint32, l *log.Logger, v ...any) {
	text := rtfmt.Sprintln(v...)
	output(s, l, depth, text)
	panic(text)
}

// LoggerFatalf is l.Fatalf.
func LoggerFatalf(s uint32, l *log.Logger, format string, v ...any) {
	output(s, l, depth, rtfmt.Sprintf(format, v...))
	os.Exit(rt.Exit(s, 1))
}

// LoggerPanicf is l.Panicf.
func LoggerPanicf(s uint32, l *log.Logger, format string, v ...any) {
	text := rtfmt.Sprintf(format, v...)
	output(s, l, depth, text)
	panic(text)
}

// LoggerOutput is l.Output.
func LoggerOutput(s uint32, l *log.Logger, calldepth int, text string) error {
	return output(s, l, calldepth+1, text)
}

// LoggerWriter is l.Writer.
func LoggerWriter(_ uint32, l *log.Logger) io.Writer { return rtos.Plain(l.Writer()) }
