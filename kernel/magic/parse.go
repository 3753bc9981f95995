package magic

import (
	"slices"
	"strings"

	"threading101/kernel/nearest"
	"threading101/kernel/words"
)

// prefix hides one of our words in a Go comment.
const prefix = "//t101:"

// gonbPrefix hides one of GoNB's commands in a Go comment.
const gonbPrefix = "//gonb:"

// Parse takes our words out of a cell. A word may be indented, so that a cell
// can be formatted as Go. Lines of raw strings and comments that GoNB would take
// for commands are written so that it does not (see [shield]). An error is an [*Error]; the cell should then not run.
// CRLF line ends become LF, since GoNB does not take commands that end in CR.
func Parse(code string) (Cell, error) {
	lines := strings.Split(strings.ReplaceAll(code, "\r\n", "\n"), "\n")
	c := Cell{}
	var commands []string // GoNB's, without their sign
	if word := firstWord(lines[0]); gonbCells[word] {
		c.Code = strings.Join(lines, "\n")
		return c, checkForeign(lines[0])
	}
	for i, kind := range classify(lines) {
		switch kind {
		case ours:
			d, err := directive(lines[i], i+1)
			if err != nil {
				return Cell{}, err
			}
			if err := c.add(d); err != nil {
				return Cell{}, err
			}
			lines[i] = ""
		case theirs:
			if err := checkTheirs(lines[i], i+1); err != nil {
				return Cell{}, err
			}
			commands = append(commands, firstWord(lines[i]))
		case nothing:
			if strings.HasPrefix(strings.TrimPrefix(lines[i], gonbPrefix), "%") {
				return Cell{}, noWord("%", i+1)
			}
			lines[i] = ""
		}
	}
	if len(c.Directives) > 0 && onlyRemarks(lines) {
		clear(lines)
	}
	c.Code = strings.Join(shield(lines), "\n")
	return c, c.contradiction(commands)
}

// onlyRemarks reports whether the lines that are left are comments: a cell of our
// commands and a remark on them is about the program so far, as one without the remark.
func onlyRemarks(lines []string) bool {
	return !slices.ContainsFunc(lines, func(line string) bool {
		text := strings.TrimSpace(line)
		return text != "" && (!strings.HasPrefix(text, "//") || strings.HasPrefix(text, gonbPrefix))
	})
}

// noWord is the error for a sign with no word behind it.
func noWord(sign string, number int) *Error {
	return &Error{number, sign, words.MagicNoWord(sign), words.MagicSeeHelp}
}

// directive splits one of our lines.
func directive(line string, number int) (Directive, error) {
	text := strings.TrimPrefix(strings.TrimSpace(line), gonbPrefix)
	sign := "%"
	if rest, ok := strings.CutPrefix(text, prefix); ok {
		text, sign = strings.TrimPrefix(rest, "%"), prefix
	} else {
		text = strings.TrimPrefix(text, "%")
	}
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return Directive{}, noWord(sign, number)
	}
	d := Directive{fields[0], fields[1:], number}
	if lookup(d.Name) == nil {
		return d, unknown(sign+d.Name, d.Name, number)
	}
	switch {
	case whole[d.Name]:
		d.Args = wholeArgument(text, d.Name)
		return d, nil
	case !takesGo[d.Name]:
		return d, nil
	}
	args, open := goFields(strings.TrimPrefix(strings.TrimSpace(text), d.Name))
	if open != "" {
		return d, d.fail(words.OutcomeBroken(d.Name, open), "")
	}
	d.Args = args
	return d, nil
}

// add checks a directive against the table and lets it take effect.
func (c *Cell) add(d Directive) error {
	w := lookup(d.Name)
	switch n := len(d.Args); {
	case w.Since > Now:
		return d.fail(words.MagicNotYet(d.Name, w.Help), words.MagicSeeHelp)
	case n < w.min || n > w.max:
		return d.fail(words.MagicUsage(d.Name, w.Usage), "")
	}
	if err := w.set(c, d); err != nil {
		return err
	}
	c.Directives = append(c.Directives, d)
	return nil
}

// checkTheirs refuses a % line that neither we nor GoNB know.
func checkTheirs(line string, number int) error {
	text := strings.TrimPrefix(line, gonbPrefix)
	if !strings.HasPrefix(text, "%") {
		return nil
	}
	name := firstWord(line)
	switch {
	case gonb[name]:
		return nil
	case gonbCells[name]:
		return &Error{number, "%" + name, words.MagicFirstLine("%" + name), ""}
	}
	return unknown("%"+name, name, number)
}

// checkForeign refuses the one cell of another language that would end GoNB.
func checkForeign(line string) error {
	if fields := strings.Fields(line); firstWord(line) == "%script" && len(fields) == 1 {
		return &Error{1, "%%script", words.MagicScript, ""}
	}
	return nil
}

// unknown is the error for a word that nobody knows.
func unknown(written, name string, number int) *Error {
	hint := words.MagicSeeHelp
	if near := nearest.Of(name, known()); near != "" {
		hint = words.DidYouMean("%" + near)
	}
	return &Error{number, written, words.MagicUnknown(written), hint}
}

// firstWord returns the first word of a command line without its %, "" if the
// line is not a % command.
func firstWord(line string) string {
	text, ok := strings.CutPrefix(strings.TrimPrefix(line, gonbPrefix), "%")
	if !ok {
		return ""
	}
	if fields := strings.Fields(text); len(fields) > 0 {
		return fields[0]
	}
	return ""
}

// NeedsGoNBOutput reports whether a command in the cell wants the program's
// output or input to pass through GoNB itself.
func NeedsGoNBOutput(code string) bool {
	lines := strings.Split(strings.ReplaceAll(code, "\r\n", "\n"), "\n")
	if gonbCells[firstWord(lines[0])] {
		return false
	}
	for i, kind := range classify(lines) {
		if kind != theirs {
			continue
		}
		switch firstWord(lines[i]) {
		case "capture", "with_inputs", "with_password":
			return true
		}
	}
	return false
}
