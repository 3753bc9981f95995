package sched

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawSwitches(t *rapid.T) []Switch {
	all := []Switch{}
	for range rapid.IntRange(0, 5).Draw(t, "n") {
		to := rapid.Uint32Range(1, 50).Draw(t, "to")
		if rapid.Bool().Draw(t, "picked") {
			to += Picked
		}
		all = append(all, Switch{rapid.Uint64Range(0, 500).Draw(t, "step"), to})
	}
	return all
}

// drawSeeds draws the seeds of later cells, nil for none.
func drawSeeds(t *rapid.T) (all []uint64) {
	for range rapid.IntRange(0, 4).Draw(t, "cells") {
		all = append(all, rapid.Uint64Range(0, 9999).Draw(t, "later"))
	}
	return all
}

func drawToken(t *rapid.T) Token {
	token := Token{
		Version: TokenVersion,
		Code:    rapid.StringOfN(rapid.SampledFrom([]rune(Letters)), 5, 5, -1).Draw(t, "code"),
		Spec:    Spec{Clock: Clock(rapid.IntRange(0, 1).Draw(t, "clock"))},
		Trail:   rapid.SliceOfN(rapid.ByteRange(0, 31), 0, 20).Draw(t, "trail"),
	}
	if len(token.Trail) == 0 {
		token.Trail = nil
	}
	if rapid.Bool().Draw(t, "switched") {
		token.Spec.Switches = drawSwitches(t)
	} else {
		token.Spec.Seed = rapid.Uint64().Draw(t, "seed")
		token.Spec.Later = drawSeeds(t)
		token.Spec.Ends = rapid.Bool().Draw(t, "ends")
	}
	return token
}

func TestTokenRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := drawToken(t)
		text := token.String()
		got, err := ParseToken(text)
		if err != nil || !reflect.DeepEqual(got, token) {
			t.Fatalf("%s: %v\n%+v\n%+v", text, err, got, token)
		}
		if bad := strings.Trim(text, Letters+"-."); bad != "" {
			t.Fatalf("%q has %q", text, bad)
		}
	})
}

// A token of a lesson's run is short, and stays as it is: it was printed.
func TestTokenStaysAsItIs(t *testing.T) {
	token := Token{Code: "x7k2m", Spec: Spec{Seed: 482913}, Trail: Trail(make([]byte, TrailLength), 40, 0x155)}
	if got, want := token.String(), "t2-x7k2m-482913-000000kf-cp"; got != want {
		t.Errorf("%s (%d characters), want %s", got, len(got), want)
	}
}

// TrailLength is event.TrailSize; package event is not imported here.
const TrailLength = 40

// What may stand in the place of a character.
var others = []rune("0123456789abcdefghjkmnpqrstuvwxyz.-iloABCXYZ ?é\n–…")

// Each single change is noticed: a character that is another, is missing or is
// one too many, and two neighbours that changed places.
func TestTokenNoticesEveryChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		token := drawToken(t)
		text := token.String()
		notice := func(changed string) {
			if normal(changed) == text {
				return // no change: O for 0
			}
			if got, err := ParseToken(changed); !errors.Is(err, ErrMangled) {
				t.Fatalf("%s is read as %s: %+v, %v", text, changed, got, err)
			}
		}
		for i := range len(text) {
			notice(text[:i] + text[i+1:])
			for _, r := range others {
				notice(text[:i] + string(r) + text[i+1:])
				notice(text[:i] + string(r) + text[i:])
			}
			if i > 0 {
				notice(text[:i-1] + text[i:i+1] + text[i-1:i] + text[i+1:])
			}
		}
	})
}

// What happens to a text on its way does no harm.
func TestTokenForgives(t *testing.T) {
	text := Token{Code: "x1k0m", Spec: Spec{Seed: 100110, Clock: Free}, Trail: []byte{1, 0, 31}}.String()
	for name, got := range map[string]string{
		"upper case":    strings.ToUpper(text),
		"blanks":        " \t" + text + " \n",
		"look-alikes":   strings.NewReplacer("0", "O", "1", "l").Replace(text),
		"more of them":  strings.NewReplacer("0", "o", "1", "I").Replace(text),
		"en dashes":     strings.ReplaceAll(text, "-", "–"),
		"em dashes":     strings.ReplaceAll(text, "-", "—"),
		"minus signs":   strings.ReplaceAll(text, "-", "−"),
		"hyphens":       strings.ReplaceAll(text, "-", "\u2011"),
		"a broken line": text[:9] + "\n    " + text[9:],
		"Windows":       text[:9] + "\r\n" + text[9:],
		"soft hyphens":  text[:9] + "\u00AD" + text[9:],
		"no width":      "\uFEFF" + text[:9] + "\u200B" + text[9:],
		"nbsp":          "\u00A0" + text + "\u00A0",
		"quotes":        "“" + text + "”",
		"code":          "`" + text + "`",
		"a sentence":    "(" + text + ").",
		"full width":    strings.ReplaceAll(text, "1", "１"),
	} {
		token, err := ParseToken(got)
		if err != nil || token.String() != text {
			t.Errorf("%s: %q: %v, %s", name, got, err, token)
		}
	}
}

func TestTokenErrors(t *testing.T) {
	later := Token{Version: 3, Code: "x7k2m", Spec: Spec{Seed: 5}, Trail: []byte{1}}.String()
	for text, want := range map[string]error{
		"": ErrMangled, "t2": ErrMangled, "hello": ErrMangled, "-": ErrMangled, "482913": ErrMangled, "t2-----": ErrMangled,
		later:                                  ErrVersion,
		later[:len(later)-1] + "?":             ErrMangled,
		strings.Replace(later, "t3", "t4", 1):  ErrMangled,
		"t2-x7k2m-s12.3x15.2-manual":           nil,
		"t2-x7k2m-s-manual":                    nil,
		"T2–X7K2M–S12.3–MANUAL":                nil,
		"t2-x7k2m-5f-manual":                   nil,
		"t2-x7k2m-s12.-manual":                 ErrMangled,
		"t2-x7k2m-s12.4294967296-manual":       ErrMangled,
		"t2-x7k2m-18446744073709551616-manual": ErrMangled,
		"t2-x7k2m-18446744073709551615-manual": nil,
		"t2-x7k2m-5.7-manual":                  nil,
		"t2-x7k2m-5.-manual":                   ErrMangled,
		"t2-x7k2m-5..7-manual":                 ErrMangled,
		"t2-x7k2m-s12.3x15.2":                  ErrMangled,
		"t2-x7k2m-s12.3-abc-manual":            ErrMangled,
		"t2-x7!2m-5-manual":                    ErrMangled,
	} {
		token, err := ParseToken(text)
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", text, err, want)
		}
		if want == ErrVersion && token.Version != 3 {
			t.Errorf("%q: %+v", text, token)
		}
	}
}

func FuzzParseToken(f *testing.F) {
	f.Add("t2-x7k2m-482913-000000kf-cp")
	f.Add("t2-x7k2m-s12.3x15.2xp0.1f-manual")
	f.Add("t2-x7k2m-5-1-00")
	f.Fuzz(func(t *testing.T, text string) {
		token, err := ParseToken(text)
		if err != nil {
			return
		}
		again, err := ParseToken(token.String())
		if err != nil || !reflect.DeepEqual(again, token) {
			t.Errorf("%q: %v\n%+v\n%+v", text, err, token, again)
		}
	})
}

func TestParted(t *testing.T) {
	tests := []struct {
		name          string
		token, replay []byte
		steps         uint64
		want          int
	}{
		{"the same", []byte{1, 2, 3, 9, 9}, []byte{1, 2, 3, 9, 9}, 6, -1},
		{"at once", []byte{1, 2, 3, 9, 9}, []byte{5, 6, 7, 8, 8}, 6, 1},
		{"between 2 and 4", []byte{1, 2, 3, 9, 9}, []byte{1, 2, 4, 9, 9}, 6, 4},
		{"after 4", []byte{1, 2, 3, 9, 9}, []byte{1, 2, 3, 9, 8}, 6, 6},
		{"the replay is shorter", []byte{1, 2, 3, 4, 9, 9}, []byte{1, 2, 3, 8, 8}, 5, 8},
		{"the replay is longer", []byte{1, 2, 3, 9, 9}, []byte{1, 2, 3, 4, 8, 8}, 9, 8},
		{"unknown", nil, []byte{1, 2, 3}, 2, -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Parted(test.token, test.replay, test.steps); got != test.want {
				t.Errorf("%d, want %d", got, test.want)
			}
		})
	}
}

func TestTrail(t *testing.T) {
	moments := []byte{0x21, 2, 3, 4, 5}
	for steps, want := range map[uint64][]byte{
		0: nil, 1: {1, 28, 1}, 2: {1, 2, 28, 1}, 3: {1, 2, 28, 1}, 4: {1, 2, 3, 28, 1}, 1 << 40: {1, 2, 3, 4, 5, 28, 1},
	} {
		if got := Trail(moments, steps, 0xFC64); !reflect.DeepEqual(got, want) {
			t.Errorf("%d steps: %v, want %v", steps, got, want)
		}
	}
	if a, b := Trail(moments, 4, 1<<63), Trail(moments, 4, 0); reflect.DeepEqual(a, b) {
		t.Error("the highest bit of the hash does not count")
	}
}
