package render

import (
	_ "embed"
	"strconv"
	"strings"

	"threading101/kernel/words"
)

//go:embed html.css
var htmlRules string

var htmlStyle = strings.ReplaceAll(strings.TrimSpace(htmlRules), "\n", "")

//go:embed exploration.css
var foundRules string

var foundStyle = strings.ReplaceAll(strings.TrimSpace(foundRules), "\n", "")

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

// foundPage is a piece of a page with a style sheet of its own, for tables and folds.
func foundPage(body func(b *strings.Builder)) string {
	var b strings.Builder
	b.WriteString(`<div class="t101 t101-found"><style>` + style() + foundStyle + "</style>\n")
	b.WriteString(`<div class="t101-page" style="background-color:#ffffff;color:#1c2127;padding:8px">` + "\n")
	body(&b)
	b.WriteString("</div>\n</div>\n")
	return b.String()
}

// signs are to the table what textures are to the lanes.
var signs = [textures]string{"●", "■", "▲", "◆", "▼", "◉", "□", "△"}

// chip is a goroutine's name in its colour, with its sign.
func chip(lane int, name string) string {
	if lane < 0 {
		return escape(name)
	}
	tone := lane % textures
	return `<b class="k` + strconv.Itoa(tone) + `" style="color:` + light.lanes[tone] + `">` + signs[tone] + " " + escape(name) + "</b>"
}

// stepHTML is a step in words, with its warnings.
func stepHTML(does string, marks []string) string {
	s := escape(does)
	for _, m := range marks {
		s += ` <b class="kx" style="color:` + light.bad + `">⚠ ` + escape(m) + "</b>"
	}
	return s
}

// colour begins the attributes of words in a tone, in the light colour where no
// style sheet is.
func (t tone) attributes() string {
	colour, class := light.lanes[t], "k"+strconv.Itoa(int(t))
	switch t {
	case toneWarn:
		colour, class = light.warn, "kw"
	case toneBad:
		colour, class = light.bad, "kx"
	}
	return `class="` + class + `" style="color:` + colour + `"`
}

func strong(t tone, text string) string {
	return "<b " + t.attributes() + ">" + escape(text) + "</b>"
}

// faintly is a line of words that matter less.
func faintly(text string) string {
	return `<div class="km" style="color:` + light.faint + `">` + escape(text) + "</div>"
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

// tableOpen begins a table with its heads.
func tableOpen(b *strings.Builder, heads ...string) {
	b.WriteString(`<table style="color:#1c2127;margin-left:0"><thead><tr ` + paperStyle + ">")
	for _, h := range heads {
		b.WriteString(`<th scope="col" ` + leftStyle + ">" + escape(h) + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
}

// tokenHTML is what brings a run again, to be copied as a whole.
func tokenHTML(token string) string {
	if token == "" {
		return "<i>" + words.FoundNoToken + "</i>"
	}
	return "<code " + paperStyle + ">" + words.ReplayIt + escape(token) + "</code>"
}

// tokenLine writes what brings this run again, so that it can be marked and copied
// as a whole, picture or not.
func tokenLine(b *strings.Builder, token string) {
	if token == "" {
		return
	}
	b.WriteString(`<p class="t101-token">` + words.TokenIs + "<code>" + words.ReplayIt + escape(token) + "</code></p>\n")
}

// controlledLink leads to what the words of a search mean. JupyterLab finds the
// notebook beside the learner's, whether this one is trusted or not.
func controlledLink() string {
	return `<a href="` + words.ControlledPage + `">` + escape(words.ControlledLink) + "</a>"
}
