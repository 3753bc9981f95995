package render

import (
	_ "embed"
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

//go:embed html.css
var htmlRules string

var htmlStyle = strings.ReplaceAll(strings.TrimSpace(htmlRules), "\n", "")

// html draws the picture as a piece of a page; picture is its SVG form.
func html(p *picture, picture []byte) string {
	return twice(picture, func(b *strings.Builder) {
		token(b, p)
		table(b, p)
	})
}

// twice makes a piece of a page of a picture and what says the same without it.
func twice(picture []byte, plain func(b *strings.Builder)) string {
	var b strings.Builder
	b.Grow(2*len(picture) + 4<<10)
	b.WriteString(`<div class="t101 t101-run"><style>` + htmlStyle + `</style>` + "\n")
	b.WriteString(`<div class="t101-pic" hidden style="display:none" aria-hidden="true">` + "\n")
	b.Write(picture)
	b.WriteString("</div>\n")
	b.WriteString(`<label class="t101-switch" hidden style="display:none"><input type="checkbox"> ` + words.ShowTable + "</label>\n")
	plain(&b)
	b.WriteString("</div>\n")
	return b.String()
}

// The inline styles of the table.
const (
	paperStyle = `style="background-color:#ffffff;color:#1c2127"`
	leftStyle  = `style="text-align:left"`
)

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
	if p.inCell {
		head(words.HeadCell)
	} else {
		head(words.HeadLine)
	}
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
		b.WriteString(`<td colspan="` + itoa(4+len(p.locks)+len(p.vars)) + `" ` + leftStyle + ">" + says + "</td></tr>\n")
		return
	}
	b.WriteString(`<th scope="row">` + itoa(r.n) + "</th><td>" + escape(r.where) + "</td>")
	b.WriteString(`<td ` + leftStyle + `>` + chip(p, r.lane, p.lanes[r.lane].name) + "</td>")
	b.WriteString(`<td style="text-align:left;padding-left:` + itoa(8+24*r.lane) + `px">`)
	b.WriteString(stepHTML(r.does, r.marks) + "</td>")
	for _, h := range r.held {
		b.WriteString("<td " + leftStyle + ">")
		if !h.free() {
			b.WriteString(chip(p, h.lane, h.who))
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

// token writes what brings this run again, so that it can be marked and copied
// as a whole, picture or not.
func token(b *strings.Builder, p *picture) {
	if p.token == "" {
		return
	}
	b.WriteString(`<p class="t101-token">` + words.TokenIs + "<code>" + words.ReplayIt + escape(p.token) + "</code></p>\n")
}

// linkRow says what one waits for at the end.
func linkRow(b *strings.Builder, p *picture, l *link) {
	b.WriteString("<tr " + paperStyle + `><th scope="row">✖</th><td>` + escape(l.where) + "</td>")
	b.WriteString(`<td ` + leftStyle + `>` + chip(p, l.from, p.lanes[l.from].name) + `</td><td colspan="` + itoa(1+len(p.locks)+len(p.vars)) + `" `)
	b.WriteString(`style="text-align:left;padding-left:` + itoa(8+24*l.from) + `px"><b class="kx" style="color:` + light.bad + `">` + escape(l.says) + "</b></td></tr>\n")
}

// stepHTML is a step in words, with its warnings.
func stepHTML(does string, marks []string) string {
	s := escape(does)
	for _, m := range marks {
		s += ` <b class="kx" style="color:#c01c28">⚠ ` + escape(m) + "</b>"
	}
	return s
}

// signs are to the table what textures are to the lanes.
var signs = [textures]string{"●", "■", "▲", "◆", "▼", "◉", "□", "△"}

// chip is a goroutine's name in its colour, with its sign.
func chip(p *picture, lane int, name string) string {
	if lane < 0 {
		return escape(name)
	}
	tone := lane % textures
	return `<b class="k` + itoa(tone) + `" style="color:` + light.lanes[tone] + `">` + signs[tone] + " " + escape(name) + "</b>"
}

func list(b *strings.Builder, head string, items []string) {
	if len(items) == 0 {
		return
	}
	if head != "" {
		b.WriteString("<p>" + escape(head) + "</p>")
	}
	b.WriteString("<ul>")
	for _, s := range items {
		b.WriteString("<li>" + escape(s) + "</li>")
	}
	b.WriteString("</ul>\n")
}
