package ink

import (
	"strings"
	"testing"
)

// A line break does not tear what was printed.
func TestSplitKeepsQuotations(t *testing.T) {
	got := strings.Join(split("now B prints “B 1 and more”, then “"+strings.Repeat("long ", 20)+"”"), "|")
	if want := "now|B|prints|“B 1 and more”,|then|“long|"; !strings.HasPrefix(got, want) {
		t.Errorf("split as %q, want %q …", got, want)
	}
}
