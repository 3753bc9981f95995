package cli

import (
	"os"

	"threading101/kernel/live"
	"threading101/kernel/model"
	"threading101/kernel/render/picture"
)

// drawn is a run in a form that a file may hold. A page steps through it.
func drawn(form string, ex *model.Execution) []byte {
	if form != "page" {
		return picture.In(form, ex, picture.Options{})
	}
	s := live.Shown{Run: ex, Source: sourceOf}
	return s.Page()
}

// mostSource is the longest file that is shown beside the lanes.
const mostSource = 256 << 10

// sourceOf is the text of the file that a place is in, "" if it cannot be shown.
func sourceOf(pos model.Pos) string {
	if info, err := os.Stat(pos.File); err != nil || info.Size() > mostSource {
		return ""
	}
	text, err := os.ReadFile(pos.File)
	if err != nil {
		return ""
	}
	return string(text)
}
