package rendertest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Marks are the kinds of marks in a picture: of SVG and HTML the elements with their
// classes, whichever lane they belong to, of text the signs; of other forms none.
func Marks(form string, picture []byte) map[string]bool {
	marks := map[string]bool{}
	switch form {
	case "txt":
		for _, r := range string(picture) {
			if strings.ContainsRune(eighths, r) {
				r = '▏'
			}
			if strings.ContainsRune(signs, r) {
				marks["txt "+string(r)] = true
			}
		}
		return marks
	case "svg", "html":
	default:
		return nil
	}
	for _, m := range element.FindAllSubmatch(defs.ReplaceAll(picture, nil), -1) {
		fill := ""
		if f := texture.FindSubmatch(m[0]); f != nil {
			fill = " " + string(f[1])
		}
		name := string(m[1])
		if c := class.FindSubmatch(m[0]); c != nil {
			name += " " + digits.ReplaceAllString(string(c[1]), "N")
		}
		marks[form+" <"+name+fill+">"] = true
	}
	return marks
}

// signs are all that the text forms draw with; eighths are the ends of bars.
const (
	signs   = "●○■✖┃╎▒·║┌└│├[≠┄⋮⋯◀▶─╮┼✂⚠✔◐█▏➜"
	eighths = "▏▎▍▌▋▊▉"
)

var (
	element = regexp.MustCompile(`<(\w+)[^>]*>`)
	class   = regexp.MustCompile(` class="([^"]*)"`)
	texture = regexp.MustCompile(`fill="url\(#[\w-]*([ph])\d+\)"`)
	defs    = regexp.MustCompile(`(?s)<style>.*?</style>|<defs>.*?</defs>`)
	digits  = regexp.MustCompile(`\d+`)
)

// Coverage compares the marks of the pictures that are kept whole with those of all.
type Coverage struct{ kept, all map[string]bool }

// Add adds the marks of a picture.
func (c *Coverage) Add(kept bool, form string, picture []byte) {
	if c.all == nil {
		c.kept, c.all = map[string]bool{}, map[string]bool{}
	}
	marks := Marks(form, picture)
	maps.Copy(c.all, marks)
	if kept {
		maps.Copy(c.kept, marks)
	}
}

// Check fails for each mark that no picture shows that is kept whole, but for the
// exceptions.
func (c *Coverage) Check(t *testing.T, except ...string) {
	t.Helper()
	for _, mark := range slices.Sorted(maps.Keys(c.all)) {
		if !c.kept[mark] && !slices.Contains(except, mark) {
			t.Errorf("no picture that is kept whole shows %s", mark)
		}
	}
}
