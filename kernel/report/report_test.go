package report

import "regexp"

// ansi matches a colour.
var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")
