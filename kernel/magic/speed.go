package magic

import (
	"strings"

	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// realUsage is what follows %real.
const realUsage = "[-procs 1,2,4]"

// The options of %real: either has the program measured.
const (
	procsOption  = "procs"
	repeatOption = "repeat"
)

// setReal takes the options behind whatever kind of dash, their values with blanks.
func setReal(c *Cell, d Directive) error {
	c.Real = true
	for i := 0; i < len(d.Args); {
		option, value, _ := strings.Cut(strings.TrimLeft(d.Args[i], dashes), "=")
		if !dashed(d.Args[i]) || option != procsOption && option != repeatOption {
			return d.fail(words.MagicBadRealOption(d.Args[i]), "")
		}
		for i++; i < len(d.Args) && !dashed(d.Args[i]); i++ {
			value += d.Args[i]
		}
		if err := c.measure(d, option, value); err != nil {
			return err
		}
	}
	return nil
}

// dashed reports whether a word begins with a dash.
func dashed(word string) bool { return strings.TrimLeft(word, dashes) != word }

// measure reads the value of an option.
func (c *Cell) measure(d Directive, option, value string) error {
	if c.Speed == nil {
		c.Speed = &speed.Wish{}
	}
	ok := false
	if option == procsOption {
		if c.Speed.Procs, ok = speed.ReadProcs(value); !ok {
			return d.fail(words.SpeedBadProcs(value, speed.MostValues, speed.MostProcs), "")
		}
		return nil
	}
	if c.Speed.Repeat, ok = speed.ReadRepeat(value); !ok {
		return d.fail(words.SpeedBadRepeat(value, speed.MostRepeat), "")
	}
	return nil
}

// unmeasured are the words that a cell which is measured cannot have.
var unmeasured = []struct{ name, hint string }{
	{"race", words.SpeedOrRace},
	{"procs", words.SpeedOrProcs},
	{"outcome", words.SpeedOrOutcome},
	{"diff", words.SpeedOrTokens},
	{"freeze", words.SpeedOrTokens},
	{"end", words.SpeedOrTokens},
	{"export", words.SpeedOrTokens},
}

// unmeasurable finds what takes the run out of our hands, or makes no sense, in a cell
// that is measured.
func (c *Cell) unmeasurable(at map[string]Directive, commands []string) error {
	if c.Speed == nil {
		return nil
	}
	for _, w := range unmeasured {
		if d, ok := at[w.name]; ok {
			return later(at["real"], d).fail(words.MagicClash("real -"+procsOption, w.name), w.hint)
		}
	}
	for _, command := range commands {
		switch command {
		case "test", "wasm", "capture", "with_inputs", "with_password":
			return at["real"].fail(words.SpeedCommand(command), "")
		}
	}
	return nil
}
