package picture

import (
	"encoding/xml"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/rendertest"
)

// The step that is looked at is marked, and nothing else of the picture changes; parts
// that stand alone have a style sheet each, and no place of a source.
func TestHere(t *testing.T) {
	ex := rendertest.Workers(2, 2)
	for form, places := range map[string]int{"svg": 1, "html": 2} { // the page has a table besides
		plain, marked := string(In(form, ex, Options{})), string(In(form, ex, Options{Here: 3}))
		if plain == marked || strings.Count(marked, "#e0a80055") != places || strings.Contains(plain, "#e0a800") {
			t.Errorf("%s: step 3 is not marked in each place", form)
		}
		if string(In(form, ex, Options{Here: 10_000})) != plain {
			t.Errorf("%s: a step that is not there is marked", form)
		}
	}
	alone := NewPlayer(ex, Options{Alone: true}, func(model.Pos) string { return "" })
	for _, part := range []string{alone.SVG.Heads, alone.SVG.Steps} {
		if !strings.Contains(part, "<style>") || xml.Unmarshal([]byte(part), new(struct{})) != nil {
			t.Errorf("a part does not stand alone: %.200s", part)
		}
	}
}
