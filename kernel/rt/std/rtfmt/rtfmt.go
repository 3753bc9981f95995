// Package rtfmt has fmt's functions that print, noting what goes to the
// standard streams. It is apart from rt so that only programs that use fmt are
// linked with it.
package rtfmt

import (
	"fmt"
	"io"

	"threading101/kernel/rt"
	"threading101/kernel/rt/std/rtos"
)

// Print is fmt.Print.
func Print(s uint32, a ...any) (int, error) {
	if !rt.Prints() {
		return fmt.Print(a...)
	}
	return rtos.WriteString(s, rtos.Stdout(), fmt.Sprint(looked(s, a)...))
}

// Println is fmt.Println.
func Println(s uint32, a ...any) (int, error) {
	if !rt.Prints() {
		return fmt.Println(a...)
	}
	return rtos.WriteString(s, rtos.Stdout(), fmt.Sprintln(looked(s, a)...))
}

// Printf is fmt.Printf.
func Printf(s uint32, format string, a ...any) (int, error) {
	if !rt.Prints() {
		return fmt.Printf(format, a...)
	}
	return rtos.WriteString(s, rtos.Stdout(), fmt.Sprintf(format, lookedFor(s, format, a)...))
}

// Fprint is fmt.Fprint.
func Fprint(s uint32, w io.Writer, a ...any) (int, error) {
	if f := rtos.Noted(w); f != nil {
		return rtos.WriteString(s, f, fmt.Sprint(looked(s, a)...))
	}
	return fmt.Fprint(w, looked(0, a)...)
}

// Fprintln is fmt.Fprintln.
func Fprintln(s uint32, w io.Writer, a ...any) (int, error) {
	if f := rtos.Noted(w); f != nil {
		return rtos.WriteString(s, f, fmt.Sprintln(looked(s, a)...))
	}
	return fmt.Fprintln(w, looked(0, a)...)
}

// Fprintf is fmt.Fprintf.
func Fprintf(s uint32, w io.Writer, format string, a ...any) (int, error) {
	if f := rtos.Noted(w); f != nil {
		return rtos.WriteString(s, f, fmt.Sprintf(format, lookedFor(s, format, a)...))
	}
	return fmt.Fprintf(w, format, lookedFor(0, format, a)...)
}
