package picture

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

func TestNothingToDraw(t *testing.T) {
	s := rendertest.NewScript(model.Real, 2)
	s.Do(0, event.Print, -1, 1, "hello\n")
	s.Do(0, event.End, -1, 2, "")
	for _, ex := range []*model.Execution{nil, {}, s.Done(model.OK)} {
		if data, metadata := Bundle(ex, Options{}); data != nil || metadata != nil {
			t.Errorf("a picture of a run in which main was alone: %v", data)
		}
	}
}

func TestBundleHasAllForms(t *testing.T) {
	data, metadata := Bundle(rendertest.Example(), Options{Note: "Same order as the previous run (16 steps)."})
	if metadata == nil {
		t.Error("no metadata")
	}
	for _, form := range []string{"text/plain", "text/html", "image/svg+xml"} {
		if s, _ := data[form].(string); !strings.Contains(s, "Same order as the previous run (16 steps).") {
			t.Errorf("%s does not say how the run differs from the last", form)
		}
	}
	var run Run
	if err := json.Unmarshal(data[RunType].(json.RawMessage), &run); err != nil || run.Schema != 1 || len(run.Events) == 0 {
		t.Errorf("the data: %v, %+v", err, run)
	}
}

// The same run gives the same bytes, whenever it is drawn.
func TestDeterministic(t *testing.T) {
	for _, s := range rendertest.All {
		for _, f := range Forms {
			if !bytes.Equal(In(f.Name, s.Make(), Options{}), In(f.Name, s.Make(), Options{})) {
				t.Errorf("%s.%s differs from itself", s.Name, f.Name)
			}
		}
	}
}

// What each row says is said by every form. The page is the HTML; the data have events,
// not words, see json_test.go.
func TestFormsAgree(t *testing.T) {
	for _, f := range Forms {
		if !slices.Contains([]string{"text", "svg", "html", "markdown", "page", "json"}, f.Name) {
			t.Errorf("nothing here reads the form %s", f.Name)
		}
	}
	for _, s := range rendertest.All {
		ex := s.Make()
		ex.Explanation = explain.Sentences(ex)
		p := newPicture(ex, Options{})
		picture, markdown := string(p.svg(ink.Paper{})), string(p.markdown(ink.Paper{}))
		table, text, line := ink.Twice(nil, p.plain), Text(ex, Options{Paper: ink.Paper{Width: 400}}), Text(ex, Options{Paper: ink.Paper{Width: 1000}})
		for i := range p.rows {
			r := &p.rows[i]
			for _, say := range append([]string{r.Does}, r.Marks...) {
				for form, whole := range map[string]string{"SVG": picture, "HTML": table} {
					if !strings.Contains(whole, ink.Escape(say)) {
						t.Errorf("%s: the %s does not say %q", s.Name, form, say)
					}
				}
			}
			for _, say := range append([]string{r.Does}, r.Marks...) {
				if !strings.Contains(markdown, ink.Markdown(say)) {
					t.Errorf("%s: the Markdown does not say %q", s.Name, say)
				}
			}
			if r.kind == isStep && !strings.Contains(text, p.lanes[r.lane].name+" "+r.Does) {
				t.Errorf("%s: the text does not say %q", s.Name, r.Does)
			}
		}
		said := append(append([]string{p.Status}, p.notes...), p.Explanation...)
		for _, l := range p.links {
			said = append(said, l.says)
		}
		for _, note := range said {
			if !strings.Contains(table, ink.Escape(note)) || !strings.Contains(line, note) || !strings.Contains(markdown, ink.Markdown(note)) {
				t.Errorf("%s: not every form says %q", s.Name, note)
			}
		}
	}
}

// Nor does Markdown let through what means something there, or where it is posted.
func TestMarkdownIsSafe(t *testing.T) {
	drawn := string(In("markdown", rendertest.Hostile(), Options{}))
	if want := "p0\\|\\\\\\|\\*\\*b\\*\\*\\[c\\](http\\://d) @\u200be #\u200b1 \\`f\\` \\$g\\$”"; !strings.Contains(drawn, want) {
		t.Errorf("not %s in\n%s", want, drawn)
	}
}

// No form lets an element through that the learner's program named, but text, where it
// is none.
func TestNoFormLetsElementsThrough(t *testing.T) {
	for _, f := range Forms {
		if drawn := string(In(f.Name, rendertest.Hostile(), Options{})); f.Name != "text" && strings.Contains(drawn, "<script>") {
			t.Errorf("%s holds <script>", f.Name)
		}
	}
}

// A page holds no script, no handler, nothing from elsewhere, and no element
// that the learner's program named.
func TestMarkupIsSafe(t *testing.T) {
	for _, s := range rendertest.All {
		for form, text := range map[string]string{
			"svg": string(In("svg", s.Make(), Options{})), "html": string(In("html", s.Make(), Options{})), "page": string(In("page", s.Make(), Options{})),
		} {
			rendertest.CheckMarkup(t, s.Name+"."+form, text)
		}
	}
}

// Whatever the data, nothing breaks: indices out of range, ends without
// beginnings, operations that do not fit their objects.
func TestAnyExecution(t *testing.T) {
	for seed := range uint64(150) {
		ex := rendertest.Random(rand.New(rand.NewPCG(seed, 1)))
		data, _ := Bundle(ex, Options{Paper: ink.Paper{Width: 40 + int(seed%120)}})
		if data == nil {
			continue
		}
		rendertest.CheckMarkup(t, "seed "+strconv.Itoa(int(seed)), data["image/svg+xml"].(string))
		rendertest.CheckMarkup(t, "seed "+strconv.Itoa(int(seed)), data["text/html"].(string))
		trace.Compare(ex, rendertest.Random(rand.New(rand.NewPCG(seed, 2))))
	}
}

// No line of the text form is longer than asked for.
func TestTextFits(t *testing.T) {
	for _, s := range rendertest.All {
		for _, width := range []int{80, 100, 120} {
			for _, line := range strings.Split(Text(s.Make(), Options{Paper: ink.Paper{Width: width}}), "\n") {
				if n := words.Width(line); n > width {
					t.Errorf("%s at %d: %d columns: %s", s.Name, width, n, line)
				}
			}
		}
	}
}

func BenchmarkBundle200(b *testing.B) {
	ex := rendertest.Workers(3, 21) // 205 events
	b.ReportAllocs()
	for b.Loop() {
		Bundle(ex, Options{})
	}
}

func BenchmarkBundle10000(b *testing.B) {
	ex := rendertest.Workers(3, 1100)
	b.ReportAllocs()
	for b.Loop() {
		Bundle(ex, Options{})
	}
}
