// Package rtfmt has fmt's functions that print, noting what goes to the
// standard streams. It is apart from rt so that only programs that use fmt are
// linked with it.
package rtfmt

import (
	"fmt"
	"io"

	"threading101/kernel/rt"
	"threading101/kernel/rt/rtos"
)

// Print is fmt.Print.
func Print(s uint32, a ...any) (int, error) {
	if !rt.Prints() {
		return fmt.Print(a...)
	}
	look(s, a)
	return rtos.WriteString(s, rtos.Stdout(), fmt.Sprint(a...))
}

// Println is fmt.Println.
func Println(s uint32, a ...any) (int, error) {
	if !rt.Prints() {
		return fmt.Println(a...)
	}
	look(s, a)
	return rtos.WriteString(s, rtos.Stdout(), fmt.Sprintln(a...))
}

// Printf is fmt.Printf.
func Printf(s uint32, format string, a ...any) (int, error) {
	if !rt.Prints() {
		return fmt.Printf(format, a...)
	}
	look(s, a)
	return rtos.WriteString(s, rtos.Stdout(), fmt.Sprintf(format, a...))
}

// Fprint is fmt.Fprint.
func Fprint(s uint32, w io.Writer, a ...any) (int, error) {
	if f := rtos.Standard(w); f != nil {
		look(s, a)
		return rtos.WriteString(s, f, fmt.Sprint(a...))
	}
	return fmt.Fprint(w, a...)
}

// Fprintln is fmt.Fprintln.
func Fprintln(s uint32, w io.Writer, a ...any) (int, error) {
	if f := rtos.Standard(w); f != nil {
		look(s, a)
		return rtos.WriteString(s, f, fmt.Sprintln(a...))
	}
	return fmt.Fprintln(w, a...)
}

// Fprintf is fmt.Fprintf.
func Fprintf(s uint32, w io.Writer, format string, a ...any) (int, error) {
	if f := rtos.Standard(w); f != nil {
		look(s, a)
		return rtos.WriteString(s, f, fmt.Sprintf(format, a...))
	}
	return fmt.Fprintf(w, format, a...)
}
