package magic

import (
	"strings"

	"threading101/kernel/words"
)

// Export is what %export asks for.
type Export struct {
	Token string // "": the last run's
	File  string // where to write it; "": it is shown
}

func setExport(c *Cell, d Directive) error {
	c.Export = &Export{}
	for _, arg := range d.Args {
		switch {
		case strings.HasSuffix(arg, ".go") && c.Export.File == "":
			c.Export.File = arg
		case c.Export.Token == "" && !strings.HasSuffix(arg, ".go"):
			c.Export.Token = arg
		default:
			return d.fail(words.MagicBadExport(arg), "")
		}
	}
	return nil
}
