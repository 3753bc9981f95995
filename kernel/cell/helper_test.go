package cell

import (
	"go/format"
	"strconv"
)

// gofmt formats a file; false if it does not parse.
func gofmt(text string) ([]byte, bool) {
	out, err := format.Source([]byte(text))
	return out, err == nil
}

func itoa(n int) string { return strconv.Itoa(n) }
