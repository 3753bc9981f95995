package magic

import (
	"go/parser"
	"slices"
	"strconv"
	"strings"
	"time"

	"threading101/kernel/words"
)

// MostBudget is for how long can be searched: longer nobody waits in a lesson.
const MostBudget = 10 * time.Minute

// Budget reads a time to search: a duration, or a number of seconds.
func Budget(text string) (d time.Duration, ok bool) {
	d, err := time.ParseDuration(text)
	if seconds, errNumber := strconv.ParseFloat(text, 64); errNumber == nil {
		if !(seconds > 0 && seconds <= MostBudget.Seconds()) { // false of what is not a number, too
			return 0, false
		}
		d, err = time.Duration(seconds*float64(time.Second)), nil
	}
	return d, err == nil && d > 0 && d <= MostBudget
}

func setExplore(c *Cell, d Directive) error {
	c.Explore = true
	if len(d.Args) == 0 {
		return nil
	}
	budget, ok := Budget(d.Args[0])
	if !ok {
		return d.fail(words.ExploreBadBudget("%explore", d.Args[0], MostBudget), words.ExploreBudgetHint)
	}
	c.Budget = budget
	return nil
}

func setOutcome(c *Cell, d Directive) error {
	for _, expr := range d.Args {
		switch _, err := parser.ParseExpr(expr); {
		case err != nil:
			return d.fail(words.OutcomeNoExpression(expr), words.OutcomeHint)
		case slices.Contains(c.Values, expr):
			return d.fail(words.OutcomeTwice(expr), "")
		}
		c.Values = append(c.Values, expr)
	}
	return nil
}

// takesGo are the words whose arguments are Go: blanks within quotes and
// brackets belong to them.
var takesGo = map[string]bool{"outcome": true, "check": true}

// goFields splits a text at blanks outside quotes and brackets. open is what was
// opened and not closed, "" if nothing was.
func goFields(text string) (fields []string, open string) {
	var inside []byte // the brackets that are open
	start := -1
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case (c == ' ' || c == '\t') && len(inside) == 0:
			if start >= 0 {
				fields, start = append(fields, text[start:i]), -1
			}
			continue
		case c == '"' || c == '\'' || c == '`':
			n := literal(text[i:])
			if n == 0 {
				return nil, string(c)
			}
			if start < 0 {
				start = i
			}
			i += n - 1
		case strings.IndexByte("([{", c) >= 0:
			inside = append(inside, c)
		case len(inside) > 0 && closes(inside[len(inside)-1], c):
			inside = inside[:len(inside)-1]
		}
		if start < 0 {
			start = i
		}
	}
	if len(inside) > 0 {
		return nil, string(inside[0])
	}
	if start >= 0 {
		fields = append(fields, text[start:])
	}
	return fields, ""
}

// literal returns the length of the string or rune at the start of text, 0 if it
// does not end.
func literal(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[0] != '`':
			i++
		case text[i] == text[0]:
			return i + 1
		}
	}
	return 0
}

func closes(open, c byte) bool {
	return open == '(' && c == ')' || open == '[' && c == ']' || open == '{' && c == '}'
}

// unexplorable finds a command of GoNB's that takes the run out of our hands in
// a cell that is to be explored.
func (c *Cell) unexplorable(commands []string) error {
	for _, d := range c.Directives {
		if d.Name != "explore" && d.Name != "check" && d.Name != "step" {
			continue
		}
		for _, command := range commands {
			switch command {
			case "test", "wasm", "capture", "with_inputs", "with_password":
				return d.fail(words.ExploreWithCommand(d.Name, command), words.ExploreCommandHint(command))
			}
		}
	}
	return nil
}

// All returns the directives of that name, in order.
func (c Cell) All(name string) []Directive {
	var all []Directive
	for _, d := range c.Directives {
		if d.Name == name {
			all = append(all, d)
		}
	}
	return all
}
