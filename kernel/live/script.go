package live

import (
	_ "embed"
	"regexp"
	"strings"

	"threading101/kernel/words"
)

//go:embed live.js
var script string

//go:embed live.css
var styles string

var lineOfComment = regexp.MustCompile(`(?m)^\s*//.*\n|^\s+`)

// Script and Style are what the page runs and looks like, without the comments.
var (
	Script = strings.TrimSpace(lineOfComment.ReplaceAllString(script, ""))
	Style  = strings.TrimSpace(lineOfComment.ReplaceAllString(styles, ""))
)

// Words are the sentences of the page.
func Words() map[string]any { return map[string]any{"text": words.Live, "keys": words.LiveKeys} }
