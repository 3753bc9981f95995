package magic

import (
	"slices"

	"threading101/kernel/words"
)

// modes are what %live takes.
var modes = []string{"on", "off", "auto"}

func setLive(c *Cell, d Directive) error {
	if !slices.Contains(modes, d.Args[0]) {
		return d.fail(words.MagicBadLive(d.Args[0]), words.MagicLiveHint)
	}
	c.Live = d.Args[0]
	return nil
}
