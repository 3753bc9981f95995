package live

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/step"
)

// shown is a run whose picture was shown.
func shown(x *model.Execution) *Shown {
	return &Shown{Run: x, Source: func(model.Pos) string { return "func main() {\n}\n" }}
}

// tell says something to the desk; content is that of a custom message.
func tell(t *testing.T, d *Desk, content any) []map[string]any {
	t.Helper()
	data, err := json.Marshal(map[string]any{"method": "custom", "content": content})
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]any
	for _, m := range d.Answer("m", data) {
		if m["method"] != "custom" {
			t.Fatalf("%v", m)
		}
		all = append(all, m["content"].(map[string]any))
	}
	return all
}

// TestDeskHas: the page learns which pictures can be stepped through, and gets the run of
// one in parts that are small enough.
func TestDeskHas(t *testing.T) {
	d := NewDesk("m")
	d.Keep("one", shown(rendertest.Workers(5, 25)))
	answer := tell(t, d, map[string]any{"ask": "have", "names": []string{"one", "two"}})
	if have := answer[0]["have"].([]string); len(have) != 1 || have[0] != "one" {
		t.Errorf("%v", answer)
	}
	text, parts := "", tell(t, d, map[string]any{"ask": "run", "name": "one"})
	for i, p := range parts {
		if p["run"] != "one" || p["part"] != i || p["of"] != len(parts) || len(p["text"].(string)) > PartSize {
			t.Errorf("part %d: %v of %v, %d bytes", i, p["part"], p["of"], len(p["text"].(string)))
		}
		text += p["text"].(string)
	}
	var run Run
	if err := json.Unmarshal([]byte(text), &run); err != nil || len(run.Rows) < 300 {
		t.Errorf("%d rows in %d parts: %v", len(run.Rows), len(parts), err)
	}
	if gone := tell(t, d, map[string]any{"ask": "run", "name": "two"}); gone[0]["gone"] != true {
		t.Errorf("%v", gone)
	}
}

// TestSmall: most runs fit one message, and the script is no larger than it may be.
func TestSmall(t *testing.T) {
	for _, s := range rendertest.All {
		d := NewDesk("m")
		d.Keep("one", shown(s.Make()))
		if n := len(tell(t, d, map[string]any{"ask": "run", "name": "one"})); n > 1 && len(s.Make().Events) < 200 {
			t.Errorf("%s goes in %d parts", s.Name, n)
		}
	}
	if n := len(Script); n > 60<<10 {
		t.Errorf("the script has %d bytes", n)
	}
	if strings.Contains(Script+Style, "http") {
		t.Error("the page would load something")
	}
}

// TestDeskRemembers where pages are, of the pictures there are, and tells a page that is
// loaded again.
func TestDeskRemembers(t *testing.T) {
	d := NewDesk("m")
	d.Keep("one", shown(rendertest.Example()))
	echo := d.Answer("m", json.RawMessage(`{"method":"update","state":{"at":{"one":3,"two":4,"bad":-1}},"buffer_paths":[]}`))
	if len(echo) != 1 || echo[0]["method"] != "echo_update" {
		t.Errorf("%v", echo)
	}
	if at := d.State("m")["at"].(map[string]int); len(at) != 1 || at["one"] != 3 {
		t.Errorf("%v", at)
	}
	asked := d.Answer("m", json.RawMessage(`{"method":"request_state"}`))
	if len(asked) != 1 || asked[0]["state"].(map[string]any)["_esm"] != Script {
		t.Errorf("%v", asked)
	}
}

// TestDeskForgets the oldest runs, and keeps the last, however long.
func TestDeskForgets(t *testing.T) {
	d := NewDesk("m")
	for range mostRuns + 5 {
		d.Keep(strings.Repeat("x", len(d.order)+1), shown(rendertest.Example()))
	}
	if len(d.runs) > mostRuns || len(d.order) != len(d.runs) {
		t.Errorf("%d runs, %d in order", len(d.runs), len(d.order))
	}
	d.Keep("long", shown(&model.Execution{Goroutines: make([]model.Goroutine, 2), Events: make([]model.Event, mostSteps+1)}))
	if len(d.runs) != 1 || d.runs["long"] == nil {
		t.Errorf("%d runs", len(d.runs))
	}
	d.Keep("one", shown(rendertest.Example()))
	if len(d.runs) != 1 || d.size != len(rendertest.Example().Events) {
		t.Errorf("%d runs, %d steps", len(d.runs), d.size)
	}
}

// TestDeskOff: after %live off no picture can be stepped through.
func TestDeskOff(t *testing.T) {
	d := NewDesk("m")
	d.Keep("one", shown(rendertest.Example()))
	d.Turn(Off)
	if have := tell(t, d, map[string]any{"ask": "have", "names": []string{"one"}})[0]["have"]; len(have.([]string)) != 0 {
		t.Errorf("%v", have)
	}
	if d.Turn(Auto); len(tell(t, d, map[string]any{"ask": "have", "names": []string{"one"}})[0]["have"].([]string)) != 1 {
		t.Error("it stays off")
	}
}

// TestDeskViews: a picture is a widget of its own only where that is wanted, and as long
// as there is its run.
func TestDeskViews(t *testing.T) {
	d := NewDesk("m")
	d.Keep("one", shown(rendertest.Example()))
	if id, state := d.View("one"); id != "" || state != nil {
		t.Errorf("%s %v", id, state)
	}
	if told := d.Turn(On); told != nil {
		t.Errorf("told to nobody: %v", told)
	}
	id, state := d.View("one")
	if state["run"] != "one" || len(d.Models()) != 2 || d.State("m")["run"] != nil {
		t.Errorf("%s %v", id, state["run"])
	}
	if told := d.Turn(Auto); told["method"] != "update" {
		t.Errorf("%v", told)
	}
	if answer := d.Answer(id, json.RawMessage(`{"method":"request_state"}`)); answer[0]["state"].(map[string]any)["run"] != "one" {
		t.Errorf("%v", answer)
	}
	if d.drop("one"); len(d.IDs()) != 1 {
		t.Errorf("%v", d.IDs())
	}
}

// FuzzAnswer: whatever a page says, the answer can be sent, and is about what there is.
func FuzzAnswer(f *testing.F) {
	for _, s := range []string{
		``, `null`, `[]`, `{"method":"custom"}`, `{"method":"custom","content":[]}`, `{"method":"custom","content":{"ask":"run","name":7}}`,
		`{"method":"custom","content":{"ask":"run","name":"one"}}`, `{"method":"update","state":{"at":[1]}}`, `{"method":"update","state":{"at":{"one":1e99}}}`,
		`{"method":"update","state":{"at":{"one":2},"_esm":"alert(1)"}}`, `{"method":"echo_update"}`, `{"method":"request_state"}`,
	} {
		f.Add([]byte(s))
	}
	run := shown(rendertest.Example())
	f.Fuzz(func(t *testing.T, data []byte) {
		d := NewDesk("m")
		d.Keep("one", run)
		for _, m := range d.Answer("m", data) {
			if _, err := json.Marshal(m); err != nil {
				t.Error(err)
			}
		}
		if d.State("m")["_esm"] != Script {
			t.Error("a page has changed the script")
		}
		if at := d.where(); len(at) > 1 {
			t.Errorf("%v", at)
		}
	})
}

// TestAnswerBounds: too much is not answered.
func TestAnswerBounds(t *testing.T) {
	d := NewDesk("m")
	if got := d.Answer("m", json.RawMessage(`{"method":"request_state","x":"`+strings.Repeat("x", mostSaid)+`"}`)); got != nil {
		t.Errorf("%v", got)
	}
}

// TestHostileText: what a learner's program prints or is named cannot leave the data.
func TestHostileText(t *testing.T) {
	x := rendertest.Hostile()
	s := &Shown{Run: x, Options: picture.Options{Before: x}, Source: func(model.Pos) string { return "</script><script>alert(1)</script>" }}
	text, err := json.Marshal(s.Data())
	if err != nil || strings.Contains(string(text), "<") {
		t.Errorf("%v: %.300s", err, text)
	}
}

// TestDeskAtOnce: cells show pictures while pages ask.
func TestDeskAtOnce(t *testing.T) {
	d := NewDesk("m")
	run := shown(rendertest.Example())
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for range 50 {
				d.Keep(strings.Repeat("x", i+1), run)
				d.View("x")
				d.Turn(On)
			}
		})
		all.Go(func() {
			for range 50 {
				d.Answer("m", json.RawMessage(`{"method":"custom","content":{"ask":"have","names":["x"]}}`))
				d.Answer("m", json.RawMessage(`{"method":"update","state":{"at":{"x":1}}}`))
				d.Models()
				d.IDs()
			}
		})
	}
	all.Wait()
}

// hand is a run made by hand that does nothing.
type hand struct{ closed chan bool }

func (hand) Do(_ context.Context, r step.Request) step.Reply { return step.Refused(r, &step.Error{}) }
func (hand) Run() *model.Execution                           { return nil }
func (h hand) Close()                                        { h.closed <- true }

// TestHands: each player has a run of its own to make, and the oldest is given up.
func TestHands(t *testing.T) {
	d, closed, begun := NewDesk("m"), make(chan bool), 0
	d.Keep("one", shown(rendertest.Example()))
	if gone := tell(t, d, map[string]any{"ask": "step", "name": "one", "who": "a", "request": map[string]any{}}); gone[0]["gone"] != true {
		t.Errorf("%v", gone)
	}
	d.Hand = func(*model.Execution) Hand { begun++; return hand{closed} }
	for i := range mostHands + 1 {
		for range 2 {
			answer := tell(t, d, map[string]any{"ask": "step", "name": "one", "who": strings.Repeat("a", i+1), "request": map[string]any{"do": "state"}})
			if !strings.Contains(answer[0]["text"].(string), `"error"`) {
				t.Errorf("%v", answer)
			}
		}
	}
	<-closed
	if begun != mostHands+1 || len(d.hands.of) != mostHands || len(d.hands.order) != mostHands {
		t.Errorf("%d begun, %d kept", begun, len(d.hands.of))
	}
	if tell(t, d, map[string]any{"ask": "step", "name": "one", "who": strings.Repeat("a", mostWho+1)})[0]["gone"] != true {
		t.Error("any name will do")
	}
}

// TestDeskLeads: pages are told where a teacher is once one has asked for the models, and it
// is known which pictures they step through.
func TestDeskLeads(t *testing.T) {
	d := NewDesk("m")
	d.Keep("one", shown(rendertest.Workers(2, 2)))
	if m := d.Lead("t2-x", 3); m != nil {
		t.Errorf("told nobody: %v", m)
	}
	d.Models()
	m := d.Lead("t2-x", 3)
	if c, _ := m["content"].(map[string]any); m["method"] != "custom" || c["lead"] != "t2-x" || c["step"] != 3 {
		t.Errorf("%v", m)
	}
	if d.Lead("", 3) != nil {
		t.Error("led to no run")
	}
	open := func(want bool) {
		t.Helper()
		if d.IsOpen("one") != want {
			t.Errorf("open: %v", !want)
		}
	}
	open(false)
	d.Answer("m", json.RawMessage(`{"method":"update","state":{"at":{"one":4,"other":1}}}`))
	open(true)
	d.Answer("m", json.RawMessage(`{"method":"update","state":{"at":{}}}`))
	open(false)
	d.Answer("m", json.RawMessage(`{"method":"update","state":{"at":{"one":4}}}`))
	if d.Forget("one"); d.IsOpen("other") {
		t.Error("a picture that is not there is open")
	}
	open(false)
}
