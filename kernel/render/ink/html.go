package ink

import (
	_ "embed"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"

	"threading101/kernel/words"
)

//go:embed twice.css
var twiceRules string

var twiceStyle = strings.ReplaceAll(strings.TrimSpace(twiceRules), "\n", "")

//go:embed page.css
var pageRules string

var pageStyle = strings.ReplaceAll(strings.TrimSpace(pageRules), "\n", "")

// Twice makes a piece of a page that has everything twice: as a picture, and as what
// plain writes, for notebooks that are not trusted and for screen readers.
//
// The picture scrolls in a box of its own. The box is a popover, which the style sheet
// shows in its place in the page, too: opened, it fills the window with the picture at
// twice its size. That needs no script, and no server.
func Twice(picture []byte, plain func(b *strings.Builder)) string {
	var b strings.Builder
	b.Grow(2*len(picture) + 4<<10)
	id := Named(picture)
	b.WriteString(`<div class="t101 t101-run"><style>` + twiceStyle + `</style>` + "\n")
	b.WriteString(`<div class="t101-place" style="--height:` + height(picture) + `px">` +
		`<div class="t101-pic" id="` + id + `" popover hidden style="display:none"` + noShortcuts + `>` + "\n")
	b.WriteString(button(id, "hide", "t101-close", words.CloseLarge, " autofocus"+noShortcuts))
	b.WriteString(`<div aria-hidden="true">`)
	b.Write(picture)
	b.WriteString("</div></div></div>\n")
	b.WriteString(`<label class="t101-switch" hidden style="display:none"><input type="checkbox"> ` + words.ShowTable + "</label>\n")
	b.WriteString(`<span class="t101-switch" hidden style="display:none">` + button(id, "show", "", words.OpenLarge, "") + "</span>\n")
	plain(&b)
	b.WriteString(`<p class="t101-trust">` + words.NotTrusted + "</p>\n</div>\n")
	return b.String()
}

// noShortcuts keeps keys for the browser that JupyterLab would take where it has them on
// the element with the focus: the arrows scroll.
const noShortcuts = ` data-lm-suppress-shortcuts="true"`

// Named is the id of the box that a picture is in on a page. Pictures that are the same
// have the same.
func Named(picture []byte) string {
	sum := fnv.New32a()
	sum.Write(picture)
	return "t101-large-" + strconv.FormatUint(uint64(sum.Sum32()), 36)
}

var heightOf = regexp.MustCompile(`^<svg [^>]* height="(\d+)"`)

// height is that of a picture, so that its place stays as high while the picture is
// elsewhere.
func height(picture []byte) string {
	if m := heightOf.FindSubmatch(picture); m != nil {
		return string(m[1])
	}
	return "0"
}

// button opens or closes a box.
func button(id, action, class, label, more string) string {
	return `<button type="button" class="` + class + `" popovertarget="` + id + `" popovertargetaction="` + action + `"` + more + ">" + label + "</button>\n"
}

// ToLeft is an inline style of tables. They have none for colours: a notebook that is not
// trusted shows them in the page's own, light or dark, where no style sheet of ours
// reaches. There a goroutine is known by its sign and its name.
const ToLeft = `style="text-align:left"`

// Page is a piece of a page with a style sheet of its own, for tables and folds.
func Page(body func(b *strings.Builder)) string {
	var b strings.Builder
	b.WriteString(`<div class="t101 t101-found"><style>` + style() + pageStyle + "</style>\n")
	b.WriteString(`<div class="t101-page">` + "\n")
	body(&b)
	b.WriteString("</div>\n</div>\n")
	return b.String()
}

// signs are to the table what textures are to the lanes.
var signs = [Textures]string{"●", "■", "▲", "◆", "▼", "◉", "□", "△"}

// Chip is a goroutine's name in its colour, with its sign.
func Chip(lane int, name string) string {
	if lane < 0 {
		return Escape(name)
	}
	tone := lane % Textures
	return `<b class="k` + strconv.Itoa(tone) + `">` + signs[tone] + " " + Escape(name) + "</b>"
}

// Step is a step in words, with its warnings.
func Step(does string, marks []string) string {
	s := Escape(does)
	for _, m := range marks {
		s += ` <b class="kx">⚠ ` + Escape(m) + "</b>"
	}
	return s
}

// class is that of an element in a tone, for the style sheet.
func (t Tone) class() string {
	switch t {
	case ToneWarn:
		return "kw"
	case ToneBad:
		return "kx"
	}
	return "k" + strconv.Itoa(int(t))
}

// Strong is a text that stands out, in a tone.
func Strong(t Tone, text string) string {
	return `<b class="` + t.class() + `">` + Escape(text) + "</b>"
}

// Faintly is a line of words that matter less than the others.
func Faintly(text string) string {
	return `<div class="km">` + Escape(text) + "</div>"
}

// List writes a list with a head, nothing if it is empty.
func List(b *strings.Builder, head string, items []string) {
	if len(items) == 0 {
		return
	}
	if head != "" {
		b.WriteString("<p>" + Escape(head) + "</p>")
	}
	b.WriteString("<ul>")
	for _, s := range items {
		b.WriteString("<li>" + Escape(s) + "</li>")
	}
	b.WriteString("</ul>\n")
}

// OpenTable begins a table with its heads.
func OpenTable(b *strings.Builder, heads ...string) {
	b.WriteString(`<table style="margin-left:0"><thead><tr>`)
	for _, h := range heads {
		b.WriteString(`<th scope="col" ` + ToLeft + ">" + Escape(h) + "</th>")
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
}

// Token is the command that shows a run again, to be copied as a whole.
func Token(token string) string {
	if token == "" {
		return "<i>" + words.FoundNoToken + "</i>"
	}
	return "<code>" + words.ReplayIt + Escape(token) + "</code>"
}

// TokenLine writes the token of a run with the command that shows the run again. It can
// be selected and copied as a whole, with the picture and without.
func TokenLine(b *strings.Builder, token string) {
	if token == "" {
		return
	}
	b.WriteString(`<p class="t101-token">` + words.TokenIs + "<code>" + words.ReplayIt + Escape(token) + "</code></p>\n")
}

// ControlledLink is a link to the notebook that explains the words of a search. It works
// in trusted notebooks and in others, as JupyterLab looks beside the learner's notebook.
func ControlledLink() string {
	return `<a href="` + words.ControlledPage + `">` + Escape(words.ControlledLink) + "</a>"
}
