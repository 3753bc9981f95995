package render

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// The HTML form is what most learners see, because JupyterLab prefers it to
// SVG and text. It is one piece that works twice. Where the notebook is trusted
// the style sheet is applied: the SVG shows, and the table below it is there
// for screen readers and for whoever asks for it. Where it is not trusted
// JupyterLab removes style sheets and SVG elements, but keeps tables, the
// attribute "hidden" and simple inline styles: the table shows, in colours that
// can be read on any page, and the texts that are left of the SVG stay hidden.

// html draws the picture as a piece of a page; picture is its SVG form.
func html(p *picture, picture []byte) string {
	return twice(picture, func(b *strings.Builder) {
		tokenLine(b, p.token)
		table(b, p)
	})
}

// table writes the run as a table that needs no style sheet.
func table(b *strings.Builder, p *picture) {
	b.WriteString(`<div class="t101-plain" style="background-color:#ffffff;color:#1c2127;padding:8px">` + "\n")
	b.WriteString("<p><b>" + escape(p.status) + "</b>")
	for _, s := range p.explanation {
		b.WriteString("<br>" + escape(s))
	}
	b.WriteString("<br>" + escape(p.mode+" · "+p.size))
	if p.note != "" {
		b.WriteString("<br>" + escape(p.note))
	}
	b.WriteString("</p>\n<table style=\"color:#1c2127;margin-left:0\"><caption " + leftStyle + ">" + words.TableOf + "</caption>\n<thead>")
	tableHead(b, p)
	b.WriteString("</thead>\n<tbody>\n")
	for i := range p.rows {
		tableRow(b, p, i)
	}
	for i := range p.links {
		linkRow(b, p, &p.links[i])
	}
	b.WriteString("</tbody></table>\n")
	list(b, words.LanesAre, p.roster())
	list(b, "", p.notes)
	b.WriteString("</div>\n")
}

func tableHead(b *strings.Builder, p *picture) {
	b.WriteString("<tr " + paperStyle + ">")
	head := func(s string) { b.WriteString(`<th scope="col" ` + leftStyle + `>` + escape(s) + "</th>") }
	head(words.HeadStep)
	head(p.whereHead())
	head(words.HeadGoroutine)
	head(words.HeadDoes)
	for _, l := range p.locks {
		head(words.HeadLock + " " + l.name)
	}
	for _, v := range p.vars {
		head(words.HeadValue + " " + v.name)
	}
	b.WriteString("</tr>")
}

func tableRow(b *strings.Builder, p *picture, i int) {
	r := &p.rows[i]
	b.WriteString("<tr " + paperStyle + ">")
	if r.kind != isStep {
		says := "<i>" + escape(r.does) + "</i>"
		if r.kind == isParting {
			says = `<b class="kw" style="color:` + light.warn + `">≠ ` + escape(r.does) + "</b>"
		}
		b.WriteString(`<td colspan="` + strconv.Itoa(4+len(p.locks)+len(p.vars)) + `" ` + leftStyle + ">" + says + "</td></tr>\n")
		return
	}
	b.WriteString(`<th scope="row">` + strconv.Itoa(r.n) + "</th><td>" + escape(r.where) + "</td>")
	b.WriteString(`<td ` + leftStyle + `>` + chip(r.lane, p.lanes[r.lane].name) + "</td>")
	b.WriteString(`<td style="text-align:left;padding-left:` + strconv.Itoa(8+24*r.lane) + `px">`)
	b.WriteString(stepHTML(r.does, r.marks) + "</td>")
	for _, h := range r.held {
		b.WriteString("<td " + leftStyle + ">")
		if !h.free() {
			b.WriteString(chip(h.lane, h.who))
		}
		b.WriteString("</td>")
	}
	for v, value := range r.values {
		if r.wrote == v {
			b.WriteString("<td><b>" + escape(value) + "</b></td>")
		} else {
			b.WriteString("<td>" + escape(value) + "</td>")
		}
	}
	b.WriteString("</tr>\n")
}

// linkRow says what one waits for at the end.
func linkRow(b *strings.Builder, p *picture, l *link) {
	b.WriteString("<tr " + paperStyle + `><th scope="row">✖</th><td>` + escape(l.where) + "</td>")
	b.WriteString(`<td ` + leftStyle + `>` + chip(l.from, p.lanes[l.from].name) + `</td><td colspan="` + strconv.Itoa(1+len(p.locks)+len(p.vars)) + `" `)
	b.WriteString(`style="text-align:left;padding-left:` + strconv.Itoa(8+24*l.from) + `px"><b class="kx" style="color:` + light.bad + `">` + escape(l.says) + "</b></td></tr>\n")
}
