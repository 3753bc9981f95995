package magic

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

func setFreeze(c *Cell, _ Directive) error  { c.Freeze = true; return nil }
func setEnd(c *Cell, _ Directive) error     { c.End = true; return nil }
func setNew(c *Cell, _ Directive) error     { c.New = true; return nil }
func setProgram(c *Cell, _ Directive) error { c.Program = true; return nil }

func setRemove(c *Cell, d Directive) error {
	n, ok := cellNumber(d.Args[0])
	if !ok {
		return d.fail(words.MagicBadRemove(d.Args[0]), "")
	}
	c.Remove = n
	return nil
}

// cellNumber reads the number of a cell: 3, or [3] as it stands beside the cell.
func cellNumber(text string) (n int, ok bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	return n, err == nil && n > 0
}

// removesCell reports whether the words of a line take a cell out of the program.
// GoNB's command of the same name forgets a declaration, and is given a name.
func removesCell(fields []string) bool {
	if len(fields) != 2 || fields[0] != "rm" {
		return false
	}
	_, ok := cellNumber(fields[1])
	return ok
}
