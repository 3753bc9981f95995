package ink

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// theme is one set of colours.
type theme struct {
	Lanes                                    []string
	paper, ink, Faint, Line, Bad, Warn, glow string
}

// The colours of the lanes follow Okabe and Ito's palette, which readers with
// any common colour blindness can tell apart, darkened for white paper and
// lightened for black until each has a contrast of 3:1 and more against it
// (a test checks that). The first is main's. Colour is never alone: each lane
// has its own texture too, and each bar of a lock says the holder's name.
var (
	Light = theme{
		Lanes: []string{"#4f5b66", "#0072b2", "#c14a00", "#00805c", "#a8447f", "#8a6d00", "#6a4fc0", "#7d4a1e"},
		paper: "#ffffff", ink: "#1c2127", Faint: "#5d6873", Line: "#d5dae0", Bad: "#c01c28", Warn: "#8f5400", glow: "#00000010",
	}
	dark = theme{
		Lanes: []string{"#aab4be", "#56b4e9", "#ff8a4c", "#2ec9a0", "#e58fc4", "#e3cd4b", "#ab9cf7", "#cfa57e"},
		paper: "#14181d", ink: "#e8ecf0", Faint: "#9aa5b1", Line: "#343c45", Bad: "#ff7b72", Warn: "#f0b64a", glow: "#ffffff14",
	}
)

// Textures is how many lanes look different; the next one looks like the first.
const Textures = 8

//go:embed style.css
var rules string

// style is the style sheet of the picture, for light and dark. In JupyterLab
// it follows the theme of the page, elsewhere that of the reader's system.
var style = sync.OnceValue(func() string {
	const me = ".t101"
	var b strings.Builder
	b.WriteString(me + "{" + Light.vars() + "color-scheme:light}")
	b.WriteString("@media(prefers-color-scheme:dark){" + me + "{" + dark.vars() + "color-scheme:dark}}")
	for _, page := range []string{"[data-jp-theme-light=true] ", ".vscode-light "} {
		b.WriteString(page + me + "{" + Light.vars() + "color-scheme:light}")
	}
	for _, page := range []string{"[data-jp-theme-light=false] ", ".vscode-dark "} {
		b.WriteString(page + me + "{" + dark.vars() + "color-scheme:dark}")
	}
	for i, c := range Light.Lanes {
		n := strconv.Itoa(i)
		b.WriteString(me + " .f" + n + "{" + both("fill", c, "c"+n) + "}" + me + " .s" + n + "{" + both("stroke", c, "c"+n) + "}")
	}
	for line := range strings.Lines(rules) {
		b.WriteString(withFallback(strings.TrimSpace(line)))
	}
	return b.String()
})

// vars declares the colours of a theme as custom properties.
func (t theme) vars() string {
	var b strings.Builder
	for i, c := range t.Lanes {
		b.WriteString("--c" + strconv.Itoa(i) + ":" + c + ";")
	}
	for _, v := range t.named() {
		b.WriteString("--" + v[0] + ":" + v[1] + ";")
	}
	return b.String()
}

func (t theme) named() [][2]string {
	return [][2]string{
		{"paper", t.paper}, {"ink", t.ink}, {"faint", t.Faint}, {"line", t.Line},
		{"bad", t.Bad}, {"warn", t.Warn}, {"glow", t.glow},
	}
}

// both declares a property twice: programs that do not know custom properties
// (some draw SVG) keep the first, the light theme.
func both(property, colour, name string) string {
	return property + ":" + colour + ";" + property + ":var(--" + name + ")"
}

// withFallback does the same for every "property:var(--name)" of a rule.
func withFallback(rule string) string {
	for _, v := range Light.named() {
		use := ":var(--" + v[0] + ")"
		for _, property := range []string{"fill", "stroke", "color", "background"} {
			rule = strings.ReplaceAll(rule, property+use, both(property, v[1], v[0]))
		}
	}
	return rule
}
