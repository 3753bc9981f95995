package speedup

import (
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// markdown writes two tables and what is said of them.
func (p *product) markdown(ink.Paper) []byte {
	var b strings.Builder
	b.WriteString("### " + ink.Markdown(p.head) + "\n\n")
	markdownTable(&b, p.heads())
	for i := range p.rows {
		markdownCells(&b, p.rows[i].cells())
	}
	markdownList(&b, append(append([]string{}, p.says...), p.notes...))
	if p.time == nil {
		b.WriteString("\n" + ink.Markdown(p.none) + "\n")
		return []byte(b.String())
	}
	a := p.time
	b.WriteString("\n**" + ink.Markdown(a.head) + "**\n\n")
	markdownTable(&b, []string{words.HeadGoroutine, words.HeadRan, words.HeadShare, words.HeadWhen})
	for i := range a.lanes {
		l := &a.lanes[i]
		ink.MarkdownRow(&b, []string{ink.Markdown(l.name), ink.Markdown(l.ran), ink.Markdown(l.part), "`" + a.line(l, htmlPieces) + "`"})
	}
	markdownList(&b, append([]string{words.TimelineText}, a.says...))
	return []byte(b.String())
}

func markdownTable(b *strings.Builder, heads []string) {
	markdownCells(b, heads)
	b.WriteString("|" + strings.Repeat(" --- |", len(heads)) + "\n")
}

func markdownCells(b *strings.Builder, cells []string) {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = ink.Markdown(cell)
	}
	ink.MarkdownRow(b, safe)
}

func markdownList(b *strings.Builder, all []string) {
	b.WriteString("\n")
	for _, says := range all {
		b.WriteString("* " + ink.Markdown(says) + "\n")
	}
}
