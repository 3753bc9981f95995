package render

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// html draws the two runs as a piece of a page that also works without pictures.
func (d *difference) html(picture []byte) string {
	return twice(picture, func(b *strings.Builder) {
		for i := range d.sides {
			tokenLine(b, d.sides[i].token)
		}
		d.table(b)
	})
}

func (d *difference) table(b *strings.Builder) {
	b.WriteString(`<div class="t101-plain" style="background-color:#ffffff;color:#1c2127;padding:8px">` + "\n")
	b.WriteString("<p><b>" + escape(d.head) + "</b>")
	for i := range d.sides {
		b.WriteString("<br>" + escape(d.sides[i].label+": "+d.sides[i].made))
	}
	b.WriteString("</p>\n<table style=\"color:#1c2127;margin-left:0\"><caption " + leftStyle + ">" + words.DiffOf + "</caption>\n<thead><tr " + paperStyle + ">")
	for i := range d.sides {
		for _, s := range []string{words.HeadStep, d.sides[0].whereHead(), d.sides[i].label} {
			b.WriteString(`<th scope="col" ` + leftStyle + `>` + escape(s) + "</th>")
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
	b.WriteString("<tr " + paperStyle + ">")
	switch r.kind {
	case diffAlike:
		b.WriteString(`<td colspan="6" ` + leftStyle + "><i>" + escape(r.says) + "</i></td>")
	case diffParts:
		b.WriteString(`<td colspan="6" ` + leftStyle + `><b class="kw" style="color:` + light.warn + `">≠ ` + escape(r.says) + "</b></td>")
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
		b.WriteString(`<td></td><td></td><td ` + leftStyle + "><i>" + words.DiffEnded + "</i></td>")
	case !c.shown:
		b.WriteString("<td></td><td></td><td></td>")
	default:
		b.WriteString("<td>" + strconv.Itoa(c.n) + "</td><td>" + escape(c.where) + "</td><td " + leftStyle + ">")
		b.WriteString(chip(c.lane, c.name) + " " + stepHTML(c.does, c.marks) + "</td>")
	}
}

func (d *difference) tableMore(b *strings.Builder) {
	if d.more[0] == 0 && d.more[1] == 0 {
		return
	}
	b.WriteString("<tr " + paperStyle + ">")
	for _, n := range d.more {
		s := ""
		if n > 0 {
			s = words.NotShown(n)
		}
		b.WriteString(`<td colspan="3" ` + leftStyle + "><i>" + escape(s) + "</i></td>")
	}
	b.WriteString("</tr>\n")
}
