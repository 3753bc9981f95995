package predict

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShown(t *testing.T) {
	q := parse(t, `"How many lines?" six | three | none`)
	rounds := []Record{{Round: 1, Answer: "six", Because: "they <run>"}, {Round: 2, Answer: "none", Judged: true, Was: []string{"none"}}}
	s := NewShown(q, rounds)
	data, _ := s.Bundle(s.Said()...)
	const want = "How many lines?\n  1  six\n  2  three\n  3  none\nYou said “six”, then “none”. It was “none”.\nBecause: “they <run>”"
	if data["text/plain"] != want {
		t.Errorf("%s", data["text/plain"])
	}
	brief := s
	brief.Brief = true
	data, _ = brief.Bundle(s.Said()...)
	if text := data["text/plain"].(string); strings.Contains(text, "three") || !strings.HasPrefix(text, "How many lines?\nYou said") {
		t.Errorf("%s", text)
	}
	data, _ = s.Bundle(s.Said()...)
	page := data["text/html"].(string)
	for _, part := range []string{"You said <em>six</em>, then <em>none</em>. It was <em>none</em>.", "they &lt;run&gt;"} {
		if !strings.Contains(page, part) {
			t.Errorf("%s\nhas no %s", page, part)
		}
	}
}

// Nothing is called wrong; what is not known is not judged.
func TestSaid(t *testing.T) {
	for _, c := range []struct {
		r         Record
		run, want string
	}{
		{Record{Answer: "six", Judged: true, Was: []string{"none"}}, "", "You said “six”. It was “none”."},
		{Record{Answer: "six", Judged: true, Was: []string{"six", "none"}, OfAll: true}, "", "You said “six”. Over all interleavings it is “six” or “none”."},
		{Record{Answer: "six"}, "110", "You said “six”.\nThis run: “110”."},
	} {
		s := NewShown(parse(t, `"?" six | none`), []Record{c.r})
		s.Run = c.run
		var lines []string
		for _, l := range s.Said() {
			lines = append(lines, l.Plain())
		}
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
}

// What is typed and what stands in a cell is text, in each form.
func TestShownHostile(t *testing.T) {
	const evil = "\x1b[31m</p><script>alert(1)</script>\xff\u202e"
	q := &Question{Kind: Choice, Text: evil, Options: []Option{{Text: evil}, {Text: strings.Repeat(evil, 5000)}}}
	s := NewShown(q, []Record{{Round: 1, Answer: evil, Because: evil, Judged: true, Was: []string{evil}}})
	s.Run, s.Note = evil, "note"
	data, _ := s.Bundle(s.Said()...)
	for form, text := range map[string]string{"plain": data["text/plain"].(string), "page": data["text/html"].(string)} {
		if strings.ContainsAny(text, "\x1b\u202e") || !utf8.ValidString(text) || len(text) > 20_000 {
			t.Errorf("%s: %q", form, text)
		}
	}
	page := data["text/html"].(string)
	if strings.Contains(page, "<script") {
		t.Error("the page has a script")
	}
	if err := xml.Unmarshal([]byte(page), new(struct{})); err != nil {
		t.Errorf("the page is not well formed: %v", err)
	}
	if !json.Valid(data[RecordType].(json.RawMessage)) {
		t.Error("the data are no JSON")
	}
}
