package nearest_test

import (
	"testing"

	"threading101/kernel/nearest"
)

func TestOf(t *testing.T) {
	known := []string{"a", "ok", "seed", "replay", "total", "données"}
	for _, c := range []struct{ name, want string }{
		{"sed", "seed"},
		{"toatl", "total"},
		{"replya", "replay"},
		{"repl", "replay"},
		{"rep", ""},
		{"b", "a"},
		{"bc", ""},
		{"donnees", "données"},
		{"deadlock", ""},
		{"", "a"},
		{"sat", ""},
		{"seef", "seed"},
		{"sera", ""},
	} {
		if got := nearest.Of(c.name, known); got != c.want {
			t.Errorf("Of(%q) = %q, want %q", c.name, got, c.want)
		}
	}
	if got := nearest.Of("seed", nil); got != "" {
		t.Errorf("of no words, %q", got)
	}
}
