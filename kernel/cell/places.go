package cell

import (
	"bytes"
	"go/scanner"
	"go/token"
	"regexp"
	"strings"
)

// placing are the comments by which Go's tools take a line for another one.
var placing = regexp.MustCompile(`(?m)^//line |/\*line `)

// OwnPlaces is a cell without line directives: what it says of its places would be taken
// for places in the cell, and GoNB, which looks them up there, would end. They become
// comments of the same length, so that all columns stay. In a string they stay.
func OwnPlaces(code string) string {
	if !placing.MatchString(code) {
		return code
	}
	text := []byte(code)
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(text)), bytes.Clone(text), nil, scanner.ScanComments)
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return string(text)
		}
		if tok == token.COMMENT && (strings.HasPrefix(literal, "//line ") || strings.HasPrefix(literal, "/*line ")) {
			text[int(pos)-1+len("//")] = 'L' // "//Line" directs nobody
		}
	}
}
