package found

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words"
)

func everyResult(t *testing.T, check func(t *testing.T, f *found)) {
	for _, e := range explorations {
		t.Run(e.name, func(t *testing.T) { check(t, newFound(e.make())) })
	}
}

// TestSVGShowsTheLayout: each outcome has its sign, its value, its count, and a bar of
// the right length and look.
func TestSVGShowsTheLayout(t *testing.T) {
	everyResult(t, func(t *testing.T, f *found) {
		all := rendertest.Elements(t, f.svg(ink.Paper{}))
		for i := range f.rows {
			row := &f.rows[i]
			colour := [...]string{looksFine: "f1", looksCut: "w", looksBad: "x"}[row.look]
			var texts []string
			lines, bar := 0, 0
			for j := range all {
				e := &all[j]
				switch {
				case e.Group != i:
				case e.Name == "title" && e.Text != f.title(row):
					t.Errorf("row %d is called %q", i, e.Text)
				case e.Name == "text":
					texts = append(texts, e.Text)
					if len(texts) == 1 && e.Class != "b "+colour {
						t.Errorf("row %d: the sign is drawn as %s", i, e.Class)
					}
				case e.Is("ov"):
					lines++
				case e.Name == "rect" && e.Number("height") == svgBarHeight && !e.Is("paper"):
					bar = e.Number("width")
					if e.Class != colour {
						t.Errorf("row %d: the bar is drawn as %s", i, e.Class)
					}
				}
			}
			if len(texts) != 4 || texts[0] != row.sign || !cutFrom(texts[1], row.value) || texts[2] != row.many || !cutFrom(texts[3], below(row)) {
				t.Errorf("row %d says %q", i, texts)
			}
			if bar != f.length(row, svgTrack, svgLeast) || (lines > 0) != (row.look == looksCut || row.look == looksBad && bar >= 12) {
				t.Errorf("row %d: a bar of %d with %d lines", i, bar, lines)
			}
		}
	})
}

// below is what is said below a value in the picture.
func below(row *outcomeRow) string {
	s := row.ends + " · " + row.switches
	if row.token != "" {
		s += " · " + words.ReplayIt + row.token
	}
	return s
}

// cutFrom reports whether a text is another, or the beginning of it.
func cutFrom(said, whole string) bool {
	begin, cut := strings.CutSuffix(said, "…")
	return said == whole || cut && strings.HasPrefix(whole, begin)
}

var barBox = regexp.MustCompile(`<div class="(b\w)" style="width:(\d+)px;height:12px`)

// TestHTMLShowsTheLayout: each outcome has its row, with a bar.
func TestHTMLShowsTheLayout(t *testing.T) {
	everyResult(t, func(t *testing.T, f *found) {
		page := string(f.html(ink.Paper{}))
		rows, bars := rendertest.Tables(t, page), barBox.FindAllStringSubmatch(page, -1)
		if len(bars) != len(f.rows) {
			t.Fatalf("%d bars for %d rows", len(bars), len(f.rows))
		}
		for i := range f.rows {
			row := &f.rows[i]
			token := words.FoundNoToken
			if row.token != "" {
				token = words.ReplayIt + row.token
			}
			got := []string{rows[i][0].Text, rows[i][1].Text, rows[i][2].Text}
			if want := []string{row.sign + " " + row.value + row.whole + row.ends, row.many, token + row.switches}; !slices.Equal(got, want) {
				t.Errorf("row %d: %q, want %q", i, got, want)
			}
			class := [...]string{looksFine: "b1", looksCut: "bw", looksBad: "bx"}[row.look]
			if bars[i][1] != class || bars[i][2] != strconv.Itoa(f.length(row, htmlTrack, htmlLeast)) {
				t.Errorf("row %d: the bar is %q", i, bars[i])
			}
		}
	})
}

// TestTextShowsTheLayout: each outcome has its line, with a bar of eighths.
func TestTextShowsTheLayout(t *testing.T) {
	everyResult(t, func(t *testing.T, f *found) {
		text := string(f.text(ink.Paper{Width: 400}))
		for i := range f.rows {
			row := &f.rows[i]
			at := strings.Index(text, "  "+row.sign+" "+row.value)
			if at < 0 {
				t.Fatalf("row %d is not there:\n%s", i, text)
			}
			line, rest, _ := strings.Cut(text[at:], "\n")
			text = rest
			n := f.length(row, 8*20, 1)
			filled := strings.Count(line, "█") * 8
			for eighths, end := range []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"} {
				if end != "" && strings.Contains(line, end) {
					filled += eighths
				}
			}
			if filled != n || !strings.HasSuffix(line, "  "+row.many) {
				t.Errorf("row %d: %d eighths instead of %d: %s", i, filled, n, line)
			}
		}
	})
}
