package program

import (
	"slices"
	"strings"

	"threading101/kernel/magic"
	"threading101/kernel/model"
)

// aligned gives the places of a run the numbers that they have in another one: a
// cell has a new number each time it is run, and words of ours above the code
// move its lines. was and is are the numbers of the cells that made the two,
// which correspond even where the code was changed.
func (s *Session) aligned(x *model.Execution, was int, like *model.Execution, is int) *model.Execution {
	moves := map[int]move{}
	there, here := cellsOf(like), cellsOf(x)
	for _, n := range here {
		if slices.Contains(there, n) {
			continue
		}
		i := slices.IndexFunc(there, func(m int) bool { return n == was && m == is })
		if i < 0 {
			i = slices.IndexFunc(there, func(m int) bool { return !slices.Contains(here, m) && s.sameCell(n, m) })
		}
		if i >= 0 {
			moves[n] = move{there[i], corresponding(s.lines(n), s.lines(there[i]))}
		}
	}
	if len(moves) == 0 {
		return x
	}
	return moved(x, moves)
}

// cellsOf lists the cells that a run went through, in their order.
func cellsOf(x *model.Execution) []int {
	var cells []int
	for i := range x.Events {
		cells = append(cells, x.Events[i].Pos.Cell)
	}
	slices.Sort(cells)
	return slices.Compact(cells)
}

// Key is what counts of a cell's text: magics of ours above the code leave empty
// lines, which mean nothing.
func Key(code string) string { return strings.TrimSpace(code) }

// sameCell reports whether the cells with two numbers hold the same code.
func (s *Session) sameCell(n, m int) bool {
	a, errA := magic.Parse(s.Memory.Source(n))
	b, errB := magic.Parse(s.Memory.Source(m))
	return errA == nil && errB == nil && Key(a.Code) != "" && Key(a.Code) == Key(b.Code)
}

// linesCompared bounds the work: nobody follows a longer cell line by line.
const linesCompared = 400

func (s *Session) lines(cell int) []string {
	lines := strings.Split(s.Memory.Source(cell), "\n")
	return lines[:min(len(lines), linesCompared)]
}

// move is where the lines of a cell are in another run. to[i] is line i, from 1.
type move struct {
	cell int
	to   []int
}

func (m move) line(n int) int {
	switch last := len(m.to) - 1; {
	case n <= 0 || last < 0:
		return n
	case n > last:
		return m.to[last] + n - last
	}
	return m.to[n]
}

// corresponding pairs the lines of two texts, as many as can be in their order
// (a longest common subsequence). A line without a partner comes after the one
// before it, as far as there is room.
func corresponding(a, b []string) []int {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			}
		}
	}
	to := make([]int, len(a)+1)
	for i, j := 0, 0; i < len(a); {
		switch {
		case j < len(b) && a[i] == b[j]:
			to[i+1] = j + 1
			i, j = i+1, j+1
		case j < len(b) && longest[i][j+1] > longest[i+1][j]:
			j++
		default:
			to[i+1] = to[i] + 1
			i++
		}
	}
	for i := len(a) - 1; i > 0; i-- {
		to[i] = min(to[i], to[i+1])
	}
	return to
}

func moved(x *model.Execution, moves map[int]move) *model.Execution {
	y := *x
	shift := func(p *model.Pos) {
		if m, ok := moves[p.Cell]; ok {
			p.Cell, p.Line = m.cell, m.line(p.Line)
		}
	}
	y.Events = slices.Clone(x.Events)
	for i := range y.Events {
		shift(&y.Events[i].Pos)
	}
	y.Goroutines = slices.Clone(x.Goroutines)
	for i := range y.Goroutines {
		shift(&y.Goroutines[i].Pos)
		shift(&y.Goroutines[i].BlockedAt)
	}
	y.Races = slices.Clone(x.Races)
	for i := range y.Races {
		shift(&y.Races[i].A.Pos)
		shift(&y.Races[i].B.Pos)
	}
	return &y
}
