package predict

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/model"
)

func parse(t *testing.T, text string) *Question {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return q
}

func TestParse(t *testing.T) {
	q := parse(t, `-about end "How many | of {them}?" -because six {lines==6} | A's | “none” #end`)
	want := &Question{Kind: Choice, Text: "How many | of {them}?", About: "end", Because: true, Options: []Option{{Text: "six"}, {Text: "A's"}, {Text: "“none”", Key: "end"}}}
	got, _ := json.Marshal(q)
	text, _ := json.Marshal(want)
	if d := cmp.Diff(string(text), string(got)); d != "" {
		t.Error(d)
	}
	for text, kind := range map[string]Kind{
		`"a?" x | y`: Choice, `“a?” x | y`: Choice, `"a?" -number`: Number, `-number "a?" -answer 3`: Number, `"a?" -step -answer 6`: Step, `"a?" -order x | y`: Order,
	} {
		if q := parse(t, text); q.Kind != kind {
			t.Errorf("%s is of kind %s", text, q.Kind)
		}
	}
}

// Each flag that is completed is one, and the error for another names them all.
func TestFlags(t *testing.T) {
	_, err := Parse(`-none "a?" x | y`)
	for _, flag := range Flags {
		if !strings.Contains(err.Error(), flag) {
			t.Errorf("%v does not name %s", err, flag)
		}
		if _, err := Parse(flag + ` 1 "a?" x | y`); err != nil && strings.Contains(err.Error(), "has no") {
			t.Errorf("%s: %v", flag, err)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`six | three`, "begins with the question"},
		{`"" a | b`, "begins with the question"},
		{`"open a | b`, "opened but not closed"},
		{`"a?"`, "at least two options"},
		{`"a?" x`, "at least two options"},
		{`"a?" x | `, "no text"},
		{`"a?" x | X`, "twice"},
		{`"a?" 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10`, "at most 9"},
		{`"a?" -number 1 | 2`, "takes no options"},
		{`"a?" -maybe x | y`, "has no -maybe"},
		{`"a?" -answer z x | y`, "none of the answers"},
		{`"a?" -answer {lines x | y`, "opened but not closed"},
		{`"a?" -number -answer`, "takes the answer"},
		{`"a?" x {lines=6} | y`, "cannot compare"},
		{`"a?" x {lines} | y`, "cannot compare"},
		{`"a?" x {)} | y`, "cannot compare"},
		{`"a?" x {first<"z"} | y`, "cannot compare"},
		{`"a?" x {status==deadlocked} | y`, "cannot compare"},
		{`"a?" x {check>3} | y`, "cannot compare"},
		{`"a?" -order x {lines==1} | y`, "braces belong"},
		{`"a?" x {lines==1 possible} | y {total==1}`, "not both"},
	} {
		if _, err := Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
}

func TestRead(t *testing.T) {
	choice := parse(t, `"a?" six | three | none of them | because it is so`)
	number, step, order := parse(t, `"a?" -number`), parse(t, `"a?" -step`), parse(t, `"a?" -order x | y | z`)
	for _, c := range []struct {
		q             *Question
		typed         string
		text, because string
		ok            bool
	}{
		{choice, "2", "three", "", true},
		{choice, " 2) ", "three", "", true},
		{choice, "THREE", "three", "", true},
		{choice, "no", "none of them", "", true},
		{choice, "3 because main ends", "none of them", "main ends", true},
		{choice, "six, Because: they wait", "six", "they wait", true},
		{choice, "because it is so", "because it is so", "", true},
		{choice, "", "", "", true},
		{choice, " ?? ", "", "", true},
		{choice, "5", "", "", false},
		{choice, "seven", "", "", false},
		{choice, "\xff\x1b[31m", "", "", false},
		{number, "1,024", "1024", "", true},
		{number, "-2.50", "-2.5", "", true},
		{number, "NaN", "", "", false},
		{number, "1e99", "", "", false},
		{number, "many", "", "", false},
		{step, "6", "6", "", true},
		{step, "-6", "", "", false},
		{step, "6.5", "", "", false},
		{order, "312", "3 1 2", "", true},
		{order, "3, 1, 2", "3 1 2", "", true},
		{order, "3 1", "", "", false},
		{order, "3 1 1", "", "", false},
		{order, "4 1 2", "", "", false},
	} {
		a, ok := c.q.Read(c.typed)
		if ok != c.ok || ok && a.Text != c.text || a.Because != c.because {
			t.Errorf("%q: %+v, %v", c.typed, a, ok)
		}
	}
	if a, _ := choice.Read("1 because " + strings.Repeat("é", 9999)); len(a.Because) > mostBecause+3 {
		t.Errorf("a reason of %d bytes is kept", len(a.Because))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`"a?" x {lines==1} | y #k`, `"a?" -order -answer {printed} a | b`, `"a?" -number -answer "3"`, "“a?” \xff | {{}"} {
		f.Add(s, "1 because")
	}
	f.Fuzz(func(t *testing.T, text, typed string) {
		q, err := Parse(text)
		if err != nil {
			return
		}
		if a, ok := q.Read(typed); ok && !a.Passed() {
			if again, ok := q.Read(a.Text); !ok || again.Text != a.Text {
				t.Errorf("%q is read as %q, and that as %q", typed, a.Text, again.Text)
			}
		}
		q.Truth(Facts{Run: &model.Execution{}, Found: &model.Result{}})
	})
}

// outcomes is a result with those values of x, each of one class.
func outcomes(level model.Level, values ...string) *model.Result {
	r := &model.Result{Level: level, Values: []string{"x"}, Classes: len(values), Interleavings: big.NewInt(20)}
	for i, v := range values {
		o := model.Outcome{Status: model.OK, Value: "x = " + v, Values: []string{v}, Token: "t" + v, Switches: i}
		if v == "" {
			o.Status, o.Values = model.Deadlock, nil
		}
		r.Outcomes = append(r.Outcomes, o)
	}
	return r
}

func TestTruth(t *testing.T) {
	run := &model.Execution{Status: model.CutOff, Goroutines: make([]model.Goroutine, 3)}
	printed := "A 1\n\nB 2\n"
	here := Facts{Run: run, Printed: &printed, Values: map[string]string{"total": "130", "x+1": "2"}}
	all, some := outcomes(model.Exhaustive, "2", "1"), outcomes(model.Sampled, "2", "1")
	stuck := outcomes(model.Exhaustive, "2", "")
	for _, c := range []struct {
		text string
		f    Facts
		want Truth
	}{
		{`"?" six {lines==6} | two {lines==2}`, here, Truth{Known: true, Was: []string{"two"}}},
		{`"?" six {lines==6} | three | other`, here, Truth{}},
		{`"?" two {lines==2} | three | other`, here, Truth{Known: true, Was: []string{"two"}}},
		{`"?" six {lines==6} | other`, here, Truth{Known: true, Was: []string{"other"}}},
		{`"?" A {first=="A 1"} | B {first=="B 2"}`, here, Truth{Known: true, Was: []string{"A"}}},
		{`"?" cut {status==cut-off} | stuck {status==deadlock}`, here, Truth{Known: true, Was: []string{"cut"}}},
		{`"?" much {total>100} | little {total<=100}`, here, Truth{Known: true, Was: []string{"much"}}},
		{`"?" two {x+1==2} | three {goroutines==4}`, here, Truth{Known: true, Was: []string{"two"}}},
		{`"?" yes {y==2} | no`, here, Truth{}},
		{`"?" yes {first<3} | no`, here, Truth{}},
		{`"?" yes {lines==2} | no`, Facts{}, Truth{}},
		{`"?" -number -answer 3`, Facts{}, Truth{Known: true, Was: []string{"3"}}},
		{`"?" -answer 2 a | b`, Facts{}, Truth{Known: true, Was: []string{"b"}}},
		{`"?" -number -answer {lines}`, here, Truth{Known: true, Was: []string{"2"}}},
		{`"?" -number -answer {total}`, here, Truth{Known: true, Was: []string{"130"}}},
		{`"?" -order -answer {printed} B 2 | A 1`, here, Truth{Known: true, Was: []string{"2 1"}}},
		{`"?" -order -answer {printed} B 2 | C`, here, Truth{}},
		{`"?" a | b`, here, Truth{}},
		{`"?" often {changes>1} | once {changes==1}`, here, Truth{Known: true, Was: []string{"once"}}},
		{`"?" yes {check==holds} | no {check==fails}`, Facts{Check: "fails"}, Truth{Known: true, Was: []string{"no"}}},
		{`"?" yes {check==holds} | no {check==fails}`, Facts{}, Truth{}},
		{`"?" -step -answer {late}`, Facts{Late: 6}, Truth{Known: true, Was: []string{"6"}}},
		{`"?" -step -answer {late}`, here, Truth{}},

		{`"?" yes {x==1 possible} | no`, Facts{Found: all}, Truth{Known: true, All: true, Was: []string{"yes"}, Token: "t1"}},
		{`"?" yes {x==3 possible} | no`, Facts{Found: all}, Truth{Known: true, All: true, Was: []string{"no"}}},
		{`"?" yes {x==1 possible} | no`, Facts{Found: some}, Truth{Known: true, All: true, Was: []string{"yes"}, Token: "t1"}},
		{`"?" yes {x==3 possible} | no`, Facts{Found: some}, Truth{All: true, Partly: true}},
		{`"?" yes {x<=2 always} | no`, Facts{Found: all}, Truth{Known: true, All: true, Was: []string{"yes"}}},
		{`"?" yes {x==2 always} | no`, Facts{Found: some}, Truth{Known: true, All: true, Was: []string{"no"}, Token: "t1"}},
		{`"?" yes {x==2 always} | no`, Facts{Found: stuck}, Truth{Known: true, All: true, Was: []string{"no"}, Token: "t"}},
		{`"?" yes {x<=2 always} | no`, Facts{Found: some}, Truth{All: true, Partly: true}},
		{`"?" yes {status==deadlock possible} | no`, Facts{Found: stuck}, Truth{Known: true, All: true, Was: []string{"yes"}, Token: "t"}},
		{`"?" yes {races>0 possible} | no`, Facts{Found: all}, Truth{Known: true, All: true, Was: []string{"no"}}},
		{`"?" yes {x==1 possible} | no`, Facts{}, Truth{All: true}},
		{`"?" -number -answer {ways}`, Facts{Found: all}, Truth{Known: true, All: true, Partly: true, Was: []string{"2"}}},
		{`"?" -number -answer {interleavings}`, Facts{Found: all}, Truth{Known: true, All: true, Partly: true, Was: []string{"20"}}},
		{`"?" one {ways==1} | two {ways==2}`, Facts{Found: all}, Truth{Known: true, All: true, Was: []string{"two"}}},
		{`"?" one {ways==1} | two {ways==2}`, Facts{Found: some}, Truth{All: true, Partly: true}},
		{`"?" -number -answer {deadlocks}`, Facts{Found: stuck}, Truth{All: true, Partly: true}},
		{`"?" -number -answer {deadlocks}`, Facts{Found: all}, Truth{Known: true, All: true, Partly: true, Was: []string{"0"}}},
		{`"?" -number -answer {ways}`, Facts{Found: some}, Truth{All: true, Partly: true}},
	} {
		got := parse(t, c.text).Truth(c.f)
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.text, d)
		}
	}
}

// What a stopped run would have come to is not known, so nothing is certain of all.
func TestTruthOfStopped(t *testing.T) {
	r := outcomes(model.Exhaustive, "2")
	r.Outcomes = append(r.Outcomes, model.Outcome{Status: model.Limit})
	for _, text := range []string{`"?" yes {x==3 possible} | no`, `"?" yes {x==2 always} | no`} {
		if got := parse(t, text).Truth(Facts{Found: r}); got.Known {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// The question as data is what a front end needs to ask it, and does not hold the answer.
func TestQuestionAsData(t *testing.T) {
	q := parse(t, `"How many?" -answer 2 six | three {lines==3} #end`)
	text, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"kind":"choice","text":"How many?","options":[{"text":"six"},{"text":"three","key":"end"}]}`
	if string(text) != want {
		t.Errorf("%s", text)
	}
}

func TestNeeds(t *testing.T) {
	q := parse(t, `"?" a {total==1} | b {total==2 possible} | c {status==deadlock}`)
	if d := cmp.Diff(Needs{Values: []string{"total"}, Search: true}, q.Needs()); d != "" {
		t.Error(d)
	}
}
