package magic

import (
	"fmt"
	"html"
	"strings"

	"threading101/kernel/words"
)

// ControlledHelp returns what %t101 controlled shows, in the same forms.
func ControlledHelp() (plain, page string) {
	var p, h strings.Builder
	fmt.Fprintf(&p, "%s\n", words.ControlledTitle)
	fmt.Fprintf(&h, "<p><strong>%s</strong></p>\n<dl>\n", html.EscapeString(words.ControlledTitle))
	for _, row := range words.Controlled {
		fmt.Fprintf(&p, "\n%s\n%s\n", row[0], indented(row[1]))
		fmt.Fprintf(&h, "<dt><strong>%s</strong></dt><dd>%s</dd>\n", html.EscapeString(row[0]), html.EscapeString(row[1]))
	}
	h.WriteString("</dl>\n")
	return p.String(), h.String()
}

// indented breaks a text into lines for a terminal.
func indented(text string) string {
	const width = 92
	var lines []string
	line := "   "
	for _, word := range strings.Fields(text) {
		if words.Width(line)+1+words.Width(word) > width {
			lines, line = append(lines, line), "   "
		}
		line += " " + word
	}
	return strings.Join(append(lines, line), "\n")
}

// Help returns what %t101 shows, as plain text and as HTML without script.
func Help() (plain, page string) {
	var p, h strings.Builder
	fmt.Fprintf(&p, "%s\n\n", words.MagicHelpTitle)
	fmt.Fprintf(&h, "<p><strong>%s</strong></p>\n<table>\n", html.EscapeString(words.MagicHelpTitle))
	for _, w := range Table {
		if w.Since > Now {
			continue
		}
		usage := strings.TrimSpace("%" + w.Name + " " + w.Usage)
		fmt.Fprintf(&p, "  %-26s %s\n", usage, w.Help)
		fmt.Fprintf(&h, "<tr><td style=\"text-align:left\"><code>%s</code></td><td style=\"text-align:left\">%s</td></tr>\n",
			html.EscapeString(usage), html.EscapeString(w.Help))
	}
	h.WriteString("</table>\n")
	for _, line := range words.MagicHelpNotes {
		fmt.Fprintf(&p, "\n%s\n", line)
		fmt.Fprintf(&h, "<p>%s</p>\n", html.EscapeString(line))
	}
	return p.String(), h.String()
}
