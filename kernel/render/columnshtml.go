package render

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// html draws the two tables: the short one open, the whole one in a fold.
func (c *columns) html() string {
	return foundPage(func(b *strings.Builder) {
		if c.short == nil {
			c.htmlTable(b, c.whole, "<b>"+escape(c.whole.head)+"</b>")
		} else {
			c.htmlTable(b, c.short, "<b>"+escape(c.short.head)+"</b>")
			b.WriteString("<details><summary><b>" + escape(c.whole.head) + "</b></summary>\n")
			c.htmlTable(b, c.whole, "")
			b.WriteString("</details>\n")
		}
		list(b, "", c.whole.notes())
		if hidden := c.hidden(); hidden != "" {
			b.WriteString("<p>" + escape(hidden) + "</p>\n")
		}
	})
}

func (c *columns) htmlTable(b *strings.Builder, t *columnTable, head string) {
	b.WriteString(`<table class="t101-columns" style="color:#1c2127;margin-left:0">`)
	if head != "" {
		b.WriteString("<caption " + leftStyle + ">" + head + "</caption>")
	}
	b.WriteString("<thead><tr " + paperStyle + ">")
	th := func(s string) { b.WriteString(`<th scope="col" ` + leftStyle + ">" + s + "</th>") }
	th(words.HeadStep)
	for _, l := range t.lanes {
		th(chip(l, c.lanes[l].name))
	}
	th(c.whereHead())
	b.WriteString("</tr></thead>\n<tbody>\n")
	for i := range t.rows {
		c.htmlRow(b, t, &t.rows[i])
	}
	b.WriteString("</tbody></table>\n")
}

func (c *columns) htmlRow(b *strings.Builder, t *columnTable, r *columnRow) {
	b.WriteString("<tr " + paperStyle + ">")
	if r.kind == columnGap {
		b.WriteString(`<td colspan="` + strconv.Itoa(len(t.lanes)+2) + `" ` + leftStyle + "><i>⋮ " + escape(r.says) + "</i></td></tr>\n")
		return
	}
	b.WriteString(`<th scope="row" class="t101-lone">` + r.n + "</th>")
	for _, l := range t.lanes {
		switch {
		case r.kind == columnEnd:
			b.WriteString("<td " + leftStyle + ">")
			if r.ends[l] != "" {
				b.WriteString(strong(toneBad, r.ends[l]))
			}
			b.WriteString("</td>")
		case r.lane == l:
			r.htmlCell(b)
		default:
			b.WriteString("<td></td>")
		}
	}
	b.WriteString(`<td class="km t101-lone">` + escape(r.where) + "</td></tr>\n")
}

func (r *columnRow) htmlCell(b *strings.Builder) {
	if r.kind == columnSwitch {
		b.WriteString("<td " + leftStyle + `><i class="km" style="color:` + light.faint + `">` + escape(r.says) + "</i></td>")
		return
	}
	b.WriteString("<td " + leftStyle + ` title="` + escape(r.title) + `">` + brackets[r.part] + escape(r.says))
	if r.brief != "" {
		b.WriteString(" " + strong(toneBad, "⚠ "+r.brief))
	}
	if r.times > 0 {
		b.WriteString(" <b>" + words.ColumnsTimes(r.times) + "</b>")
	}
	b.WriteString("</td>")
}
