package output

import (
	_ "embed"
	"html"
	"maps"
	"regexp"
	"strings"

	"threading101/kernel/words"
)

//go:embed stay.js
var stayScript string

var lineOfComment = regexp.MustCompile(`(?m)^\s*//.*\n|^\s+`)

// stays has the page keep a picture until there is another. A front end with a notebook
// clears the outputs of a cell before it asks for the cell's run, so no message comes
// early enough: only what is in the page can do it.
var stays = `<script data-label="` + html.EscapeString(words.PictureStays) + `">` + "\n" +
	strings.TrimSpace(lineOfComment.ReplaceAllString(stayScript, "")) + "\n</script>\n"

// staying is a picture that the page keeps, where there is a page: what has no HTML is
// left as it is.
func staying(data map[string]any) map[string]any {
	text, ok := data["text/html"].(string)
	if !ok || !strings.Contains(text, `class="t101 `) {
		return data
	}
	data = maps.Clone(data)
	data["text/html"] = text + stays
	return data
}
