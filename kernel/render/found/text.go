package found

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// text writes what an exploration found: two lines for each outcome, so that a
// token is never cut.
func (f *found) text(paper ink.Paper) []byte {
	s := ink.NewSheet(paper)
	f.textHead(s)
	if len(f.rows) > 0 {
		s.Blank()
	}
	bars := f.barColumns(s.Width)
	for i := range f.rows {
		f.textRow(s, &f.rows[i], bars)
	}
	if f.more != "" {
		s.Paragraph("  ⋮ "+f.more, 4)
	}
	f.textRaces(s)
	f.textClasses(s)
	f.textFoot(s)
	return []byte(s.String())
}

func (f *found) textHead(s *ink.Sheet) {
	tone := ink.ToneWarn
	if f.complete {
		tone = ink.ToneGood
	}
	s.Paragraph(s.Tinted(f.mark()+" "+f.head, tone), 2)
	for _, line := range f.lines {
		s.Paragraph("  "+line, 2)
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

func (f *found) textRow(s *ink.Sheet, row *outcomeRow, b bars) {
	below := row.ends + " · " + row.switches
	g := s.Line()
	g.Put(2, row.sign, ink.NoColor)
	g.Put(4, words.Truncate(row.value, b.value), ink.NoColor)
	if b.bar > 0 {
		g.Put(6+b.value, f.bar(row, b.bar), int(row.look.tone()))
		g.Put(8+b.value+b.bar, row.many, ink.NoColor)
	} else {
		below = row.many + " · " + below
	}
	s.Write(g)
	if row.token == "" {
		s.Paragraph("    "+below+" · "+words.FoundNoToken, 4)
		return
	}
	s.Paragraph("    "+below+" · "+words.ReplayIt+row.token, 4)
}

// bar is a bar of text in a track of that many columns: whole blocks, and an
// eighth at least.
func (f *found) bar(row *outcomeRow, track int) string {
	n := f.length(row, 8*track, 1)
	s := strings.Repeat("█", n/8)
	if n%8 > 0 {
		s += string('█' + rune(8-n%8)) // ▉ … ▏
	}
	return s + strings.Repeat("·", track-(n+7)/8)
}

func (l look) tone() ink.Tone {
	return [...]ink.Tone{looksFine: ink.ToneFine, looksCut: ink.ToneWarn, looksBad: ink.ToneBad}[l]
}

func (f *found) textRaces(s *ink.Sheet) {
	if f.raceHead == "" {
		return
	}
	s.Blank()
	if len(f.races) == 0 {
		s.Paragraph(f.raceHead, 2)
		return
	}
	s.Paragraph(s.Tinted("⚠ "+f.raceHead, ink.ToneBad), 2)
	for _, r := range f.races {
		s.Paragraph("    "+r.says, 6)
		if r.token != "" {
			s.Paragraph("      "+words.ReplayIt+r.token, 6)
		}
	}
	if f.moreRace != "" {
		s.Paragraph("    "+f.moreRace, 4)
	}
}

func (f *found) textClasses(s *ink.Sheet) {
	if f.classes.head == "" {
		return
	}
	s.Blank()
	s.Paragraph(f.classes.head+":", 2)
	list, more := f.classes.first(mostClasses)
	for i, c := range list {
		g := s.Line()
		g.Put(2, words.Truncate(f.classSays(i, &c), s.Width-2), ink.NoColor)
		s.Write(g)
		if c.token != "" {
			s.Paragraph("       "+words.ReplayIt+c.token, 7)
		}
	}
	if more != "" {
		s.Paragraph("  ⋮ "+more, 4)
	}
	s.Paragraph("  "+words.FoundClassMeans, 2)
}

// classSays is a class on one line.
func (f *found) classSays(i int, c *classRow) string {
	n := strconv.Itoa(i + 1)
	says := strings.Repeat(" ", max(0, 3-len(n))) + n + "  " + c.row.sign + " " + c.row.value
	return says + " · " + c.has
}

func (f *found) textFoot(s *ink.Sheet) {
	s.Blank()
	if len(f.notes) > 0 {
		s.Paragraph(words.FoundNotes, 0)
		for _, n := range f.notes {
			s.Paragraph("  - "+n, 4)
		}
	}
	for _, m := range f.meaning {
		s.Paragraph(m, 0)
	}
}
