package render

import (
	"strings"
	"testing"
)

// A warning has one form, on whichever side of its lane there is room for it.
func TestWarningsAreTags(t *testing.T) {
	for _, s := range situations {
		if picture := string(SVG(s.make(), Options{})); strings.Contains(picture, ">⚠") {
			t.Errorf("%s: a warning without a tag", s.name)
		}
	}
}
