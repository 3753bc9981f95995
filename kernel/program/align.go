package program

import (
	"maps"
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
	for n := range here {
		if there[n] != nil {
			continue
		}
		m := is
		if n != was || there[is] == nil {
			m = s.partner(n, here, there)
		}
		if m > 0 {
			moves[n] = move{m, corresponding(s.lines(n), s.lines(m))}
		}
	}
	if len(moves) == 0 {
		return x
	}
	return moved(x, moves)
}

// cellsOf are the cells that a run went through, each with the declarations it was in.
func cellsOf(x *model.Execution) map[int]map[string]bool {
	cells := map[int]map[string]bool{}
	for i := range x.Events {
		p := x.Events[i].Pos
		if cells[p.Cell] == nil {
			cells[p.Cell] = map[string]bool{}
		}
		cells[p.Cell][p.In] = true
	}
	return cells
}

// partner is the number that a cell has in the other run, 0 if it was not in it: that of
// the same code, else of code that declares the same.
func (s *Session) partner(n int, here, there map[int]map[string]bool) (number int) {
	for _, m := range slices.Sorted(maps.Keys(there)) {
		switch {
		case here[m] != nil:
		case s.sameCell(n, m):
			return m
		case number == 0 && shareDeclaration(here[n], there[m]):
			number = m
		}
	}
	return number
}

// shareDeclaration reports whether two cells declare the same, in an older and a newer
// form: both runs were in a declaration of that name.
func shareDeclaration(a, b map[string]bool) bool {
	for name := range a {
		if name != "" && b[name] {
			return true
		}
	}
	return false
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
