package walk

import "testing"

func TestMentions(t *testing.T) {
	for _, c := range []struct {
		text, name string
		want       bool
	}{
		{"A reads x", "A", true}, {"All read x", "A", false}, {"locks mu·2 at", "mu", false}, {"mutex, mu.", "mu", true}, {"", "", false},
	} {
		if mentions(c.text, c.name) != c.want {
			t.Errorf("%q in %q: %v", c.name, c.text, !c.want)
		}
	}
}
