package found

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

func lost(level model.Level) *model.Result {
	return &model.Result{
		Level: level, Interleavings: big.NewInt(6), Classes: 4, Runs: 4, Values: []string{"n"},
		Outcomes: []model.Outcome{
			{Status: model.OK, Value: "n = 2", Values: []string{"2"}, Classes: 2, Runs: 2, Token: "t1-two", Marks: []string{"race"}},
			{Status: model.OK, Value: "n = 1", Values: []string{"1"}, Classes: 2, Runs: 2, Token: "t1-one", Switches: 2, Marks: []string{"race"}},
		},
	}
}

// TestForms: text, page and data say the same of what holds, what was not seen to
// fail, and what fails.
func TestForms(t *testing.T) {
	ps, err := property.Parse([]string{"deadlock-free", "outcome n==2", "race-free"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		level model.Level
		holds string
	}{
		{model.Exhaustive, words.VerdictAll("deadlock-free", "6")},
		{model.Sampled, words.VerdictTried("deadlock-free", 4)},
	} {
		r := lost(c.level)
		data, _ := CheckBundle(property.Judge(ps, r), r, nil, ink.Paper{})
		for _, form := range []string{"text/plain", "text/html"} {
			text := data[form].(string)
			for _, want := range []string{c.holds, "n = 1", "t1-one", words.RaceFreeFails, "t1-two"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s lacks %q:\n%s", form, want, text)
				}
			}
		}
		var j Check
		if err := json.Unmarshal(data[Type].(json.RawMessage), &j); err != nil {
			t.Fatal(err)
		}
		if j.Schema != 2 || j.Complete != (c.level == model.Exhaustive) || len(j.Outcomes) != 2 || len(j.Verdicts) != 3 {
			t.Fatalf("%+v", j)
		}
		if v := j.Verdicts[0]; !v.Holds || v.Token != nil {
			t.Errorf("%+v", v)
		}
		if v := j.Verdicts[1]; v.Holds || v.Token == nil || *v.Token != "t1-one" || v.Property != "outcome n==2" {
			t.Errorf("%+v", v)
		}
	}
}

// TestRemarks: what a verdict rests on is said where it is not everything.
func TestRemarks(t *testing.T) {
	r := lost(model.Sampled)
	r.Stopped, r.Notes = "it was <interrupted>", []string{"a note & more"}
	all := lost(model.Exhaustive)
	ps, err := property.Parse([]string{"deadlock-free"})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := CheckBundle(property.Judge(ps, r), r, nil, ink.Paper{})
	whole, _ := CheckBundle(property.Judge(ps, all), all, nil, ink.Paper{})
	for form, want := range map[string][]string{
		"text/plain": {words.FoundSample(4), "it was <interrupted>", "a note & more"},
		"text/html":  {words.FoundSample(4), "it was &lt;interrupted&gt;", "a note &amp; more"},
	} {
		for _, part := range want {
			if text := data[form].(string); !strings.Contains(text, part) {
				t.Errorf("%s lacks %q:\n%s", form, part, text)
			}
			if text := whole[form].(string); strings.Contains(text, part) {
				t.Errorf("%s of a complete search says %q:\n%s", form, part, text)
			}
		}
	}
	if text := CheckText(nil, &model.Result{Level: model.Sampled}, nil, ink.Paper{}); !strings.Contains(text, words.FoundNothing) {
		t.Errorf("%s", text)
	}
}
