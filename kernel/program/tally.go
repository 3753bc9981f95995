package program

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"threading101/kernel/model"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// tallies count what the reruns of each cell came to.
type tallies struct {
	mu sync.Mutex
	of map[string][]learning.Tallied // by cell, code and clock
}

// What is remembered: of so many cells, and so many different results of each.
const (
	mostTallied = 500
	mostResults = 100
)

// add counts what a run came to and returns all that the runs of the same cell and code
// came to, most frequent first.
func (t *tallies) add(key, result string) []learning.Tallied {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of == nil || len(t.of) > mostTallied {
		t.of = map[string][]learning.Tallied{}
	}
	all := t.of[key]
	one := learning.Tallied{Result: result}
	i := indexOf(all, one)
	if i < 0 && len(all) >= mostResults {
		one = learning.Tallied{Others: true}
		i = indexOf(all, one)
	}
	if i < 0 {
		i, all = len(all), append(all, one)
	}
	all[i].Runs++
	t.of[key] = all
	return slices.SortedStableFunc(slices.Values(all), func(a, b learning.Tallied) int { return cmp.Compare(b.Runs, a.Runs) })
}

func indexOf(all []learning.Tallied, one learning.Tallied) int {
	return slices.IndexFunc(all, func(t learning.Tallied) bool { return t.Result == one.Result && t.Others == one.Others })
}

// tally says what this run and the cell's runs before came to, with the same code: those
// whose schedule was a new one each time, as far as there are words for what they came to.
// A run that %end ends is another than those that wait for the next cell.
func (c *Cell) tally(course Course, x *model.Execution, p *Program) string {
	if x == nil || x.Mode != model.Controlled || c.token != nil || c.Seed != nil || c.End || course.Token != nil {
		return ""
	}
	result := c.result(x)
	if result == "" {
		return ""
	}
	return learning.Tally(c.Session.tallies.add(strings.Join([]string{c.ID, p.Built.Code, x.Clock}, "\x00"), result))
}

// The most that is tallied of what a program prints.
const (
	mostLines  = 3
	mostLetter = 60
)

// result is what a run came to, in a few words: the values that were asked for, what was
// printed if that is short, or how the run failed; "" if that would take too many.
func (c *Cell) result(x *model.Execution) string {
	switch printed := strings.TrimSpace(c.printed(x)); {
	case failed(x.Status):
		return string(x.Status)
	case len(c.Orders.Values) > 0:
		return words.Plain(strings.Join(x.Values[:min(len(x.Values), len(c.Orders.Values))], ", "), mostLetter)
	case len(printed) > mostLetter || strings.Count(printed, "\n") >= mostLines:
		return ""
	default:
		return words.Plain(strings.ReplaceAll(printed, "\n", " / "), mostLetter)
	}
}

func (c *Cell) printed(x *model.Execution) string {
	if c.Printed != nil {
		return c.Printed()
	}
	return x.Stdout
}

// failed says whether a run is told by how it ended, and not by what it printed.
func failed(s model.Status) bool {
	return !slices.Contains([]model.Status{model.OK, model.CutOff, model.Leak, model.Waiting}, s)
}
