package difference

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// html draws the two runs as a piece of a page that also works without pictures.
func (d *difference) html(paper ink.Paper) []byte {
	return []byte(ink.Twice(d.svg(paper), d.plain))
}

// plain says the same without the picture.
func (d *difference) plain(b *strings.Builder) {
	for i := range d.sides {
		ink.TokenLine(b, d.sides[i].Token)
	}
	d.table(b)
}

func (d *difference) table(b *strings.Builder) {
	b.WriteString(`<div class="t101-plain">` + "\n")
	b.WriteString("<p><b>" + ink.Escape(d.head) + "</b>")
	for i := range d.sides {
		b.WriteString("<br>" + ink.Escape(d.sides[i].label+": "+d.sides[i].made))
	}
	b.WriteString("</p>\n<table style=\"margin-left:0\"><caption " + ink.ToLeft + ">" + words.DiffOf + "</caption>\n<thead><tr>")
	for i := range d.sides {
		for _, s := range []string{words.HeadStep, d.sides[0].WhereHead(), d.sides[i].label} {
			b.WriteString(`<th scope="col" ` + ink.ToLeft + `>` + ink.Escape(s) + "</th>")
		}
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for r := range d.rows {
		d.tableRow(b, &d.rows[r])
	}
	d.tableMore(b)
	b.WriteString("</tbody></table>\n</div>\n")
}

func (d *difference) tableRow(b *strings.Builder, r *diffRow) {
	b.WriteString("<tr>")
	switch r.kind {
	case diffAlike:
		b.WriteString(`<td colspan="6" ` + ink.ToLeft + "><i>" + ink.Escape(r.says) + "</i></td>")
	case diffParts:
		b.WriteString(`<td colspan="6" ` + ink.ToLeft + `><b class="kw">≠ ` + ink.Escape(r.says) + "</b></td>")
	default:
		for i := range r.cells {
			d.tableCell(b, &r.cells[i])
		}
	}
	b.WriteString("</tr>\n")
}

func (d *difference) tableCell(b *strings.Builder, c *diffCell) {
	switch {
	case c.ended:
		b.WriteString(`<td></td><td></td><td ` + ink.ToLeft + "><i>" + words.DiffEnded + "</i></td>")
	case !c.shown:
		b.WriteString("<td></td><td></td><td></td>")
	default:
		b.WriteString("<td>" + strconv.Itoa(c.n) + "</td><td>" + ink.Escape(c.where) + "</td><td " + ink.ToLeft + ">")
		b.WriteString(ink.Chip(c.lane, c.name) + " " + ink.Step(c.Does, c.Marks) + "</td>")
	}
}

func (d *difference) tableMore(b *strings.Builder) {
	if d.more[0] == 0 && d.more[1] == 0 {
		return
	}
	b.WriteString("<tr>")
	for _, n := range d.more {
		s := ""
		if n > 0 {
			s = words.NotShown(n)
		}
		b.WriteString(`<td colspan="3" ` + ink.ToLeft + "><i>" + ink.Escape(s) + "</i></td>")
	}
	b.WriteString("</tr>\n")
}
