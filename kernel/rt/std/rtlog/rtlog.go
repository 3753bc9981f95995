// Package rtlog has log's functions, and the methods of its loggers, noting what
// goes to the standard streams.
package rtlog

import (
	"io"
	"log"
	"os"

	"threading101/kernel/rt"
	"threading101/kernel/rt/std/rtfmt"
	"threading101/kernel/rt/std/rtos"
)

// Who logs without the learner's calling log, as package slog does unless told
// otherwise, gets a stream as well.
func init() {
	if rt.Prints() {
		Reset()
		rt.EachRun(Reset)
	}
}

// Reset makes the standard logger what it is when a program begins.
func Reset() {
	log.SetFlags(log.LstdFlags)
	log.SetPrefix("")
	log.SetOutput(rtos.Writer(0, os.Stderr))
}

// depth makes log name the line of the learner's call, as it does in the plain
// program when asked to.
const depth = 3

// Print is log.Print.
func Print(s uint32, v ...any) {
	if l := log.Default(); !discards(l) {
		output(s, l, depth, rtfmt.Sprint(v...))
	}
}

// Println is log.Println.
func Println(s uint32, v ...any) {
	if l := log.Default(); !discards(l) {
		output(s, l, depth, rtfmt.Sprintln(v...))
	}
}

// Printf is log.Printf.
func Printf(s uint32, format string, v ...any) {
	if l := log.Default(); !discards(l) {
		output(s, l, depth, rtfmt.Sprintf(format, v...))
	}
}

// Output is log.Output.
func Output(s uint32, calldepth int, text string) error {
	return output(s, log.Default(), calldepth+1, text)
}

// Fatal is log.Fatal.
func Fatal(s uint32, v ...any) {
	output(s, log.Default(), depth, rtfmt.Sprint(v...))
	os.Exit(rt.Exit(s, 1))
}

// Fatalln is log.Fatalln.
func Fatalln(s uint32, v ...any) {
	output(s, log.Default(), depth, rtfmt.Sprintln(v...))
	os.Exit(rt.Exit(s, 1))
}

// Fatalf is log.Fatalf.
func Fatalf(s uint32, format string, v ...any) {
	output(s, log.Default(), depth, rtfmt.Sprintf(format, v...))
	os.Exit(rt.Exit(s, 1))
}

// Panic is log.Panic.
func Panic(s uint32, v ...any) {
	text := rtfmt.Sprint(v...)
	output(s, log.Default(), depth, text)
	panic(text)
}

// Panicln is log.Panicln.
func Panicln(s uint32, v ...any) {
	text := rtfmt.Sprintln(v...)
	output(s, log.Default(), depth, text)
	panic(text)
}

// Panicf is log.Panicf.
func Panicf(s uint32, format string, v ...any) {
	text := rtfmt.Sprintf(format, v...)
	output(s, log.Default(), depth, text)
	panic(text)
}

// Writer is log.Writer.
func Writer() io.Writer { return rtos.Plain(log.Writer()) }

// discards says whether what is logged goes nowhere: then it is not even looked at.
func discards(l *log.Logger) bool { return l.Writer() == io.Discard }

// output has a logger write text. Loggers hold a mutex while they write, so it is
// announced before, without the date and the time that go before it.
func output(s uint32, l *log.Logger, calldepth int, text string) error {
	w := l.Writer()
	if !rt.Prints() || w == io.Discard {
		return l.Output(calldepth, text)
	}
	f := rtos.Standard(w)
	if !rt.Controlled() && f != nil { // others log at the same time: the logger's own mutex keeps its lines whole
		defer rtos.Begin(s, f, text)()
		if rt.Quiet() {
			return nil
		}
		return plainly(l, w, calldepth, text)
	}
	defer rt.Announce(s, text)()
	if f != nil {
		w = rtos.Writer(s, f)
	} else if l.Flags()&stamps == 0 || !rt.Controlled() {
		return l.Output(calldepth, text)
	}
	before, flags, text := stamped(l, text)
	return log.New(w, before, flags).Output(calldepth, text)
}

// plainly has a logger write without a stream, which would note the text again.
func plainly(l *log.Logger, w io.Writer, calldepth int, text string) error {
	if plain := rtos.Plain(w); plain != w {
		return log.New(plain, l.Prefix(), l.Flags()).Output(calldepth+1, text)
	}
	return l.Output(calldepth+1, text)
}

// stamps are the flags that ask for the time.
const stamps = log.Ldate | log.Ltime | log.Lmicroseconds

// stamped is what a logger needs to write as l would on the clock of a controlled
// run: prefix, flags, text.
func stamped(l *log.Logger, text string) (before string, flags int, after string) {
	flags, prefix := l.Flags(), l.Prefix()
	if flags&stamps == 0 || !rt.Controlled() {
		return prefix, flags, text
	}
	if flags&log.Lmsgprefix != 0 {
		return Stamp(flags), flags &^ (stamps | log.Lmsgprefix), prefix + text
	}
	return prefix + Stamp(flags), flags &^ stamps, text
}

// Stamp is the date and the time that a logger with these flags writes.
func Stamp(flags int) (text string) {
	now := rt.Clock()
	if flags&log.Ldate != 0 {
		text += now.Format("2006/01/02 ")
	}
	switch {
	case flags&log.Lmicroseconds != 0:
		text += now.Format("15:04:05.000000 ")
	case flags&log.Ltime != 0:
		text += now.Format("15:04:05 ")
	}
	return text
}
