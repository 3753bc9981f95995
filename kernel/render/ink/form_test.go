package ink

import (
	"encoding/json"
	"testing"
)

// TestForms: a bundle has the forms with a MIME type, data as data; each can be asked
// for by its name.
func TestForms(t *testing.T) {
	forms := Forms[string]{
		{Name: "text", MIME: "text/plain", Write: func(s string, p Paper) []byte { return []byte(s) }},
		{Name: "json", MIME: "application/x+json", Write: func(s string, _ Paper) []byte { return Marshal(s) }},
		{Name: "file", Write: func(s string, _ Paper) []byte { return []byte("file of " + s) }},
	}
	data, metadata := forms.Bundle("a", Paper{})
	if len(data) != 2 || data["text/plain"] != "a" || string(data["application/x+json"].(json.RawMessage)) != `"a"` || metadata == nil {
		t.Errorf("%v %v", data, metadata)
	}
	if got := string(forms.In("file", "b", Paper{})); got != "file of b" {
		t.Error(got)
	}
}
