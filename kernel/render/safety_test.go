package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

func TestNothingToDraw(t *testing.T) {
	s := newScript(model.Real, 2)
	s.do(0, event.Print, -1, 1, "hello\n")
	s.do(0, event.End, -1, 2, "")
	for _, ex := range []*model.Execution{nil, {}, s.done(model.OK)} {
		if data, metadata := Bundle(ex, Options{}); data != nil || metadata != nil {
			t.Errorf("a picture of a run in which main was alone: %v", data)
		}
	}
}

func TestBundleHasAllForms(t *testing.T) {
	data, metadata := Bundle(Example(), Options{Note: "Same order as the last run (16 steps)."})
	if metadata == nil {
		t.Error("no metadata")
	}
	for _, form := range []string{"text/plain", "text/html", "image/svg+xml"} {
		if s, _ := data[form].(string); !strings.Contains(s, "Same order as the last run (16 steps).") {
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
	for _, s := range situations {
		for _, f := range forms {
			if !bytes.Equal(f.draw(s.make()), f.draw(s.make())) {
				t.Errorf("%s.%s differs from itself", s.name, f.ext)
			}
		}
	}
}

// What each row says is said by every form.
func TestFormsAgree(t *testing.T) {
	for _, s := range situations {
		ex := s.make()
		ex.Explanation = explain.Sentences(ex)
		p := newPicture(ex, Options{}.filled())
		picture := string(svg(p))
		table, text, line := html(p, nil), Text(ex, Options{Paper: Paper{Width: 400}}), Text(ex, Options{Paper: Paper{Width: 1000}})
		for i := range p.rows {
			r := &p.rows[i]
			for _, say := range append([]string{r.does}, r.marks...) {
				for form, whole := range map[string]string{"SVG": picture, "HTML": table} {
					if !strings.Contains(whole, escape(say)) {
						t.Errorf("%s: the %s does not say %q", s.name, form, say)
					}
				}
			}
			if r.kind == isStep && !strings.Contains(text, p.lanes[r.lane].name+" "+r.does) {
				t.Errorf("%s: the text does not say %q", s.name, r.does)
			}
		}
		said := append(append([]string{p.status}, p.notes...), p.explanation...)
		for _, l := range p.links {
			said = append(said, l.says)
		}
		for _, note := range said {
			if !strings.Contains(table, escape(note)) || !strings.Contains(line, note) {
				t.Errorf("%s: not every form says %q", s.name, note)
			}
		}
	}
}

// A page holds no script, no handler, nothing from elsewhere, and no element
// that the learner's program named.
func TestMarkupIsSafe(t *testing.T) {
	for _, s := range situations {
		for form, text := range map[string]string{
			"svg": string(SVG(s.make(), Options{})), "html": HTML(s.make(), Options{}), "page": string(Page(s.make())),
		} {
			checkMarkup(t, s.name+"."+form, text)
		}
	}
}

func checkMarkup(t *testing.T, name, text string) {
	t.Helper()
	allowed := "a svg title desc style defs pattern rect path circle text tspan g " +
		"html head meta body div label input p b i br code table caption thead tbody tr th td ul li span details summary pre"
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta", "br", "input"}, xml.HTMLEntity
	depth := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch e := tok.(type) {
		case xml.StartElement:
			depth++
			if !strings.Contains(" "+allowed+" ", " "+strings.ToLower(e.Name.Local)+" ") {
				t.Errorf("%s: element <%s>", name, e.Name.Local)
			}
			for _, a := range e.Attr {
				if n := strings.ToLower(a.Name.Local); strings.HasPrefix(n, "on") || n == "href" && a.Value != words.ControlledPage || n == "src" {
					t.Errorf("%s: attribute %s=%q", name, n, a.Value)
				}
			}
		case xml.EndElement:
			depth--
		}
	}
	if depth != 0 {
		t.Errorf("%s: %d elements are not closed", name, depth)
	}
	for _, bad := range []string{"\x00", "\x1b", "javascript:", "\u202e", "@import", "]]>"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s holds %q", name, bad)
		}
	}
}

// Whatever the data, nothing breaks: indices out of range, ends without
// beginnings, operations that do not fit their objects.
func TestAnyExecution(t *testing.T) {
	for seed := range uint64(150) {
		ex := random(rand.New(rand.NewPCG(seed, 1)))
		data, _ := Bundle(ex, Options{Paper: Paper{Width: 40 + int(seed%120)}})
		if data == nil {
			continue
		}
		checkMarkup(t, "seed "+strconv.Itoa(int(seed)), data["image/svg+xml"].(string))
		checkMarkup(t, "seed "+strconv.Itoa(int(seed)), data["text/html"].(string))
		trace.Compare(ex, random(rand.New(rand.NewPCG(seed, 2))))
	}
}

func random(r *rand.Rand) *model.Execution {
	texts := []string{"", "A", "mu", "</svg>", "\xff", "日本語日本語日本語", "a\nb", strings.Repeat("long ", 100), "\"'&<>"}
	text := func() string { return texts[r.IntN(len(texts))] }
	pos := func() model.Pos { return model.Pos{Cell: r.IntN(3), File: text(), Line: r.IntN(30)} }
	statuses := []model.Status{model.OK, model.Panicked, model.Deadlock, model.Leak, model.CutOff, model.Exited, model.Limit, ""}
	endings := []model.Ending{model.Returned, model.WasCutOff, model.WasBlocked, model.DidPanic, model.DidExit, ""}
	ex := &model.Execution{Mode: model.Real, Status: statuses[r.IntN(len(statuses))], Reason: text(), Procs: r.IntN(4)}
	goroutines, objects, events := 1+r.IntN(14), r.IntN(9), r.IntN(260)
	for i := range goroutines {
		ex.Goroutines = append(ex.Goroutines, model.Goroutine{ID: "g" + strconv.Itoa(i), Name: text(), Creator: r.IntN(goroutines+1) - 1,
			Pos: pos(), End: endings[r.IntN(len(endings))], BlockedOn: r.IntN(objects+1) - 1, BlockedAt: pos()})
	}
	for range objects {
		ex.Objects = append(ex.Objects, model.Object{Class: event.Class(r.IntN(12)), Name: text(), Shared: r.IntN(4) > 0})
	}
	for i := range events {
		ex.Events = append(ex.Events, model.Event{Step: i + 1, G: r.IntN(goroutines), Op: event.Op(r.IntN(len(event.Table))),
			Flags: uint8(r.IntN(16)), Object: r.IntN(objects+1) - 1, Pos: pos(), T: r.Int64N(1 << 40), Partner: r.IntN(goroutines+1) - 1,
			Link: r.IntN(events+1) - 1, Value: text(), Stale: r.IntN(20) == 0})
	}
	if r.IntN(4) == 0 {
		ex.Dropped, ex.DroppedAt = r.Uint64N(1e7), r.IntN(events+1)
	}
	for range r.IntN(7) {
		a := func() model.Access {
			return model.Access{Goroutine: text(), Write: r.IntN(2) == 0, Pos: pos(), Event: r.IntN(events+1) - 1}
		}
		ex.Races = append(ex.Races, model.Race{Object: text(), A: a(), B: a()})
	}
	return ex
}

// Lanes need a contrast of 3:1 against the paper, words one of 4.5:1.
func TestContrast(t *testing.T) {
	for _, th := range []theme{light, dark} {
		for _, c := range th.lanes {
			if r := contrast(c, th.paper); r < 4.5 { // names are written in the lane's colour
				t.Errorf("lane %s on %s: contrast %.2f", c, th.paper, r)
			}
		}
		for _, c := range []string{th.ink, th.faint, th.bad, th.warn} {
			if r := contrast(c, th.paper); r < 4.5 {
				t.Errorf("text %s on %s: contrast %.2f", c, th.paper, r)
			}
		}
	}
	if len(light.lanes) != textures || len(dark.lanes) != textures {
		t.Errorf("%d and %d colours for %d textures", len(light.lanes), len(dark.lanes), textures)
	}
}

// contrast is the contrast ratio of WCAG 2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(hex string) float64 {
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			panic(err)
		}
		c := float64(v) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// No line of the text form is longer than asked for.
func TestTextFits(t *testing.T) {
	for _, s := range situations {
		for _, width := range []int{80, 100, 120} {
			for _, line := range strings.Split(Text(s.make(), Options{Paper: Paper{Width: width}}), "\n") {
				if n := words.Width(line); n > width {
					t.Errorf("%s at %d: %d columns: %s", s.name, width, n, line)
				}
			}
		}
	}
}

func BenchmarkBundle200(b *testing.B) {
	ex := workers(3, 21) // 205 events
	b.ReportAllocs()
	for b.Loop() {
		Bundle(ex, Options{})
	}
}

func BenchmarkBundle10000(b *testing.B) {
	ex := workers(3, 1100)
	b.ReportAllocs()
	for b.Loop() {
		Bundle(ex, Options{})
	}
}
