package magic

import (
	"fmt"
	"html"
	"strings"

	"threading101/kernel/words"
)

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
