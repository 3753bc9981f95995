package picture

import (
	"encoding/json"
	"html"
	"strings"
	"testing"

	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words"
)

// secrets are what a bare picture of a run must not say: its explanation, its warnings,
// its races, who waits for whom, and how it ended.
func secrets(p *Picture) (all []string) {
	all = append(all, p.Explanation...)
	for i := range p.rows {
		all = append(all, p.rows[i].Marks...)
	}
	for i := range p.links {
		all = append(all, p.links[i].says)
	}
	switch p.Execution.Status {
	case model.Deadlock, model.Leak, model.CutOff:
		all = append(all, p.Status)
	}
	if len(p.Execution.Races) > 0 {
		all = append(all, words.DataRace)
	}
	return append(all, "⚠", `"stale"`, `"waits"`)
}

// TestBareTellsNothing: no form of a bare picture has anything in it that explains the
// run, neither where it is seen nor where it is read aloud. It has every other step.
func TestBareTellsNothing(t *testing.T) {
	said := 0
	for _, s := range rendertest.All {
		ex := s.Make()
		if ex.Explanation = explain.Sentences(ex); !Worthwhile(ex) || s.Name == "hostile" {
			continue
		}
		full := newPicture(ex, Options{})
		written := map[string]func(o Options) string{
			"player": func(o Options) string {
				return string(ink.Marshal(NewPlayer(ex, o, func(model.Pos) string { return "" })))
			},
		}
		for _, f := range Forms {
			written[f.Name] = func(o Options) string { return string(In(f.Name, ex, o)) }
		}
		for form, write := range written {
			text, whole := told(write(Options{Bare: true})), told(write(Options{}))
			for _, secret := range secrets(full) {
				if strings.Contains(unwrapped(text), unwrapped(secret)) {
					t.Errorf("%s as %s says %q", s.Name, form, secret)
				}
				if strings.Contains(unwrapped(whole), unwrapped(secret)) {
					said++
				}
			}
			if form != "json" && !strings.Contains(unwrapped(text), unwrapped(words.PictureBare)) {
				t.Errorf("%s as %s does not say how to ask", s.Name, form)
			}
		}
	}
	if said < 100 {
		t.Errorf("the whole pictures say only %d of these: the test looks for the wrong things", said)
	}
}

// told is what a form tells a reader, without the escapes of HTML and JSON.
func told(text string) string {
	return html.UnescapeString(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(text))
}

// unwrapped is a text whatever lines it is broken into.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// A bare picture leaves the run itself as it is.
func TestBareChangesNothing(t *testing.T) {
	ex := rendertest.Example()
	ex.Explanation = explain.Sentences(ex)
	before := In("json", ex, Options{})
	In("svg", ex, Options{Bare: true})
	if after := In("json", ex, Options{}); string(after) != string(before) {
		t.Error("the run is another one afterwards")
	}
	var r Run
	if err := json.Unmarshal(In("json", ex, Options{Bare: true}), &r); err != nil || !r.Plain || len(r.Explanation) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
}
