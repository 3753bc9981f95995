package render

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// text writes what an exploration found: two lines for each outcome, so that a
// token is never cut.
func (f *found) text(o Paper) string {
	s := newSheet(o)
	f.textHead(s)
	if len(f.rows) > 0 {
		s.blank()
	}
	bars := f.barColumns(o.Width)
	for i := range f.rows {
		f.textRow(s, &f.rows[i], bars)
	}
	if f.more != "" {
		s.paragraph("  ⋮ "+f.more, 4)
	}
	f.textRaces(s)
	f.textClasses(s)
	f.textFoot(s)
	return s.written()
}

func (f *found) textHead(s *sheet) {
	tone := toneWarn
	if f.complete {
		tone = toneGood
	}
	s.paragraph(s.tinted(f.mark()+" "+f.head, tone), 2)
	for _, line := range f.lines {
		s.paragraph("  "+line, 2)
	}
}

// bars are where the columns of the outcomes begin.
type bars struct{ value, bar int } // their widths; a bar of 0: no room

// barColumns shares the width: names of outcomes are cut before bars vanish.
func (f *found) barColumns(width int) bars {
	value, many := 0, 0
	for i := range f.rows {
		value, many = max(value, words.Width(f.rows[i].value)), max(many, words.Width(f.rows[i].many))
	}
	b := bars{value, 20}
	if room := width - 4 - many - 4; b.value+b.bar > room {
		b.bar = max(10, min(20, room-b.value))
		b.value = max(16, room-b.bar)
	}
	if 4+b.value+2+b.bar+2+many > width {
		b.bar = 0
		b.value = max(12, width-4)
	}
	return b
}

func (f *found) textRow(s *sheet, row *foundRow, b bars) {
	below := row.ends + " · " + row.switches
	g := s.line()
	g.put(2, row.sign, noColor)
	g.put(4, words.Truncate(row.value, b.value), noColor)
	if b.bar > 0 {
		g.put(6+b.value, f.bar(row, b.bar), int(row.look.tone()))
		g.put(8+b.value+b.bar, row.many, noColor)
	} else {
		below = row.many + " · " + below
	}
	s.write(g)
	if row.token == "" {
		s.paragraph("    "+below+" · "+words.FoundNoToken, 4)
		return
	}
	s.paragraph("    "+below+" · "+words.ReplayIt+row.token, 4)
}

// bar is a bar of text in a track of that many columns: whole blocks, and an
// eighth at least.
func (f *found) bar(row *foundRow, track int) string {
	n := f.length(row, 8*track, 1)
	s := strings.Repeat("█", n/8)
	if n%8 > 0 {
		s += string('█' + rune(8-n%8)) // ▉ … ▏
	}
	return s + strings.Repeat("·", track-(n+7)/8)
}

func (l look) tone() tone {
	return [...]tone{looksFine: toneFine, looksCut: toneWarn, looksBad: toneBad}[l]
}

func (f *found) textRaces(s *sheet) {
	if f.raceHead == "" {
		return
	}
	s.blank()
	if len(f.races) == 0 {
		s.paragraph(f.raceHead, 2)
		return
	}
	s.paragraph(s.tinted("⚠ "+f.raceHead, toneBad), 2)
	for _, r := range f.races {
		s.paragraph("    "+r.says, 6)
		if r.token != "" {
			s.paragraph("      "+words.ReplayIt+r.token, 6)
		}
	}
	if f.moreRace != "" {
		s.paragraph("    "+f.moreRace, 4)
	}
}

func (f *found) textClasses(s *sheet) {
	if f.classes.head == "" {
		return
	}
	s.blank()
	s.paragraph(f.classes.head+":", 2)
	list, more := f.classes.first(mostClasses)
	for i, c := range list {
		g := s.line()
		g.put(2, words.Truncate(f.classSays(i, &c), s.Width-2), noColor)
		s.write(g)
		if c.token != "" {
			s.paragraph("       "+words.ReplayIt+c.token, 7)
		}
	}
	if more != "" {
		s.paragraph("  ⋮ "+more, 4)
	}
	s.paragraph("  "+words.FoundClassMeans, 2)
}

// classSays is an execution on one line.
func (f *found) classSays(i int, c *foundClass) string {
	n := strconv.Itoa(i + 1)
	says := strings.Repeat(" ", max(0, 3-len(n))) + n + "  " + c.row.sign + " " + c.row.value
	return says + " · " + c.stands
}

func (f *found) textFoot(s *sheet) {
	s.blank()
	if len(f.notes) > 0 {
		s.paragraph(words.FoundNotes, 0)
		for _, n := range f.notes {
			s.paragraph("  - "+n, 4)
		}
	}
	for _, m := range f.meaning {
		s.paragraph(m, 0)
	}
}
