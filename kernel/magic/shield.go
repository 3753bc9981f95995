package magic

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shield rewrites what GoNB would misread: it takes a line that begins with %,
// ! or "package" out of the Go code even where the line belongs to a raw string
// or a comment, or only begins with a name like packages. Such a line gets a
// blank in front. In a raw string it becomes a string of its own:
//
//	s := `a            s := (`a
//	%b            →    `+"%b"+`
//	c`                 c`)
//
// which is the same constant on the same lines. Where no sum of strings can
// stand (the tag of a struct's field) this does not compile; without it the line
// would be lost.
func shield(lines []string) []string {
	e := edits{}
	kinds := classify(lines)
	s := text{}
	opened, column := 0, 0 // where the raw string began
	for i, line := range lines {
		switch {
		case !s.inside() && kinds[i] != source:
			continue
		case s.comment && misread(line), !s.inside() && isName(line):
			e.add(i, 0, 0, " ")
		}
		for rest := line; rest != ""; {
			wasRaw := s.raw
			rest = s.advance(rest)
			at := len(line) - len(rest)
			switch {
			case !wasRaw && s.raw:
				opened, column = i, at-1
			case wasRaw && !s.raw:
				e.split(lines, opened, i, column, at)
			}
		}
	}
	return e.apply(lines)
}

// edit puts text in the place of some bytes of a line.
type edit struct {
	at, gone int
	text     string
}

// edits are those of each line, from left to right.
type edits map[int][]edit

func (e edits) add(line, at, gone int, text string) {
	e[line] = append(e[line], edit{at, gone, text})
}

// split makes a sum of the raw string that opens at a column of one line and
// ends before a column of another, if GoNB would misread a line of it.
func (e edits) split(lines []string, from, to, start, end int) {
	if !slices.ContainsFunc(lines[from+1:to+1], misread) {
		return
	}
	e.add(from, start, 0, "(")
	for i := from + 1; i < to; i++ {
		if misread(lines[i]) {
			e.add(i, 0, len(lines[i]), "`+"+strconv.Quote(lines[i])+"+`")
		}
	}
	if misread(lines[to]) {
		e.add(to, 0, end, "`+"+strconv.Quote(lines[to][:end-1])+")")
	} else {
		e.add(to, end, 0, ")")
	}
}

// apply returns the lines with all edits made.
func (e edits) apply(lines []string) []string {
	out := slices.Clone(lines)
	for i, list := range e {
		for _, ed := range slices.Backward(list) {
			out[i] = out[i][:ed.at] + ed.text + out[i][ed.at+ed.gone:]
		}
	}
	return out
}

// misread reports whether GoNB takes a line for something else than Go.
func misread(line string) bool {
	command := strings.TrimPrefix(line, gonbPrefix)
	return len(command) > 1 && (command[0] == '%' || command[0] == '!') || strings.HasPrefix(line, "package")
}

// isName reports whether a line begins with a longer name than package.
func isName(line string) bool {
	rest, ok := strings.CutPrefix(line, "package")
	r, _ := utf8.DecodeRuneInString(rest)
	return ok && rest != "" && (r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r))
}
