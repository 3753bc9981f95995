package columns

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// html writes the tables, each in a fold: the short one, and inside it the whole one.
func (c *columns) html(b *strings.Builder) {
	tables := []*columnTable{c.short, c.whole}
	if c.short == nil {
		tables = tables[1:]
	}
	for _, t := range tables {
		b.WriteString("<details><summary><b>" + ink.Escape(t.head) + "</b></summary>\n")
		c.htmlTable(b, t)
	}
	ink.List(b, "", c.whole.notes())
	if hidden := c.hidden(); hidden != "" {
		b.WriteString("<p>" + ink.Escape(hidden) + "</p>\n")
	}
	for range tables {
		b.WriteString("</details>\n")
	}
}

func (c *columns) htmlTable(b *strings.Builder, t *columnTable) {
	b.WriteString(`<table class="t101-columns" style="margin-left:0"><thead><tr>`)
	th := func(s string) { b.WriteString(`<th scope="col" ` + ink.ToLeft + ">" + s + "</th>") }
	th(words.HeadStep)
	for _, l := range t.lanes {
		th(ink.Chip(l, c.lanes[l].name))
	}
	th(c.WhereHead())
	b.WriteString("</tr></thead>\n<tbody>\n")
	for i := range t.rows {
		c.htmlRow(b, t, &t.rows[i])
	}
	b.WriteString("</tbody></table>\n")
}

func (c *columns) htmlRow(b *strings.Builder, t *columnTable, r *columnRow) {
	b.WriteString("<tr>")
	if r.kind == columnGap {
		b.WriteString(`<td colspan="` + strconv.Itoa(len(t.lanes)+2) + `" ` + ink.ToLeft + "><i>⋮ " + ink.Escape(r.says) + "</i></td></tr>\n")
		return
	}
	b.WriteString(`<th scope="row" class="t101-lone">` + r.n + "</th>")
	for _, l := range t.lanes {
		switch {
		case r.kind == columnEnd:
			b.WriteString("<td " + ink.ToLeft + ">")
			if r.ends[l] != "" {
				b.WriteString(ink.Strong(ink.ToneBad, r.ends[l]))
			}
			b.WriteString("</td>")
		case r.lane == l:
			r.htmlCell(b)
		default:
			b.WriteString("<td></td>")
		}
	}
	b.WriteString(`<td class="km t101-lone">` + ink.Escape(r.where) + "</td></tr>\n")
}

func (r *columnRow) htmlCell(b *strings.Builder) {
	if r.kind == columnSwitch {
		b.WriteString("<td " + ink.ToLeft + `><i class="km">` + ink.Escape(r.says) + "</i></td>")
		return
	}
	b.WriteString("<td " + ink.ToLeft + ` title="` + ink.Escape(r.title) + `">` + brackets[r.part] + ink.Escape(r.says))
	if r.brief != "" {
		b.WriteString(" " + ink.Strong(ink.ToneBad, "⚠ "+r.brief))
	}
	if r.times > 0 {
		b.WriteString(" <b>" + words.ColumnsTimes(r.times) + "</b>")
	}
	b.WriteString("</td>")
}
