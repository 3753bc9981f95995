package step

import (
	"html"
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// HTML is what can be next, and why others cannot go on, as a table in a piece of a page.
// It has the page's own colours.
func HTML(st *State) string {
	var b strings.Builder
	b.WriteString(`<table class="t101-step"><caption style="text-align:left">` + html.EscapeString(st.Asks) + "</caption>\n<tr>")
	for _, head := range []string{words.StepTableKey, words.StepTableWho, words.StepTableDoes, words.StepTableWhere} {
		b.WriteString(`<th scope="col" style="text-align:left">` + head + "</th>")
	}
	b.WriteString("</tr>\n")
	for _, c := range st.Choices {
		row(&b, strconv.Itoa(c.Key), c.Name, c.Does, c.Place)
	}
	for _, g := range st.Goroutines {
		if g.Is == Waits || g.Is == Aside {
			row(&b, "", g.Name, words.StepWhy(g.Does, g.Why), g.Place)
		}
	}
	b.WriteString("</table>\n")
	return b.String()
}

func row(b *strings.Builder, key, name, does string, at Place) {
	b.WriteString("<tr>")
	for _, text := range []string{key, name, does, at.String()} {
		b.WriteString(`<td style="text-align:left">` + html.EscapeString(text) + "</td>")
	}
	b.WriteString("</tr>\n")
}
