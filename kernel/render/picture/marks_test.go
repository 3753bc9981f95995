package picture

import (
	"strings"
	"testing"

	"threading101/kernel/render/rendertest"
)

// A warning has one form, on whichever side of its lane there is room for it.
func TestWarningsAreTags(t *testing.T) {
	for _, s := range rendertest.All {
		if picture := string(In("svg", s.Make(), Options{})); strings.Contains(picture, ">⚠") {
			t.Errorf("%s: a warning without a tag", s.Name)
		}
	}
}
