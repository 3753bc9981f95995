package magic

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// seedDigits is how long a seed can be: that of the largest 64-bit number.
const seedDigits = 20

func setSeed(c *Cell, d Directive) error {
	text := d.Args[0]
	seed, err := strconv.ParseUint(text, 10, 64)
	switch {
	case err == nil && seed > 0 && len(text) <= seedDigits && text[0] != '+':
		c.Seed = &seed
		return nil
	case strings.HasPrefix(strings.ToLower(text), tokenSign):
		return d.fail(words.MagicBadSeed(text), words.MagicSeedIsToken)
	case err != nil && isDigits(text):
		return d.fail(words.MagicBadSeed(text), words.MagicSeedTooLarge)
	}
	return d.fail(words.MagicBadSeed(text), "")
}

// tokenSign is how all tokens begin, whatever their version.
const tokenSign = "t"

func isDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// setReplay takes the token as it is: what it says is for who runs the cell. A
// token that was broken over lines and put together again may hold blanks.
func setReplay(c *Cell, d Directive) error {
	var args []string
	for i, arg := range d.Args {
		switch option := strings.TrimLeft(arg, dashes); {
		case option == lenient && i == 0:
			c.Lenient = true
		case option == quiz && option != arg:
			c.Quiz = true
		default:
			args = append(args, arg)
		}
	}
	if len(args) == 0 {
		return d.fail(words.MagicUsage(d.Name, replayUsage), "")
	}
	c.Replay = strings.Join(args, "")
	if isDigits(c.Replay) {
		return d.fail(words.MagicSeedAsToken(c.Replay), words.MagicTokenIsSeed)
	}
	return nil
}

// replayUsage is what follows %replay.
const replayUsage = "[-lenient] TOKEN [-quiz]"

// dashes are what programs make of the one that was typed.
const dashes = "-‐‑‒–—−"

// The options of %replay: for code that was changed since, and to be asked for values,
// behind whatever kind of dash.
const (
	lenient = "lenient"
	quiz    = "quiz"
)

func setClock(c *Cell, d Directive) error {
	switch d.Args[0] {
	case "virtual", "free":
		c.Clock = d.Args[0]
		return nil
	}
	return d.fail(words.MagicBadClock(d.Args[0]), words.ClockHint)
}

func setDiff(c *Cell, d Directive) error {
	if len(d.Args) == 1 {
		return d.fail(words.MagicDiffOne, "")
	}
	c.Diff = d.Args
	return nil
}

// clashes are the words that exclude each other, and what to do about them.
var clashes = []struct{ a, b, hint string }{
	{"seed", "replay", words.MagicSeedOrReplay},
	{"clock", "replay", words.MagicReplayOrClock},
	{"seed", "real", words.MagicRealIsFree},
	{"seed", "race", words.MagicRealIsFree},
	{"replay", "real", words.MagicRealIsFree},
	{"replay", "race", words.MagicRealIsFree},
	{"clock", "real", words.MagicRealIsFree},
	{"clock", "race", words.MagicRealIsFree},
	{"explore", "seed", words.ExploreOrSeed("explore")},
	{"explore", "replay", words.ExploreOrReplay("explore")},
	{"explore", "real", words.ExploreOrReal("explore")},
	{"explore", "race", words.ExploreOrRace("explore")},
	{"explore", "diff", words.ExploreOrDiff("explore")},
	{"check", "seed", words.ExploreOrSeed("check")},
	{"check", "replay", words.ExploreOrReplay("check")},
	{"check", "real", words.ExploreOrReal("check")},
	{"check", "race", words.ExploreOrRace("check")},
	{"check", "diff", words.ExploreOrDiff("check")},
	{"step", "explore", words.StepAlone},
	{"step", "check", words.StepAlone},
	{"step", "predict", words.StepAlone},
	{"step", "seed", words.StepDecides},
	{"step", "replay", words.StepFromToken},
	{"step", "real", words.StepDecides},
	{"step", "race", words.StepDecides},
}

// contradiction finds words that cannot stand in one cell: the error is at the
// one that comes last. commands are GoNB's in the cell.
func (c *Cell) contradiction(commands []string) error {
	at := map[string]Directive{}
	for _, d := range c.Directives {
		if _, twice := at[d.Name]; twice && once[d.Name] {
			return d.fail(words.MagicTwice(d.Name), words.MagicTwiceHint)
		}
		at[d.Name] = d
	}
	for _, clash := range clashes {
		a, isA := at[clash.a]
		b, isB := at[clash.b]
		if isA && isB {
			return later(a, b).fail(words.MagicClash(clash.a, clash.b), clash.hint)
		}
	}
	if d, ok := at["procs"]; ok && !c.Real && !c.Race {
		return d.fail(words.MagicProcsAlone, words.MagicProcsIsReal)
	}
	if err := c.unmeasurable(at, commands); err != nil {
		return err
	}
	if err := c.ungradable(at); err != nil {
		return err
	}
	return c.unexplorable(commands)
}

// once are the words of which a cell has one at most.
var once = map[string]bool{"seed": true, "replay": true, "clock": true, "procs": true, "diff": true, "explore": true, "step": true, "real": true}

func later(a, b Directive) Directive {
	if a.Line > b.Line {
		return a
	}
	return b
}

// Line returns the line of the first directive of that name, 0 if there is none.
func (c Cell) Line(name string) int {
	for _, d := range c.Directives {
		if d.Name == name {
			return d.Line
		}
	}
	return 0
}
