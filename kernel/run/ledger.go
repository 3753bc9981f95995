package run

import (
	"path/filepath"

	"threading101/kernel/words"
)

// Gaps says what of the program is not recorded, each with its place.
func (s *Spec) Gaps() (list []string) {
	for _, g := range s.Ledger {
		cell, file, line := 0, g.File, g.Line
		if s.Locate != nil {
			p := s.Locate(g.File, g.Line, g.Col)
			cell, file, line = p.Cell, p.File, p.Line
		}
		list = append(list, words.Gap(g.What, words.ReportPlace(cell, filepath.Base(file), line)))
	}
	return list
}
