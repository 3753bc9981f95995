package sequel

import "strings"

// nothing is a notebook of which nothing is known.
type nothing struct{}

func (nothing) Has(string) bool    { return false }
func (nothing) Results(string) int { return -1 }

// IsBare reports whether a cell, of which our own commands are blank, holds bare
// statements.
func IsBare(code string) bool { return bare(code, pieces(code)) }

// IsWhole reports whether a cell of bare statements can run as it is.
func IsWhole(code string) bool {
	c, faults := Read(0, code, nothing{})
	return c != nil && len(faults) == 0
}

// Around is the text that stands around the statements of a cell which continues a
// program: what is open above them, and what closes it below.
func Around(parts []Part) (above, below string) {
	if len(parts) == 0 {
		return "func main() {\n", "}\n"
	}
	text := Main(parts)
	open := strings.TrimRight(text, "}\n")
	return open + "\n{\n", text[len(open):] + "}\n"
}
