package speedup

import (
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// html is a piece of a page that also works without pictures.
func (p *product) html(paper ink.Paper) []byte { return []byte(ink.Twice(p.svg(paper), p.plain)) }

// page is a document of its own.
func (p *product) page(paper ink.Paper) []byte {
	return []byte("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + ink.Escape(p.head) + "</title></head>\n<body>\n" +
		string(p.html(paper)) + "</body></html>\n")
}

// plain says the same without the picture.
func (p *product) plain(b *strings.Builder) {
	b.WriteString(`<div class="t101-plain">` + "\n<p><b>" + ink.Escape(p.head) + "</b></p>\n")
	ink.OpenTable(b, p.heads()...)
	for i := range p.rows {
		b.WriteString("<tr>")
		for _, cell := range p.rows[i].cells() {
			b.WriteString("<td " + ink.ToLeft + ">" + ink.Escape(cell) + "</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table>\n")
	ink.List(b, "", append(append([]string{}, p.says...), p.notes...))
	if p.time == nil {
		b.WriteString("<p>" + ink.Escape(p.none) + "</p>\n")
	} else {
		p.time.plain(b)
	}
	b.WriteString("</div>\n")
}

// htmlPieces is how many signs a lane has.
const htmlPieces = 60

func (a *timeAxis) plain(b *strings.Builder) {
	b.WriteString("<p><b>" + ink.Escape(a.head) + "</b></p>\n")
	ink.OpenTable(b, words.HeadGoroutine, words.HeadRan, words.HeadShare, words.HeadWhen)
	for i := range a.lanes {
		l := &a.lanes[i]
		b.WriteString("<tr><td " + ink.ToLeft + ">" + ink.Chip(i, l.name) + "</td><td " + ink.ToLeft + ">" + ink.Escape(l.ran) +
			"</td><td " + ink.ToLeft + ">" + ink.Escape(l.part) + "</td><td " + ink.ToLeft + "><code>" + a.line(l, htmlPieces) + "</code></td></tr>\n")
	}
	b.WriteString("</tbody></table>\n")
	ink.List(b, "", append([]string{words.TimelineText}, a.says...))
}
