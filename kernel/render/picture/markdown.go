package picture

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// markdown is the picture to be pasted into an issue or a chat: a table with a column
// for each goroutine. Locks and values have no column, to keep it narrow: the steps
// say them. Bundles do not have it, see the package's decisions.
func (p *Picture) markdown(ink.Paper) []byte {
	var b strings.Builder
	b.WriteString("### " + ink.Markdown(p.Status) + "\n\n")
	markdownList(&b, p.Explanation)
	b.WriteString(ink.Markdown(p.Mode+" · "+p.Size) + "\n")
	if p.note != "" {
		b.WriteString("\n" + ink.Markdown(p.note) + "\n")
	}
	b.WriteString("\n")
	p.markdownTable(&b)
	if len(p.notes) > 0 {
		b.WriteString("\n")
		markdownList(&b, p.notes)
	}
	ink.MarkdownToken(&b, p.Token)
	return []byte(b.String())
}

// markdownList writes sentences as a list, and a blank line below.
func markdownList(b *strings.Builder, sentences []string) {
	for _, s := range sentences {
		b.WriteString("- " + ink.Markdown(s) + "\n")
	}
	if len(sentences) > 0 {
		b.WriteString("\n")
	}
}

func (p *Picture) markdownTable(b *strings.Builder) {
	heads, rules := p.markdownCells(words.HeadStep, p.WhereHead()), p.markdownCells("--:", "--:")
	for i, l := range p.lanes {
		heads[2+i], rules[2+i] = ink.Markdown(l.name), ":--"
	}
	ink.MarkdownRow(b, heads)
	ink.MarkdownRow(b, rules)
	for i := range p.rows {
		ink.MarkdownRow(b, p.markdownRow(&p.rows[i]))
	}
	ends, any := p.markdownCells("", ""), false
	for i, e := range p.ends {
		if e.kind == endNone {
			continue
		}
		ends[2+i] = signs[e.kind] + " " + ink.Markdown(e.text)
		any = true
	}
	if any {
		ink.MarkdownRow(b, ends)
	}
	for _, l := range p.links {
		cells := p.markdownCells("✖", ink.Markdown(l.where))
		cells[2+l.from] = "**" + ink.Markdown(l.says) + "**"
		ink.MarkdownRow(b, cells)
	}
}

// markdownCells is a row with nothing in the columns of the goroutines.
func (p *Picture) markdownCells(step, where string) []string {
	cells := make([]string, 2+len(p.lanes))
	cells[0], cells[1] = step, where
	return cells
}

// markdownRow is a step in the column of its goroutine. What stands for steps left out
// is in the first of these columns, because no cell reaches over several.
func (p *Picture) markdownRow(r *row) []string {
	switch r.kind {
	case isStep:
	case isParting:
		cells := p.markdownCells("≠", "")
		cells[2] = "**" + ink.Markdown(r.Does) + "**"
		return cells
	default:
		cells := p.markdownCells("⋮", "")
		cells[2] = "*" + ink.Markdown(r.Does) + "*"
		return cells
	}
	says := ink.Markdown(r.Does)
	if r.Crash {
		says = "✖ " + says
	}
	for _, m := range r.Marks {
		says += " **⚠ " + ink.Markdown(m) + "**"
	}
	cells := p.markdownCells(strconv.Itoa(r.n), ink.Markdown(r.where))
	cells[2+r.lane] = says
	return cells
}
