package magic

import "strings"

// kind is whose a line is.
type kind int

const (
	source  kind = iota // Go, or within a command that goes on
	ours                // one of our words
	theirs              // a command of GoNB, % or !
	nothing             // a sign with nothing behind it, which would end GoNB
)

// classify says for each line whose it is. A line inside a raw string or a
// comment is Go, whatever it begins with.
func classify(lines []string) []kind {
	kinds := make([]kind, len(lines))
	s := text{}
	for i := 0; i < len(lines); i++ {
		if s.inside() {
			s.read(lines[i])
			continue
		}
		kinds[i] = kindOf(lines[i])
		switch kinds[i] {
		case source:
			s.read(lines[i])
		case theirs:
			first := i
			for strings.HasSuffix(lines[i], `\`) && i+1 < len(lines) {
				i++
			}
			if isBlank(lines[first : i+1]) {
				mark(kinds[first:i+1], nothing)
			}
		}
	}
	return kinds
}

// isBlank reports whether a command of one or more lines has nothing but its
// sign.
func isBlank(lines []string) bool {
	whole := strings.TrimPrefix(strings.Join(lines, ""), gonbPrefix)
	return strings.Trim(whole[1:], " \t\\") == ""
}

func mark(kinds []kind, k kind) {
	for i := range kinds {
		kinds[i] = k
	}
}

// kindOf says whose a line is that stands outside strings and comments.
func kindOf(line string) kind {
	trimmed := strings.TrimSpace(line)
	if strings.HasPrefix(trimmed, prefix) {
		return ours
	}
	command := strings.TrimPrefix(line, gonbPrefix)
	switch {
	case len(command) > 1 && (command[0] == '%' || command[0] == '!'):
		if command[0] == '%' && isOurs(line) {
			return ours
		}
		return theirs
	case trimmed == "%", strings.HasPrefix(trimmed, "%") && isOurs(trimmed):
		return ours
	}
	return source
}

// isOurs reports whether a line belongs to us: its word is in the table.
func isOurs(line string) bool {
	word := firstWord(line)
	if gonb[word] && !removesCell(strings.Fields(strings.TrimPrefix(strings.TrimPrefix(line, gonbPrefix), "%"))) {
		return false
	}
	return lookup(word) != nil
}

// text reads Go line by line and knows whether the next line begins inside a
// raw string or a comment.
type text struct{ raw, comment bool }

func (s *text) inside() bool { return s.raw || s.comment }

// read goes through one line.
func (s *text) read(line string) {
	for line != "" {
		line = s.advance(line)
	}
}

// advance goes on to where something begins or ends, and returns what follows.
func (s *text) advance(line string) string {
	switch {
	case s.raw:
		return s.leave(line, "`", &s.raw)
	case s.comment:
		return s.leave(line, "*/", &s.comment)
	}
	return s.plain(line)
}

// leave skips to the end of what it is inside of.
func (s *text) leave(line, end string, inside *bool) string {
	_, rest, found := strings.Cut(line, end)
	*inside = !found
	return rest
}

// plain skips Go outside strings up to something that may go on in the next
// line, and returns what follows.
func (s *text) plain(line string) string {
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '`':
			s.raw = true
			return line[i+1:]
		case strings.HasPrefix(line[i:], "/*"):
			s.comment = true
			return line[i+2:]
		case strings.HasPrefix(line[i:], "//"):
			return ""
		case c == '"' || c == '\'':
			i += quoted(line[i:]) - 1
		}
	}
	return ""
}

// quoted returns the length of the string or rune literal at the start of line,
// or of the line if it does not end there.
func quoted(line string) int {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case line[0]:
			return i + 1
		}
	}
	return len(line)
}
