package proxy

import (
	"slices"
	"strings"
	"unicode"

	"threading101/kernel/magic"
	"threading101/kernel/trace"
)

// shift is where the lines of a cell are in another run: the cell has a new
// number each time it is run, and words of ours above the code move its lines.
type shift struct{ cell, lines int }

// aligned gives the places of a run the numbers that they have in another one.
func (e *execution) aligned(x, like *trace.Execution) *trace.Execution {
	moves := map[int]shift{}
	there, here := cellsOf(like), cellsOf(x)
	for _, n := range here {
		for _, m := range there {
			_, moved := moves[n]
			if !moved && !slices.Contains(there, n) && !slices.Contains(here, m) {
				if lines, ok := e.p.sameCell(n, m); ok {
					moves[n] = shift{m, lines}
				}
			}
		}
	}
	if len(moves) == 0 {
		return x
	}
	return moved(x, moves)
}

// sameCell reports whether the cells with two numbers hold the same code, and by
// how many lines it stands lower in the second one.
func (p *proxy) sameCell(n, m int) (lines int, ok bool) {
	a, errA := magic.Parse(p.memory.Source(n))
	b, errB := magic.Parse(p.memory.Source(m))
	key := cellKey(a.Code)
	if errA != nil || errB != nil || key == "" || key != cellKey(b.Code) {
		return 0, false
	}
	return above(b.Code) - above(a.Code), true
}

// above counts the empty lines before the code.
func above(code string) int {
	rest := strings.TrimLeftFunc(code, unicode.IsSpace)
	return strings.Count(code[:len(code)-len(rest)], "\n")
}

// cellsOf lists the cells that a run went through, in their order.
func cellsOf(x *trace.Execution) []int {
	var cells []int
	for i := range x.Events {
		cells = append(cells, x.Events[i].Pos.Cell)
	}
	slices.Sort(cells)
	return slices.Compact(cells)
}

func moved(x *trace.Execution, moves map[int]shift) *trace.Execution {
	y := *x
	move := func(p *trace.Pos) {
		if to, ok := moves[p.Cell]; ok {
			p.Cell, p.Line = to.cell, p.Line+to.lines
		}
	}
	y.Events = slices.Clone(x.Events)
	for i := range y.Events {
		move(&y.Events[i].Pos)
	}
	y.Goroutines = slices.Clone(x.Goroutines)
	for i := range y.Goroutines {
		move(&y.Goroutines[i].Pos)
		move(&y.Goroutines[i].BlockedAt)
	}
	y.Races = slices.Clone(x.Races)
	for i := range y.Races {
		move(&y.Races[i].A.Pos)
		move(&y.Races[i].B.Pos)
	}
	return &y
}
