package found

import (
	"path/filepath"
	"strings"
	"testing"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words"
)

var verdicts = []ruling{
	{Property: "race-free", Holds: true, Complete: true, Interleavings: number("70")},
	{Property: "deadlock-free", Holds: true, Complete: true},
	{Property: "joined", Holds: true, Runs: 4000},
	{Property: "outcome total==4", Complete: true, Interleavings: number("70"), Fails: "it ends with total = 2", Token: "t1-9f3cq-s2.3x4.2f-ab12-k7"},
	{Property: "always total >= 0", Holds: true, Complete: true, Interleavings: number("2")},
	{Property: "always total >= 0", Holds: true, Runs: 9},
	{Property: "order A<B", Runs: 17, Fails: "</td><script>\x1b[2J", Token: "t1-9f3cq-s2.3x4.2f-ab12-k7"},
}

// rulingPage is the table of verdicts as a page.
func rulingPage(all []ruling) string {
	return ink.Page(func(b *strings.Builder) { rulingHTML(b, all) })
}

func TestVerdictGolden(t *testing.T) {
	html := rulingPage(verdicts)
	rendertest.Golden(t, filepath.Join("testdata", "verdict.txt"), []byte(rulingText(verdicts, ink.Paper{})))
	rendertest.Golden(t, filepath.Join("testdata", "verdict.html"), []byte(html[strings.Index(html, "</style>"):]))
	rendertest.CheckMarkup(t, "verdict.html", html)
	if strings.Contains(rulingPage(nil), "<table") || rulingText(nil, ink.Paper{}) != "" {
		t.Error("a verdict on nothing")
	}
}

// The three verdicts differ in sign, words and colour; what was not tried
// completely is never called proven.
func TestVerdictsDiffer(t *testing.T) {
	for _, c := range []struct {
		v                  ruling
		mark, class, words string
	}{
		{verdicts[0], "✔", "k3", "holds in all 70 interleavings"},
		{verdicts[1], "✔", "k3", "holds in all interleavings"},
		{verdicts[2], "◐", "kw", "held in the 4,000 runs tried — more may exist"},
		{verdicts[3], "✖", "kx", "fails: it ends with total = 2"},
		{verdicts[4], "✔", "k3", "holds in all 2 interleavings, whenever nobody holds a lock"},
		{verdicts[5], "◐", "kw", "held in the 9 runs tried, whenever nobody held a lock — more may exist"},
	} {
		html, text := rulingPage([]ruling{c.v}), rulingText([]ruling{c.v}, ink.Paper{})
		if !strings.Contains(html, `<b class="`+c.class+`"`) || !strings.Contains(html, ">"+c.mark+"<") || !strings.Contains(html, ink.Escape(c.words)) {
			t.Errorf("%s: %s", c.v.Property, html[strings.Index(html, "</style>"):])
		}
		says := c.mark + " " + c.v.Property + " " + c.words + "\n"
		if !strings.HasPrefix(text, says+"See: what") && !strings.HasPrefix(text, says+"  %replay t1-") {
			t.Errorf("%s: %s", c.v.Property, text)
		}
	}
	// Each says where to read what its words mean.
	if html, text := rulingPage(verdicts[:1]), rulingText(verdicts[:1], ink.Paper{Width: 200}); !strings.Contains(html, `<a href="90-controlled.ipynb">`) ||
		!strings.Contains(text, words.SeeControlled) {
		t.Errorf("no link: %s%s", html, text)
	}
	if text := rulingText(verdicts[:1], ink.Paper{Color: true}); words.Width(text) == words.Width(rulingText(verdicts[:1], ink.Paper{})) {
		t.Error("no colours")
	}
}
