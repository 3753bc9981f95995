package proxy

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// explorationData is what is looked at in the data of an exploration.
type explorationData struct {
	Complete      bool    `json:"complete"`
	Interleavings *string `json:"interleavings"`
	Classes       int     `json:"classes"`
	Runs          int     `json:"runs"`
	Clock         string  `json:"clock"`
	Stopped       string  `json:"stopped"`
	Outcomes      []struct {
		Value         string  `json:"value"`
		Status        string  `json:"status"`
		Interleavings *string `json:"interleavings"`
		Token         string  `json:"token"`
	} `json:"outcomes"`
	Races []struct {
		A string `json:"a"`
	} `json:"races"`
}

// explored returns what an exploration showed in the end, and how many lines it
// showed before.
func (r result) explored(t *testing.T) (data explorationData, lines int) {
	t.Helper()
	for i, d := range r.changes {
		all := d["data"].(map[string]any)
		if raw, ok := all["application/vnd.threading101.exploration+json"]; ok {
			text, _ := json.Marshal(raw)
			if err := json.Unmarshal(text, &data); err != nil {
				t.Fatal(err)
			}
			for _, kind := range []string{"text/plain", "text/html", "image/svg+xml"} {
				if s, _ := all[kind].(string); s == "" {
					t.Errorf("no %s", kind)
				}
			}
			return data, i
		}
	}
	t.Fatalf("nothing explored: %+v", r)
	return data, 0
}

const (
	cellLost = "func main() {\n\tn := 0\n\tvar wg sync.WaitGroup\n\tfor range 2 {\n\t\twg.Go(func() {\n\t\t\tx := n\n\t\t\tn = x + 1\n\t\t})\n\t}\n\twg.Wait()\n\tfmt.Println(n)\n}"
	cellMany = "func main() {\n\tn := 0\n\tvar wg sync.WaitGroup\n\tfor range 5 {\n\t\twg.Go(func() {\n\t\t\tfor range 20 {\n\t\t\t\tn++\n\t\t\t}\n\t\t})\n\t}\n\twg.Wait()\n\tfmt.Println(n)\n}"
	cellABBA = "func main() {\n\tvar a, b sync.Mutex\n\tvar wg sync.WaitGroup\n\twg.Go(func() {\n\t\ta.Lock()\n\t\tb.Lock()\n\t\tb.Unlock()\n\t\ta.Unlock()\n\t})\n\twg.Go(func() {\n\t\tb.Lock()\n\t\ta.Lock()\n\t\ta.Unlock()\n\t\tb.Unlock()\n\t})\n\twg.Wait()\n}"
)

// TestExplore: nothing is printed, everything is counted, and each outcome can be
// had again.
func TestExplore(t *testing.T) {
	q := quickKernel(t)
	r := q.ok("%explore\n" + cellLost)
	data, _ := r.explored(t)
	if r.stdout != "" || r.stderr != "" || len(r.displays) != 1 || len(data.Outcomes) != 2 {
		t.Errorf("%+v\n%+v", data, r)
	}
	if !data.Complete || data.Interleavings == nil || *data.Interleavings != "6" || data.Classes != 4 || data.Clock != "free" {
		t.Errorf("%+v", data)
	}
	for _, o := range data.Outcomes {
		if want := map[string]string{"1\n": "4", "2\n": "2"}[o.Value]; o.Interleavings == nil || *o.Interleavings != want {
			t.Errorf("%+v, want %q interleavings", o, want)
		}
		if again := q.ok("%replay " + o.Token + "\n" + cellLost); again.stdout != o.Value {
			t.Errorf("the token of %q gives %q", o.Value, again.stdout)
		}
	}
}

// TestExploreAgain: a cell that is there already is explored without a build and
// without GoNB; a cell without code is about the one that was run last.
func TestExploreAgain(t *testing.T) {
	q := quickKernel(t)
	q.wantError("\n%explore", "WordError", "cell 1, line 2", "nothing to run", "run such a cell first")
	q.ok(cellLost)
	times := q.times()
	q.ok("%explore\n" + cellLost).explored(t)
	if data, _ := q.ok("//t101:explore 1s\n//t101:clock virtual\n\n" + cellLost).explored(t); data.Clock != "virtual" {
		t.Errorf("%+v", data)
	}
	if got := q.times(); got != times+2 {
		t.Errorf("%d of 2 took the short way", got-times)
	}
	q.ok("var unused = 1")
	r := q.ok("%explore")
	if data, _ := r.explored(t); len(data.Outcomes) != 2 {
		t.Errorf("%+v", data)
	}
	q.ok("%%\nfmt.Println(1)")
	q.wantError("%explore", "ExploreError", "cell 8, line 1", "one goroutine")
	q.ok(cellLost)
	if data, _ := q.ok("%explore").explored(t); len(data.Outcomes) != 2 {
		t.Errorf("%+v", data)
	}
	if r := q.ok(cellLost); !contains("1\n2\n", r.stdout) { // cell 11, the short way
		t.Errorf("%+v", r)
	}
	if data, _ := q.ok("%explore").explored(t); len(data.Races) == 0 || !strings.HasPrefix(data.Races[0].A, "cell 11:") {
		t.Errorf("the places are not those of the cell as it was run last: %+v", data.Races)
	}
}

// TestExploreStops: an interrupt shows what was found so far.
func TestExploreStops(t *testing.T) {
	q := quickKernel(t)
	id := q.send("%explore 5m\n" + cellMany)
	q.until(id, "showing progress", func(r result) bool { return len(r.changes) > 2 })
	r := q.interrupt(id)
	data, lines := r.explored(t)
	if r.status() != "error" || r.reply["ename"] != "Interrupted" || lines < 2 || data.Runs == 0 || data.Complete {
		t.Errorf("%v, %d lines, %+v", r.reply, lines, data)
	}
	if text := fmt.Sprint(r.changes[len(r.changes)-1]["data"]); !contains(text, "interrupted") {
		t.Errorf("%s", text)
	}
	ids := map[any]bool{}
	for i, d := range r.changes {
		ids[displayID(d)] = true
		if want := "display_data"; (kindsOfDisplays(r)[i] == want) != (i == 0) {
			t.Errorf("display %d is a %s", i, kindsOfDisplays(r)[i])
		}
	}
	if len(ids) != 1 || ids[nil] {
		t.Errorf("shown in the places %v", ids)
	}
	q.ok("%%\nfmt.Println(1)")
}

func kindsOfDisplays(r result) (kinds []string) {
	for _, k := range r.kinds {
		if strings.HasSuffix(k, "display_data") {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// TestCheck: what does not hold fails the cell, with a run that shows it.
func TestCheck(t *testing.T) {
	q := quickKernel(t)
	r := q.ok("%check deadlock-free panic-free\n%check leak-free\n" + cellLost)
	if len(r.displays) != 1 || r.stdout != "" {
		t.Errorf("%+v", r)
	}
	r = q.wantError("%check panic-free\n%check deadlock-free\n"+cellABBA, "CheckFailed", "cell 2, line 2", "deadlock-free does not hold: func 1 holds a")
	data, _ := r.picture(t)
	if data.Status != "deadlock" || data.Token == nil || data.Clock != "free" {
		t.Fatalf("%+v", data)
	}
	if said := strings.Join(strings.Fields(fmt.Sprint(r.errors[0]["traceback"].([]any)...)), " "); len(r.displays) != 1 || strings.Count(said, "deadlock-free") != 1 || contains(said, "hint:") {
		t.Errorf("below %d displays it says %q, which is to be one sentence", len(r.displays), said)
	}
	q.wantError("%check deadlock-free", "CheckFailed", "cell 3, line 1")
	r = q.wantError("%check joined outcome n==1\n%check outcome n==2 race-free\n"+cellLost, "CheckFailed", "outcome n==1 does not hold", "(and 2 more fail)")
	if text := fmt.Sprint(r.displays); len(r.displays) != 1 || !contains(text, "A run in which outcome n==1 does not hold:") || !contains(text, "A run in which outcome n==2 and race-free do not hold:") {
		t.Errorf("each property that fails has its run: %.3000s", text)
	}
}

// TestOutcome: the values of a run, and expressions that have none.
func TestOutcome(t *testing.T) {
	q := quickKernel(t)
	plain := q.ok("%seed 3\n" + cellLost)
	r := q.ok("%seed 3\n%outcome n n*2 fmt.Sprint(\"a b\", n)\n" + cellLost)
	value := strings.TrimSpace(r.stdout)
	if text := fmt.Sprint(r.displays); !contains(text, "Where main ended: n = "+value+", n*2 = ") || !contains(text, "= a b"+value) {
		t.Errorf("the values of a run that printed %s are not said", value)
	}
	if r.token(t) != plain.token(t) {
		t.Errorf("with values the run is another one: %s, %s", r.token(t), plain.token(t))
	}
	if n := q.times(); n != 1 {
		t.Errorf("%d cells took the short way: values need a build, and no GoNB", n)
	}
	q.wantError("\n%outcome n nn\n"+cellLost, "WordError", "line 2", "nn", "undefined", "did you mean n?")
	q.wantError("%check race-free\n%check outcome total==6\n"+cellLost, "WordError", "line 2", "total", "undefined")
	q.wantError("%check no-overlap wrk\nfunc work() {}\n"+cellLost, "WordError", "line 1", "wrk", "did you mean work?")
	r = q.execute("%outcome n\nfunc main() {\n\tn := 1\n\tgo func() { n++ }()\n\tselect {}\n}")
	if r.status() != "error" || !contains(fmt.Sprint(r.displays), "no values to show") {
		t.Errorf("%v", r.reply)
	}
}
