package report

import (
	"regexp"
	"strings"
)

// ansi matches a colour.
var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")

// text is what a report says, without colours.
func (r *Report) text() string {
	return ansi.ReplaceAllString(strings.Join(r.Traceback, "\n"), "") + "\n"
}

// said is what a report says, on one line.
func (r *Report) said() string { return strings.Join(strings.Fields(r.text()), " ") }
