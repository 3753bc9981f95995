package picture

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// html draws the picture as a piece of a page.
func (p *Picture) html(paper ink.Paper) []byte {
	return []byte(ink.Twice(p.svg(paper), p.plain))
}

// plain says the same without the picture.
func (p *Picture) plain(b *strings.Builder) {
	ink.TokenLine(b, p.Token)
	table(b, p)
}

// table writes the run as a table that needs no style sheet.
func table(b *strings.Builder, p *Picture) {
	b.WriteString(`<div class="t101-plain">` + "\n")
	b.WriteString("<p><b>" + ink.Escape(p.Status) + "</b>")
	for _, s := range p.Explanation {
		b.WriteString("<br>" + ink.Escape(s))
	}
	b.WriteString("<br>" + ink.Escape(p.Mode+" · "+p.Size))
	if p.note != "" {
		b.WriteString("<br>" + ink.Escape(p.note))
	}
	b.WriteString("</p>\n<table style=\"margin-left:0\"><caption " + ink.ToLeft + ">" + words.TableOf + "</caption>\n<thead>")
	tableHead(b, p)
	b.WriteString("</thead>\n<tbody>\n")
	for i := range p.rows {
		tableRow(b, p, i)
	}
	for i := range p.links {
		linkRow(b, p, &p.links[i])
	}
	b.WriteString("</tbody></table>\n")
	ink.List(b, words.LanesAre, p.roster())
	ink.List(b, "", p.notes)
	b.WriteString("</div>\n")
}

func tableHead(b *strings.Builder, p *Picture) {
	b.WriteString("<tr>")
	head := func(s string) { b.WriteString(`<th scope="col" ` + ink.ToLeft + `>` + ink.Escape(s) + "</th>") }
	head(words.HeadStep)
	head(p.WhereHead())
	head(words.HeadGoroutine)
	head(words.HeadDoes)
	for _, l := range p.locks {
		head(p.headOfLock(l) + " " + l.name)
	}
	for _, v := range p.vars {
		head(p.headOf(v) + " " + v.name)
	}
	b.WriteString("</tr>")
}

func tableRow(b *strings.Builder, p *Picture, i int) {
	r := &p.rows[i]
	here := ""
	if r.kind == isStep && r.n == p.here && p.here > 0 {
		here = ` aria-current="step" style="background:#e0a80055"`
	}
	b.WriteString("<tr" + here + ">")
	if r.kind != isStep {
		says := "<i>" + ink.Escape(r.Does) + "</i>"
		if r.kind == isParting {
			says = `<b class="kw">≠ ` + ink.Escape(r.Does) + "</b>"
		}
		b.WriteString(`<td colspan="` + strconv.Itoa(4+len(p.locks)+len(p.vars)) + `" ` + ink.ToLeft + ">" + says + "</td></tr>\n")
		return
	}
	b.WriteString(`<th scope="row">` + strconv.Itoa(r.n) + "</th><td>" + ink.Escape(r.where) + "</td>")
	b.WriteString(`<td ` + ink.ToLeft + `>` + ink.Chip(r.lane, p.lanes[r.lane].name) + "</td>")
	b.WriteString(`<td style="text-align:left;padding-left:` + strconv.Itoa(8+24*r.lane) + `px">`)
	b.WriteString(ink.Step(r.Does, r.Marks) + "</td>")
	for _, h := range r.held {
		b.WriteString("<td " + ink.ToLeft + ">")
		if !h.free() {
			b.WriteString(ink.Chip(h.lane, h.who))
		}
		b.WriteString("</td>")
	}
	for v, value := range r.values {
		if r.wrote == v {
			b.WriteString("<td><b>" + ink.Escape(value) + "</b></td>")
		} else {
			b.WriteString("<td>" + ink.Escape(value) + "</td>")
		}
	}
	b.WriteString("</tr>\n")
}

// linkRow says what one waits for at the end.
func linkRow(b *strings.Builder, p *Picture, l *link) {
	b.WriteString(`<tr><th scope="row">✖</th><td>` + ink.Escape(l.where) + "</td>")
	b.WriteString(`<td ` + ink.ToLeft + `>` + ink.Chip(l.from, p.lanes[l.from].name) + `</td><td colspan="` + strconv.Itoa(1+len(p.locks)+len(p.vars)) + `" `)
	b.WriteString(`style="text-align:left;padding-left:` + strconv.Itoa(8+24*l.from) + `px"><b class="kx">` + ink.Escape(l.says) + "</b></td></tr>\n")
}
