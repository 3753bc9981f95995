package picture

import (
	"encoding/json"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words/learning"
)

// TestHidden: a picture with its values hidden has none of them, in no form; those
// before the event it begins to hide at it has.
func TestHidden(t *testing.T) {
	for _, s := range rendertest.All {
		ex := s.Make()
		if ex.Explanation = explain.Sentences(ex); !Worthwhile(ex) {
			continue
		}
		p := newPicture(ex, Options{Hidden: 1})
		for i := range p.rows {
			for _, v := range p.rows[i].values {
				if v != "" && v != learning.QuizHidden {
					t.Errorf("%s: the value %q is in row %d", s.Name, v, i)
				}
			}
		}
		var r Run
		if err := json.Unmarshal(In("json", ex, Options{Hidden: 1}), &r); err != nil {
			t.Fatal(err)
		}
		if r.Stdout != "" || len(r.Explanation) > 0 || len(r.Races) > 0 {
			t.Errorf("%s: %+v", s.Name, r)
		}
		for _, v := range Values(ex, Options{}) {
			if !strings.Contains(v.Says, learning.QuizHidden) && !strings.Contains(v.Says, "…") {
				t.Errorf("%s: %q hides nothing", s.Name, v.Says)
			}
			if v.Is == "" || ex.Events[v.Event].Value != v.Is {
				t.Errorf("%s: %+v", s.Name, v)
			}
		}
	}
}

// Of a lost update, the values are asked for in the order of the steps.
func TestValues(t *testing.T) {
	ex := rendertest.LostUpdate()
	all := Values(ex, Options{})
	if len(all) < 4 || !strings.Contains(all[0].Says, "n = ?") {
		t.Fatalf("%+v", all)
	}
	before := newPicture(ex, Options{Hidden: all[1].Event + 1})
	shown := 0
	for i := range before.rows {
		if before.rows[i].values[0] == all[0].Is {
			shown++
		}
	}
	if shown == 0 {
		t.Errorf("the value before the hidden ones is not shown")
	}
}
