package ink

import (
	"strings"
	"unicode/utf8"

	"threading101/kernel/words"
)

// Grid is one line of the text form, made of cells so that things can be put
// at columns and over each other.
type Grid struct {
	cells []cell
	end   int
}

// cell is one column: a character with what belongs to it, or nothing where a
// wide character stands in the column before.
type cell struct {
	text  string
	color int // 1 + the lane's tone; 0 for none
	taken bool
}

// NoColor is the colour of what belongs to no lane.
const NoColor = -1

// NewGrid is an empty line of so many columns.
func NewGrid(width int) *Grid { return &Grid{cells: make([]cell, width)} }

// Put writes s from column x on. What lies beyond the line's end is left out.
func (g *Grid) Put(x int, s string, tint int) {
	for s != "" {
		n := character(s)
		w := max(words.Width(s[:n]), 1)
		if x < 0 || x+w > len(g.cells) {
			return
		}
		g.cells[x] = cell{s[:n], tint + 1, true}
		for i := 1; i < w; i++ {
			g.cells[x+i] = cell{"", tint + 1, true}
		}
		x += w
		g.end = max(g.end, x)
		s = s[n:]
	}
}

// character returns the length of the first character of s with all that has no
// width of its own.
func character(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if words.Width(string(r)) > 0 {
			break
		}
		n += size
	}
	return n
}

// write appends the line, without blanks at its end.
func (g *Grid) write(b *strings.Builder, color bool) {
	end := g.end
	for end > 0 && (!g.cells[end-1].taken || g.cells[end-1].text == " ") {
		end--
	}
	now := 0
	for i := 0; i < end; i++ {
		c := g.cells[i]
		if color && c.taken && c.text != " " && c.color != now {
			b.WriteString(ansi[c.color])
			now = c.color
		}
		if !c.taken {
			b.WriteByte(' ')
		} else {
			b.WriteString(c.text)
		}
	}
	if now != 0 {
		b.WriteString(ansi[0])
	}
}

// ansi are the colours of a terminal: none, then those of the lanes.
var ansi = [Textures + 1]string{
	"\x1b[0m", "\x1b[0m", "\x1b[38;5;33m", "\x1b[38;5;208m", "\x1b[38;5;36m",
	"\x1b[38;5;170m", "\x1b[38;5;178m", "\x1b[38;5;141m", "\x1b[38;5;137m",
}
