package ink

import (
	"strings"

	"threading101/kernel/words"
)

// Markdown makes text safe in a line or in the cell of a table of GitHub's Markdown:
// it is read as it was. What it gets has gone through words.Plain. A backslash keeps a
// sign from its meaning. What is HTML becomes an entity, for those who show Markdown
// and know no backslash. After @ and # stands a space without width: a name or a number
// would call somebody, or refer to an issue, where the text is posted.
func Markdown(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch before, after := s[:i], s[i+len(string(r)):]; {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case (r == '@' || r == '#') && after != "" && after[0] != ' ':
			b.WriteString(string(r) + "\u200b")
		case strings.ContainsRune("\\`*_~[]|$", r),
			r == ':' && strings.HasPrefix(after, "//"),
			r == '.' && strings.HasSuffix(strings.ToLower(before), "www"),
			strings.ContainsRune("-+=#", r) && strings.Trim(before, " ") == "",
			strings.ContainsRune(".)", r) && strings.Trim(before, " 0123456789") == "":
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// MarkdownRow writes a row of a table, of cells that are Markdown.
func MarkdownRow(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

// MarkdownToken writes the token of a run as TokenLine does.
func MarkdownToken(b *strings.Builder, token string) {
	if token != "" {
		b.WriteString("\n" + Markdown(words.TokenIs) + "`" + words.ReplayIt + strings.Map(noTick, token) + "`\n")
	}
}

// noTick leaves out what would end a piece of code: no token has it.
func noTick(r rune) rune {
	if r == '`' {
		return -1
	}
	return r
}
