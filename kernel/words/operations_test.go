package words

import (
	"strings"
	"testing"

	"threading101/kernel/event"
)

// Each event of a run has its sentence, each want says what is waited for, and
// nothing else has any.
func TestEachOperationHasWords(t *testing.T) {
	for i := range event.Table {
		op, row := event.Op(i), &event.Table[i]
		if told := op != event.None && row.Kept == event.KeptAsEvent; told != (sayingOf(op).does != "") {
			t.Errorf("%s is an event and has no sentence in operations.go, or the other way round", op)
		}
		if w := waitingOf(op); (row.Wait != event.None) != (w.waits != "" && w.report != "" && w.reason != "") {
			t.Errorf("%s waits and has no sentences in waitings of operations.go, or the other way round", op)
		}
		if row.Fails && sayingOf(op).not == "" {
			t.Errorf("%s: it may fail, and nothing is said of that", op)
		}
	}
}

// Every name in a sentence is one that is filled in, and every bracket is closed.
func TestSentencesAreFilled(t *testing.T) {
	known := Act{Object: "mu", Value: "7", Other: "B"}
	for i := range event.Table {
		s, w := sayingOf(event.Op(i)), waitingOf(event.Op(i))
		for _, sentence := range []string{s.does, s.not, s.code, s.gone, w.waits, w.report, w.reason} {
			for _, a := range []Act{known, {}} {
				if got := a.fill(sentence); strings.ContainsAny(got, "[]{}|") || strings.Contains(got, "  ") || strings.HasSuffix(got, " ") && a.Object != "" {
					t.Errorf("%q becomes %q", sentence, got)
				}
			}
			for _, part := range strings.Split(sentence, "{")[1:] {
				if name, _, _ := strings.Cut(part, "}"); !strings.Contains("object|value|other|to|", strings.Split(name, "|")[0]+"|") {
					t.Errorf("%q asks for %q", sentence, name)
				}
			}
		}
	}
}

func TestFill(t *testing.T) {
	a := Act{Object: "ch[0]", Value: "{x}"}
	for sentence, want := range map[string]string{
		"sends [{value} ]to {object|a channel}": "sends {x} to ch[0]",
		"starts {other|a goroutine}":            "starts a goroutine",
		"panics[: {other}]":                     "panics",
		"close({object})":                       "close(ch[0])",
		"returns":                               "returns",
		"":                                      "",
	} {
		if got := a.fill(sentence); got != want {
			t.Errorf("%q becomes %q, want %q", sentence, got, want)
		}
	}
}
