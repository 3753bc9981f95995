package cell

import (
	"slices"
	"strings"
)

// raw is the first file GoNB makes of a cell, before it knows any declaration:
// the cell's own lines without the commands, and a main function around what
// follows a %% line.
type raw struct {
	text  string
	lines []int // the cell's line (1-based) for each line of text
	last  int   // the cell's last line that holds anything
	width int   // the length of that line, in bytes
	size  int   // how many lines of text there are before main is closed
	goes  bool  // whether there is anything for the Go compiler
	main  bool  // whether a %% line opened a main function
}

// gonbPrefix hides a command of GoNB in a Go comment.
const gonbPrefix = "//gonb:"

// command returns line without the comment prefix GoNB accepts.
func command(line string) string { return strings.TrimPrefix(line, gonbPrefix) }

// foreign are the first words of cells that hold no Go.
var foreign = []string{"%%writefile", "%%script", "%%bash", "%%sh", "%%gx"}

// isForeign reports whether the whole cell belongs to another language.
func isForeign(code string) bool {
	first, _, _ := strings.Cut(code, "\n")
	fields := strings.Fields(command(first))
	if len(fields) == 0 {
		return false
	}
	for _, f := range foreign {
		if fields[0] == f {
			return true
		}
	}
	return false
}

// HasCommands reports whether GoNB takes a line of a cell as a command.
func HasCommands(code string) bool {
	return slices.Contains(commandLines(strings.Split(code, "\n")), true)
}

// commandLines says for each line whether GoNB takes it as a command. A command
// ending in a backslash goes on in the next line. As in GoNB, a line of a raw
// string that begins with % or ! counts too.
func commandLines(lines []string) []bool {
	is := make([]bool, len(lines))
	for i := 0; i < len(lines); i++ {
		text := command(lines[i])
		if len(text) < 2 || (text[0] != '%' && text[0] != '!') {
			continue
		}
		is[i] = true
		for strings.HasSuffix(command(lines[i]), `\`) && i+1 < len(lines) {
			i++
			is[i] = true
		}
	}
	return is
}

// commands returns the commands among the lines, each in one line.
func commands(lines []string) []string {
	var list []string
	goesOn := false
	for i, is := range commandLines(lines) {
		if !is {
			continue
		}
		text := command(lines[i])
		rest, more := strings.CutSuffix(text, `\`)
		if more {
			text = rest + " "
		}
		if goesOn {
			list[len(list)-1] += text
		} else {
			list = append(list, text)
		}
		goesOn = more
	}
	return list
}

// opensMain reports whether a command line opens a main function.
func opensMain(text string) bool {
	if strings.HasPrefix(text, "%main") {
		return true
	}
	return strings.HasPrefix(text, "%%") && (len(text) == 2 || text[2] == ' ' || text[2] == '\t')
}

// closeMain ends the main function that a %% line opened.
const closeMain = "\n}\n"

// newRaw writes that file, line for line as GoNB's composer does.
func newRaw(code string) raw {
	r := raw{}
	if isForeign(code) {
		return r
	}
	var b strings.Builder
	put := func(line int, text string) {
		b.WriteString(text)
		for range strings.Count(text, "\n") {
			r.lines = append(r.lines, line)
		}
	}
	put(1, "package main\n\n")
	lines := strings.Split(code, "\n")
	commands := commandLines(lines)
	for i, line := range lines {
		text := command(line)
		if strings.TrimSpace(line) != "" {
			r.last, r.width = i+1, len(strings.TrimRight(line, " \t\r"))
		}
		switch {
		case opensMain(text):
			put(i+1, "func main() {\n\tflag.Parse()\n")
			r.main = true
		case strings.HasPrefix(text, "%exec"):
			name := ""
			if parts := strings.Split(text, " "); len(parts) > 1 {
				name = parts[1]
			}
			put(i+1, "func main() {\n\tflag.Parse()\n\t"+name+"()\n}\n")
		case commands[i], strings.HasPrefix(line, "package"):
		default:
			put(i+1, line+"\n")
			r.goes = r.goes || strings.TrimSpace(line) != ""
		}
	}
	r.size = len(r.lines)
	if r.main {
		put(max(r.last, 1), closeMain)
	}
	r.text = b.String()
	return r
}

// line returns the cell's line for a line of the file, both 1-based.
func (r raw) line(n int) int {
	if n < 1 || len(r.lines) == 0 {
		return 1
	}
	if n > len(r.lines) {
		return max(r.last, 1)
	}
	return r.lines[n-1]
}

// beyond reports whether a line of the file lies after the cell's own text.
func (r raw) beyond(n int) bool { return n > r.size }
