package trace

import (
	"slices"
	"strings"
	"testing"
)

// Goroutines that run the same are named after what differs between them.
func TestNamesTellApart(t *testing.T) {
	for _, test := range []struct{ about, hint, offers, want string }{
		{"the first that differs", "player", "player 3|player 0;player 3|player 1", "player 0;player 1"},
		{"the first of two that differ", "fetch", "fetch 0|fetch a;fetch 1|fetch b", "fetch 0;fetch 1"},
		{"one that tells all apart before one that tells some", "f", "f A|f 0;f A|f 1;f B|f 2", "f 0;f 1;f 2"},
		{"two together", "cell", "cell 0|cell 0;cell 0|cell 1;cell 1|cell 0;cell 1|cell 1", "cell 0 0;cell 0 1;cell 1 0;cell 1 1"},
		{"none differs", "add", "add 50;add 50", "add 50;add 50"},
		{"one without", "player", "player 0;;player 1", "player 0;player;player 1"},
		{"none has a name", "func", ";;", "func 1;func 2;func 3"},
		{"only one", "func", "", "func"},
		{"names, and one number", "func", ";func 1;", "func;func 1;func"},
		{"receivers and what they are asked", "Server.do", "s|Server.do 1;s|Server.do 2", "Server.do 1;Server.do 2"},
	} {
		var offers [][]string
		for _, o := range strings.Split(test.offers, ";") {
			offers = append(offers, strings.FieldsFunc(o, func(r rune) bool { return r == '|' }))
		}
		got := numbered(test.hint, differing(test.hint, offers))
		if want := strings.Split(test.want, ";"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", test.about, got, want)
		}
	}
}

// Of long names the part that differs is kept.
func TestNamesKeepWhatDiffers(t *testing.T) {
	for _, test := range []struct{ about, hint, names, want string }{
		{"addresses", "visit", "visit https://go.dev/a;visit https://go.dev/b", "visit …/a;visit …/b"},
		{"without a hint", "func", "https://go.dev/doc;https://go.dev/play", "…/doc;…/play"},
		{"they end alike", "get", "get https://a.example.org/index;get https://b.example.org/index", "get …/a.…;get …/b.…"},
		{"one is the beginning of another", "get", "get https://go.dev/a/b;get https://go.dev/a", "get …/a/b;get …/a"},
		{"short ones stay", "worker", "worker a-1;worker a-2", "worker a-1;worker a-2"},
		{"a long hint and short names", "philosopher", "philosopher 0;philosopher 1", "philosopher 0;philosopher 1"},
		{"nothing alike", "func", "Archimedes of Syracuse;Hypatia of Alexandria", "Archimedes of Syracuse;Hypatia of Alexandria"},
		{"only one", "get", "get https://go.dev/a", "get https://go.dev/a"},
		{"all the same", "get", "get https://go.dev/a;get https://go.dev/a", "get https://go.dev/a;get https://go.dev/a"},
		{"words with hyphens", "handle", "handle north-america-east;handle north-america-west", "handle …-east;handle …-west"},
		{"no parts", "send", "send customer_1;send customer_2", "send customer_1;send customer_2"},
		{"some of another kind", "get", "get https://go.dev/a;get", "get https://go.dev/a;get"},
		{"letters of several bytes", "get", "get größere straße/äé;get größere straße/äè", "get …/äé;get …/äè"},
	} {
		got := shorter(test.hint, strings.Split(test.names, ";"))
		if want := strings.Split(test.want, ";"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", test.about, got, want)
		}
	}
}
