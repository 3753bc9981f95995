package cell

import (
	"slices"
	"testing"
)

// GoNB takes all imports named _ for one, and keeps the last. The others are known here.
func TestUnnamed(t *testing.T) {
	m := NewMemory()
	for i, c := range []struct {
		cell string
		want []string
	}{
		{"import _ \"a/x\"", nil},
		{"import (\n\t_ \"b/y\"\n\t_ \"c/z\"\n)", []string{"a/x", "b/y"}},
		{"func main() {}", []string{"a/x", "b/y"}},
		{"import _ \"a/x\"", []string{"b/y", "c/z"}},
		{"%reset\nimport _ \"d\"", nil},
	} {
		d := m.Begin(i+1, c.cell)
		if got := d.Unnamed(); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.cell, got, c.want)
		}
		d.Commit()
	}
}
