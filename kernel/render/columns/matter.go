package columns

import (
	"slices"

	"threading101/kernel/event"
)

// matters picks the steps of the short table: those by which goroutines act on each
// other, as far as the explanation names the goroutine or the object, and those that can
// be seen from outside.
func (c *columns) matters() (keep []bool, n int) {
	keep = make([]bool, len(c.cells))
	who, what := c.Named(), c.NamedObjects()
	all := !slices.Contains(who, true) && !slices.Contains(what, true)
	for _, w := range c.Circle() { // the explanation names only a part of a long one
		if w.Object >= 0 {
			what[w.Object] = true
		}
	}
	for i := range c.cells {
		cell, e := &c.cells[i], &c.Execution.Events[c.Steps.List[i].Event]
		named := all || who[e.G] || e.Object >= 0 && what[e.Object]
		if cell.lane >= 0 && (seen(e.Op) || named && (cell.waited && e.Op != event.Sleep || interacts(e.Op) || cell.over)) {
			keep[i] = true
			n++
		}
	}
	return keep, n
}

// seen are the operations that can be seen from outside.
func seen(op event.Op) bool { return op == event.Print || op == event.Panic || op == event.Exit }

// interacts are the operations by which goroutines act on each other.
func interacts(op event.Op) bool {
	switch event.Table[op].Class {
	case event.ClassMutex, event.ClassRWMutex, event.ClassChannel, event.ClassSelect, event.ClassCond, event.ClassOnce, event.ClassMemory, event.ClassAtomic, event.ClassFile:
		return true
	}
	return false
}
