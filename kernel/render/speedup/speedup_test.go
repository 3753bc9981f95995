package speedup

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// situations are measurements as they come.
var situations = map[string]func() *speed.Measured{
	"shared": shared, "noisy": noisy, "hostile": hostile, "once": once, "mixed": mixed,
}

func times(all ...int) (took []time.Duration) {
	for _, n := range all {
		took = append(took, time.Duration(n)*time.Millisecond)
	}
	return took
}

// span is a time from one millisecond to another.
func span(from, to int, state speed.State, proc int) speed.Span {
	return speed.Span{From: time.Duration(from) * time.Millisecond, To: time.Duration(to) * time.Millisecond, State: state, Proc: proc}
}

// shared is a program that a quarter of is serial, with two goroutines on two of the four
// processors.
func shared() *speed.Measured {
	const ms = time.Millisecond
	m := &speed.Measured{
		Plan: speed.Plan{Procs: []int{1, 2, 4}, Repeat: 7}, Machine: 4, Others: 0.02, Printed: true, TimedWith: 4,
		Took: [][]time.Duration{times(100, 101, 99, 102, 98, 100, 100), times(62, 63, 64, 62, 61, 65, 63), times(44, 43, 45, 44, 46, 44, 43)},
		Timeline: &speed.Timeline{Procs: 4, Length: 40 * ms, Alone: 14 * ms, Together: 26 * ms, Lanes: []speed.Lane{
			{Name: "main", End: 40 * ms, Ran: 12 * ms, Spans: []speed.Span{
				span(0, 10, speed.Running, 0), span(10, 38, speed.Waiting, -1), span(38, 40, speed.Running, 1)}},
			{Name: "work 1", Begin: 9 * ms, End: 37 * ms, Ran: 27 * ms, Spans: []speed.Span{
				span(9, 10, speed.Ready, -1), span(10, 37, speed.Running, 0)}},
			{Name: "work 2", Begin: 10 * ms, End: 38 * ms, Ran: 27 * ms, Spans: []speed.Span{
				span(10, 11, speed.Ready, -1), span(11, 38, speed.Running, 1)}},
		}},
	}
	return m
}

// noisy is a measurement in which equal runs differ more than the medians, on a busy
// machine with too few processors, and which was interrupted.
func noisy() *speed.Measured {
	return &speed.Measured{
		Plan: speed.Plan{Procs: []int{1, 2, 8}, Repeat: 9}, Machine: 2, Others: 1.3, Differ: 3, Printed: true, Input: true, Cut: speed.CutByHand,
		Took:    [][]time.Duration{times(100, 140, 60, 120, 80), times(95, 135, 55, 115, 75), times(190, 250, 205, 230, 240)},
		Untimed: speed.NoTime,
	}
}

// hostile is a program whose functions have names that no program has, and whose lanes
// are summed up.
func hostile() *speed.Measured {
	m := shared()
	shares := make([]float64, 400)
	for i := range shares {
		shares[i] = float64(i%5) / 4
	}
	t := m.Timeline
	t.Columns, t.Left, t.LeftRan = 400, 988, 3*time.Millisecond
	t.Lanes[1] = speed.Lane{Name: "</svg><script>alert(1)</script>", End: t.Length, Ran: t.Length / 2, Shares: shares}
	t.Lanes[2] = speed.Lane{Name: "日本語\x1b[31m\u202e" + strings.Repeat("long", 30), Begin: t.Length / 2, End: t.Length, Ran: t.Length / 4, Shares: shares}
	return m
}

// mixed is a program that is faster but for one outlier of seven rounds.
func mixed() *speed.Measured {
	m := shared()
	m.Took[1][6] = 300 * time.Millisecond
	m.Took[2] = nil
	return m
}

// once is one run of one value.
func once() *speed.Measured {
	return &speed.Measured{Plan: speed.Plan{Procs: []int{2}, Repeat: 1}, Machine: 2, Others: -1, Took: [][]time.Duration{times(7)}, Untimed: speed.NoTrace}
}

// TestForms: each situation is drawn as its files say.
func TestForms(t *testing.T) {
	for name, situation := range situations {
		p := newProduct(situation())
		for _, f := range []struct{ ext, drawn string }{
			{"txt", string(p.text(ink.Paper{}))}, {"svg", string(p.svg(ink.Paper{}))}, {"html", ink.Twice(nil, p.plain)},
			{"md", string(p.markdown(ink.Paper{}))}, {"json", string(p.json(ink.Paper{}))},
		} {
			rendertest.Golden(t, filepath.Join("testdata", name+"."+f.ext), []byte(f.drawn))
			if f.ext != "json" && strings.ContainsAny(f.drawn, "\x1b\u202e") {
				t.Errorf("%s.%s has what a name brought along", name, f.ext)
			}
		}
		data, _ := Bundle(situation(), ink.Paper{})
		rendertest.CheckMarkup(t, name+".svg", data["image/svg+xml"].(string))
		rendertest.CheckMarkup(t, name+".html", data["text/html"].(string))
		for line := range strings.Lines(data["text/plain"].(string)) {
			if words.Width(strings.TrimSuffix(line, "\n")) > 100 {
				t.Errorf("%s: %d columns: %s", name, words.Width(line), line)
			}
		}
	}
}

// TestFormsAgree: every form says all that is concluded, and all that was measured.
func TestFormsAgree(t *testing.T) {
	flat := func(s string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("\\", "", "&#39;", "'", "&gt;", ">", "&lt;", "<", "</text>", " ", "\u200b", "").Replace(tagless(s))), " ")
	}
	for name, situation := range situations {
		p := newProduct(situation())
		for _, form := range []string{"text", "svg", "html", "markdown"} {
			said := flat(string(Forms.In(form, p, ink.Paper{})))
			for i := range p.rows {
				for _, cell := range p.rows[i].cells() {
					if !strings.Contains(said, cell) && !(form == "svg" && cell == words.SpeedFirst) {
						t.Errorf("%s: %s does not say %q", name, form, cell)
					}
				}
			}
			for _, says := range append(append([]string{p.head}, p.says...), p.notes...) {
				if !strings.Contains(said, flat(says)) {
					t.Errorf("%s: %s does not say %q", name, form, says)
				}
			}
		}
	}
}

// tagless is a form without its markup.
func tagless(s string) string {
	var b strings.Builder
	inside := false
	for i, r := range s {
		switch {
		case r == '<' && (i+1 < len(s) && strings.ContainsRune("/!abcdefghijklmnopqrstuvwxyz", rune(s[i+1]))):
			inside = true
			b.WriteByte(' ')
		case r == '>' && inside:
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestNoVerdictWhereNoiseIsWider: then no form speaks of faster, and nothing is fitted.
func TestNoVerdictWhereNoiseIsWider(t *testing.T) {
	var j Measurement
	if err := json.Unmarshal(In("json", noisy(), ink.Paper{}), &j); err != nil {
		t.Fatal(err)
	}
	if j.Schema != 1 || j.Rows[1].Verdict != "unclear" || j.Rows[2].Verdict != "slower" || j.Amdahl != nil || j.Timeline != nil || j.Untimed != "time" || j.Cut != "interrupted" {
		t.Errorf("%+v", j)
	}
	if text := string(In("text", noisy(), ink.Paper{})); strings.Contains(text, "faster in") || !strings.Contains(text, words.SpeedNothingConcluded) {
		t.Error(text)
	}
}

// TestLanesAreFilledWhereTheyRan: the boxes of the picture, and the signs of the text,
// are where the goroutines ran, and nowhere else.
func TestLanesAreFilledWhereTheyRan(t *testing.T) {
	p := newProduct(shared())
	const pieces = 40 // a millisecond each
	for i, want := range []string{
		strings.Repeat("█", 10) + strings.Repeat("·", 28) + "██",
		strings.Repeat("\u00a0", 9) + "·" + strings.Repeat("█", 27) + strings.Repeat("\u00a0", 3),
		strings.Repeat("\u00a0", 10) + "·" + strings.Repeat("█", 27) + strings.Repeat("\u00a0", 2),
	} {
		if got := p.time.line(&p.time.lanes[i], pieces); got != want {
			t.Errorf("lane %d: %q, want %q", i, got, want)
		}
	}
	left, wide := 146.0, 598.0
	svg := string(p.svg(ink.Paper{}))
	for _, from := range []float64{10, 11} {
		b := ink.Canvas{}
		b.Boxes("", "", []ink.Box{{X: left + from/40*wide, Y: 0, W: 27.0 / 40 * wide}})
		if at := strings.SplitN(string(b.Seal("", ink.Frame{Bare: true})), `d="`, 2)[1]; !strings.Contains(svg, strings.SplitN(at, " ", 2)[0]+" ") {
			t.Errorf("no box begins at %v ms: %s", from, strings.SplitN(at, " ", 2)[0])
		}
	}
}

func TestTicks(t *testing.T) {
	for _, length := range []time.Duration{1, 999, 40 * time.Millisecond, 424 * time.Millisecond, 59 * time.Second} {
		if n := len(ticks(length)); n < 2 || n > 11 {
			t.Errorf("%v: %d ticks", length, n)
		}
	}
	if all := ticks(0); len(all) != 1 || all[0].says != "0" {
		t.Error(all)
	}
}
