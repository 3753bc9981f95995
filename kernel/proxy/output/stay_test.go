package output

import (
	"strings"
	"testing"
)

// What is to hold a picture in the page goes to front ends with a page of cells alone:
// in a terminal, in a grader and in what nbconvert makes, nothing is cleared.
func TestOnlyNotebooksAreToldToKeepPictures(t *testing.T) {
	drawn := `<div class="t101 t101-run"></div>`
	for notebook, want := range map[bool]bool{false: false, true: true} {
		data := map[string]any{"text/html": drawn, "text/plain": "lanes"}
		shown := (&Output{Notebook: notebook}).Bundle(data, nil)["data"].(map[string]any)
		text := shown["text/html"].(string)
		if strings.Contains(text, "<script") != want || !strings.HasPrefix(text, drawn) || shown["text/plain"] != "lanes" {
			t.Errorf("notebook %v: %v", notebook, shown)
		}
		if data["text/html"] != drawn {
			t.Error("the picture itself is changed")
		}
	}
	other := (&Output{Notebook: true}).Bundle(map[string]any{"text/html": "<b>hi</b>"}, nil)["data"].(map[string]any)
	if other["text/html"] != "<b>hi</b>" {
		t.Errorf("what is no picture is changed: %v", other)
	}
}
