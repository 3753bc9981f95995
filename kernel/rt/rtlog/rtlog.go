// Package rtlog has log's functions, noting what goes to the standard streams.
package rtlog

import (
	"fmt"
	"log"
	"os"

	"threading101/kernel/rt"
	"threading101/kernel/rt/rtos"
)

// depth makes log name the line of the learner's call, as it does in the plain
// program when asked to.
const depth = 3

// Print is log.Print.
func Print(s uint32, v ...any) { output(s, fmt.Sprint(v...)) }

// Println is log.Println.
func Println(s uint32, v ...any) { output(s, fmt.Sprintln(v...)) }

// Printf is log.Printf.
func Printf(s uint32, format string, v ...any) { output(s, fmt.Sprintf(format, v...)) }

// Fatal is log.Fatal.
func Fatal(s uint32, v ...any) {
	output(s, fmt.Sprint(v...))
	os.Exit(rt.Exit(s, 1))
}

// Fatalln is log.Fatalln.
func Fatalln(s uint32, v ...any) {
	output(s, fmt.Sprintln(v...))
	os.Exit(rt.Exit(s, 1))
}

// Fatalf is log.Fatalf.
func Fatalf(s uint32, format string, v ...any) {
	output(s, fmt.Sprintf(format, v...))
	os.Exit(rt.Exit(s, 1))
}

// Panic is log.Panic.
func Panic(s uint32, v ...any) {
	text := fmt.Sprint(v...)
	output(s, text)
	panic(text)
}

// Panicln is log.Panicln.
func Panicln(s uint32, v ...any) {
	text := fmt.Sprintln(v...)
	output(s, text)
	panic(text)
}

// Panicf is log.Panicf.
func Panicf(s uint32, format string, v ...any) {
	text := fmt.Sprintf(format, v...)
	output(s, text)
	panic(text)
}

// output notes the message without the date and the time that log puts before
// it, and has log write it.
func output(s uint32, text string) {
	if f := rtos.Standard(log.Writer()); f != nil {
		defer rtos.Begin(s, f, text)()
		if rt.Quiet() {
			return
		}
	}
	if rt.Controlled() && log.Flags()&stamps != 0 {
		l, text := stamped(text)
		l.Output(depth, text)
		return
	}
	log.Output(depth, text)
}

// stamps are the flags that ask for the time.
const stamps = log.Ldate | log.Ltime | log.Lmicroseconds

// stamped returns a logger that writes as the standard one would on the clock of
// the controlled run, and what to give it for text.
func stamped(text string) (*log.Logger, string) {
	flags, prefix := log.Flags(), log.Prefix()
	before := prefix + stamp(flags)
	if flags&log.Lmsgprefix != 0 {
		before, text = stamp(flags), prefix+text
	}
	return log.New(log.Writer(), before, flags&^(stamps|log.Lmsgprefix)), text
}

func stamp(flags int) (text string) {
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
