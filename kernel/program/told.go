package program

import (
	"hash/fnv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// mostTold is how much is told of what a program printed.
const mostTold = 120

// Came is what the cell's run came to in one line: what was asked for or printed, or how
// the run failed.
func (c *Cell) Came() string {
	x := c.Result.Execution
	if short := c.result(x); short != "" {
		return short
	}
	if printed := strings.TrimSpace(c.printed(x)); printed != "" {
		return words.Plain(strings.ReplaceAll(printed, "\n", " / "), mostTold)
	}
	return string(x.Status)
}

// Examples are the names of what a run is an example of, what matters most first.
func Examples(x *model.Execution) (names []string) {
	for _, k := range explain.Kinds(x) {
		if !slices.Contains(names, k.Name) {
			names = append(names, k.Name)
		}
	}
	return names
}

// OrderOf is the same for runs of a program that differ only in the order of unrelated
// steps: it is made from what each goroutine did, and from the order in which each object
// was used. Reads between two writes have no order.
func OrderOf(x *model.Execution) string {
	did, used := map[string][]string{}, map[string][]string{}
	reads := map[string]int{} // of each object, how many of its last uses are reads
	for _, s := range trace.Order(x) {
		e := &x.Events[s.Event]
		who, object := x.Goroutines[e.G].ID, x.ObjectName(e.Object)
		step := who + " " + strconv.Itoa(int(e.Op)) + " " + object
		did[who] = append(did[who], step)
		if e.Op == event.Print {
			object = "\x00printed"
		}
		if object == "" {
			continue
		}
		used[object] = append(used[object], step)
		if reads[object]++; e.Op != event.Load {
			reads[object] = 0
		}
		n := len(used[object])
		slices.Sort(used[object][n-reads[object]:])
	}
	h := fnv.New64a()
	for _, lists := range []map[string][]string{did, used} {
		for _, name := range slices.Sorted(maps.Keys(lists)) {
			io.WriteString(h, name+"\x00"+strings.Join(lists[name], "\x00")+"\x01")
		}
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// RunOf is the run with that token, if it is remembered; nil if it is not.
func (s *Session) RunOf(token string) *model.Execution {
	past, ok := s.runs.ofToken(token)
	if !ok {
		return nil
	}
	return past.run
}
