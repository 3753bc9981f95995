package property

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/model"
)

// One way to violate each property, and near misses that do not.
func TestViolated(t *testing.T) {
	type o = model.Outcome
	for _, c := range []struct {
		property string
		violates []o
		misses   []o
	}{
		{"deadlock-free",
			[]o{{Status: model.Deadlock}},
			[]o{{Status: model.Leak}, {Status: model.OK, Value: "deadlock"}, {Status: model.Limit}}},
		{"race-free",
			[]o{{Status: model.OK, Marks: []string{"unjoined", "race"}}},
			[]o{{Status: model.OK}, {Status: model.Panicked, Marks: []string{"overlap race"}}}},
		{"leak-free",
			[]o{{Status: model.Leak}},
			[]o{{Status: model.CutOff, Marks: []string{"unjoined"}}, {Status: model.Deadlock}}},
		{"panic-free",
			[]o{{Status: model.Panicked}},
			[]o{{Status: model.Exited}, {Status: model.Deadlock}, {Status: model.OK, Value: "panic: no"}}},
		{"joined",
			[]o{{Status: model.OK, Marks: []string{"unjoined"}}, {Status: model.CutOff}, {Status: model.Leak}},
			[]o{{Status: model.OK, Marks: []string{"race"}}, {Status: model.Deadlock}, {Status: model.Panicked}, {Status: model.Limit}}},
		{"goroutines 2",
			[]o{{Status: model.OK, Marks: []string{"started-under-2"}}, {Status: model.CutOff, Marks: []string{"race", "started-under-2"}}},
			[]o{{Status: model.OK, Marks: []string{"started-under-3"}}, {Status: model.OK}, {Status: model.Deadlock}}},
		{"no-overlap Account.Deposit",
			[]o{{Status: model.OK, Marks: []string{"overlap Account.Deposit"}}},
			[]o{{Status: model.OK, Marks: []string{"overlap Deposit"}}, {Status: model.OK, Marks: []string{"overlap Account.Depos"}}, {Status: model.OK, Marks: []string{"race"}}}},
		{"at-most 2 Account.Deposit",
			[]o{{Status: model.OK, Marks: []string{"at-once-3 Account.Deposit"}}},
			[]o{{Status: model.OK, Marks: []string{"at-once-4 Account.Deposit"}}, {Status: model.OK, Marks: []string{"at-once-3 Deposit"}}, {Status: model.OK, Marks: []string{"overlap Account.Deposit"}}}},
		{"order prepare<use",
			[]o{{Status: model.OK, Marks: []string{"disorder prepare use"}}},
			[]o{{Status: model.OK, Marks: []string{"disorder use prepare"}}, {Status: model.OK, Marks: []string{"overlap use"}}}},
		{"outcome total==6",
			[]o{{Status: model.OK, Values: []string{"5"}}, {Status: model.OK, Values: []string{"06"}}, {Status: model.Deadlock}, {Status: model.OK, Values: []string{"?"}}},
			[]o{{Status: model.OK, Values: []string{"6"}}, {Status: model.CutOff, Values: []string{"6"}}, {Status: model.Limit}, {Status: model.Interrupted}}},
		{"always a < b || c",
			[]o{{Status: model.OK, Marks: []string{"race", "not always a < b || c"}}, {Status: model.Limit, Marks: []string{"not always a < b || c"}}},
			[]o{{Status: model.OK}, {Status: model.OK, Marks: []string{"not always a < b"}}, {Status: model.Deadlock, Marks: []string{"not eventually a < b || c"}}}},
		{"eventually a < b",
			[]o{{Status: model.Deadlock, Marks: []string{"not eventually a < b"}}},
			[]o{{Status: model.OK, Marks: []string{"not always a < b"}}, {Status: model.Limit}}},
	} {
		p := parse(t, c.property)[0]
		for _, o := range c.violates {
			if !p.Violated(&o) {
				t.Errorf("%s: not violated by %+v", p, o)
			}
		}
		for _, o := range c.misses {
			if p.Violated(&o) {
				t.Errorf("%s: violated by %+v", p, o)
			}
		}
	}
}

// TestTable: a property that nobody tests is one too many.
func TestTable(t *testing.T) {
	want := []string{"deadlock-free", "race-free", "leak-free", "panic-free", "joined", "goroutines", "no-overlap", "at-most", "order", "outcome", "always", "eventually"}
	if got := Names(); !slices.Equal(got, want) {
		t.Errorf("the properties are %q, want %q", got, want)
	}
	for _, k := range table {
		if k.means == "" || (k.args == "") != (k.read == nil) {
			t.Errorf("%s: an incomplete row", k.name)
		}
	}
}

func parse(t *testing.T, line string) []Property {
	t.Helper()
	ps, err := Parse(strings.Fields(line))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return ps
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		args string // parted at |
		want string // the same
	}{
		{"deadlock-free", "deadlock-free"},
		{"deadlock-free|race-free", "deadlock-free|race-free"},
		{"deadlock-free race-free", "deadlock-free|race-free"},
		{"order|A|<|B|joined", "order A < B|joined"},
		{"order|A<|B|order|B|<C", "order A< B|order B <C"},
		{"order|(*Account).Deposit<Account.Close", "order (*Account).Deposit<Account.Close"},
		{`order|"A|<|B"|joined`, `order "A < B"|joined`},
		{"outcome|total|==|6|joined", "outcome total == 6|joined"},
		{"outcome|total==|-|5|leak-free", "outcome total== - 5|leak-free"},
		{"outcome|list==[1|2|3]|leak-free", "outcome list==[1 2 3]|leak-free"},
		{`outcome|msg=="a|b"|leak-free`, `outcome msg=="a b"|leak-free`},
		{`outcome|"total|==|6"|leak-free`, `outcome "total == 6"|leak-free`},
		{`outcome|'total|==|6'|leak-free`, `outcome 'total == 6'|leak-free`},
		{"outcome msg==a b|joined", "outcome msg==a b|joined"},
		{"outcome|msg==a b|joined", "outcome msg==a b|joined"},
		{"outcome total==6 joined", "outcome total==6|joined"},
		{"at-most|2|work|joined", "at-most 2 work|joined"},
		{"at-most 2 work|at-most|1|(*Account).Deposit", "at-most 2 work|at-most 1 (*Account).Deposit"},
		{"goroutines 2 joined goroutines 3", "goroutines 2|joined|goroutines 3"},
		{`at-most|"2|work"|joined`, `at-most "2 work"|joined`},
		{"at-most 3 work order A<B", "at-most 3 work|order A<B"},
		{"always|a|>=|0|&&|b|joined", "always a >= 0 && b|joined"},
		{"always|balance>=0|eventually|balance|==|130", "always balance>=0|eventually balance == 130"},
		{`always|"a|>|0"|joined`, `always "a > 0"|joined`},
		{"eventually|(a|+|b)|==|3", "eventually (a + b) == 3"},
		{"always a > 0|joined", "always a > 0|joined"},
		{"no-overlap|Deposit|no-overlap|été", "no-overlap Deposit|no-overlap été"},
	} {
		ps, err := Parse(strings.Split(c.args, "|"))
		if err != nil {
			t.Errorf("%s: %v", c.args, err)
			continue
		}
		var got []string
		for _, p := range ps {
			got = append(got, p.String())
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: got %q, want %q", c.args, got, c.want)
		}
	}
}

func TestNeeds(t *testing.T) {
	ps := parse(t, "joined outcome total==6 no-overlap work order work<Account.Close outcome n==1 outcome total==7")
	n := NeedsOf(ps)
	if !slices.Equal(n.Values, []string{"total", "n"}) || !slices.Equal(n.Spans, []string{"work", "Account.Close"}) {
		t.Errorf("needs %+v", n)
	}
	if n := ps[0].Needs(); n.Values != nil || n.Spans != nil {
		t.Errorf("joined needs %+v", n)
	}
	o := model.Outcome{Status: model.OK, Values: []string{"6", "1"}}
	for i, want := range map[int]bool{1: false, 4: false, 5: true} {
		if got := ps[i].Violated(&o); got != want {
			t.Errorf("%s: violated is %v", ps[i], got)
		}
	}
	if p := ps[4].Among([]string{"total", "m", "n"}); !p.Violated(&o) {
		t.Errorf("%s holds of a value that is not there", p)
	}
}

// Of calls at once the search is asked each limit once, by the function's place among
// those that are watched.
func TestAtOnce(t *testing.T) {
	ps := parse(t, "order a<b at-most 2 work at-most 1 b no-overlap work at-most 2 work at-most 3 work")
	if got, want := AtOnce(ps), []uint32{2, 3, 1, 2, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("the search is asked for %d, want %d", got, want)
	}
	want := []model.Rule{{First: 0, Then: 1}, {First: 2, Then: 2, Most: 2}, {First: 1, Then: 1, Most: 1}, {First: 2, Then: 2}, {First: 2, Then: 2, Most: 3}}
	if got := Rules(ps); !slices.Equal(got, want) {
		t.Errorf("the rules are %+v, want %+v", got, want)
	}
	if got := AtOnce(parse(t, "joined no-overlap work")); got != nil {
		t.Errorf("the search is asked for %d of nothing", got)
	}
}

// Of goroutines it is asked each number once.
func TestStarted(t *testing.T) {
	if got, want := Started(parse(t, "goroutines 2 at-most 4 work goroutines 3 goroutines 2")), []uint32{2, 3}; !slices.Equal(got, want) {
		t.Errorf("the search is asked for %d, want %d", got, want)
	}
}

// TestValue: a value is written as in Go, or as Go prints it.
func TestValue(t *testing.T) {
	for _, c := range []struct{ text, expr, value string }{
		{"total==6", "total", "6"},
		{"total == -6", "total", "-6"},
		{"total==0x10", "total", "16"},
		{"total==1<<3", "total", "8"},
		{"total==1_000", "total", "1000"},
		{"x==1.50", "x", "1.5"},
		{"x==1e21", "x", "1e+21"},
		{"r=='a'", "r", "97"},
		{"c==2i", "c", "(0+2i)"},
		{"ok==true", "ok", "true"},
		{"err==nil", "err", "<nil>"},
		{`s=="abc"`, "s", "abc"},
		{`s=="a\tb"`, "s", "a\tb"},
		{"s==`a\\b`", "s", `a\b`},
		{`s==""`, "s", ""},
		{"s==abc", "s", "abc"},
		{"list==[1 2 3]", "list", "[1 2 3]"},
		{"m==map[a:1]", "m", "map[a:1]"},
		{"f(a == b)==3", "f(a == b)", "3"},
		{"a==b==true", "a==b", "true"},
		{`len("==)")==3`, `len("==)")`, "3"},
		{`(a<=b)==true`, "(a<=b)", "true"},
		{`"total == 6"`, "total", "6"},
	} {
		s, err := readOutcome(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if s.expr != c.expr || s.value != c.value {
			t.Errorf("%s: got %q and %q", c.text, s.expr, s.value)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"", "deadlock-free"},
		{"deadlok-free", "did you mean deadlock-free?"},
		{"deadlock", "did you mean deadlock-free?"},
		{"overlap|F", "did you mean no-overlap?"},
		{"Joined", "did you mean joined?"},
		{"leak_free", "did you mean leak-free?"},
		{"total==4", "did you mean outcome total==4?"},
		{"total == 4", "did you mean outcome total == 4?"},
		{"fast", "outcome EXPR==VALUE"},
		{"race-free|fast", `no property "fast"`},
		{"no-overlap", "no-overlap F"},
		{"no-overlap|joined", "no-overlap F"},
		{"no-overlap|work(1)", "write the name alone: work"},
		{"no-overlap|a.b.c", "(*Account).Deposit"},
		{"no-overlap|x\x1b[31m", "␛[31m"},
		{"at-most", "at-most N F"},
		{"at-most|joined", "at-most N F"},
		{"at-most|2", "at-most 2 work"},
		{"at-most|2|joined", "at-most 2 work"},
		{"at-most|work|joined", "at-most needs a number and a function"},
		{"at-most|2work", `"2work" is not both`},
		{"at-most|work|2", "number first, then the function.\nhint: at-most 2 work"},
		{"at-most|0|store", `"0" is not a whole number from 1 to 1,000,000.` + "\nhint: write how many calls may be running at once, as in at-most 2 store"},
		{"at-most|-1|work", `"-1" is not a whole number`},
		{"at-most|1.5|work", `"1.5" is not a whole number`},
		{"at-most|two|work", `"two" is not a whole number`},
		{"at-most|1000001|work", "from 1 to 1,000,000"},
		{"at-most|99999999999999999999|work", "from 1 to 1,000,000"},
		{"at-most|2|work(1)", "write the name alone: work"},
		{"at-most 2 work other", `"work other" is not the name`},
		{"goroutines", "goroutines N"},
		{"goroutines|joined", "goroutines N"},
		{"goroutines two", `"two" is not a whole number from 1 to 1,000,000.` + "\nhint: goroutines 2 checks"},
		{"goroutines|0", `"0" is not a whole number`},
		{"goroutine 2", "did you mean goroutines?"},
		{"atmost 2 work", "did you mean at-most?"},
		{"order", "order A<B"},
		{"order|A", "order A<B"},
		{"order|A<", "order A<B"},
		{"order|<B", "order A<B"},
		{"order|A|joined", "order A<B"},
		{"order|A>B", "order B<A"},
		{"order|A<B<C", "order A<B order B<C"},
		{"order|A<B()", "write the name alone: B"},
		{"outcome", "outcome EXPR==VALUE"},
		{"outcome|total", "outcome total==6"},
		{"outcome|==6", "outcome total==6"},
		{"outcome|total==", "outcome total==6"},
		{"outcome|total=6", "outcome total==6"},
		{"outcome|n|=|6", "write ==.\nhint: outcome n==6"},
		{"outcome|n<=6", "outcome (n<=6)==true"},
		{"outcome|n!=6", "outcome (n!=6)==true"},
		{"outcome|list==[]int{1,2}", "outcome list==[1 2 3]"},
	} {
		ps, err := Parse(strings.Split(c.args, "|"))
		if err == nil {
			t.Errorf("%q: accepted as %v", c.args, ps)
		} else if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v\nwant %q in it", c.args, err, c.says)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"deadlock-free|order|A<B", `outcome|"a|==|b"`, "outcome|x=='", "no-overlap|(*A).b", "at-most|2|b", "outcome|f(|==[{", "| |outcome a==b c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ps, err := Parse(strings.Split(s, "|"))
		if err != nil {
			return
		}
		for _, p := range ps {
			p.Violated(&model.Outcome{Status: model.OK})
			again, err := Parse([]string{p.String()})
			if err != nil || len(again) != 1 || again[0].subject.expr != p.subject.expr || again[0].subject.value != p.subject.value {
				t.Errorf("%q is %q, which is read as %v, %v", s, p, again, err)
			}
		}
	})
}

func TestJudge(t *testing.T) {
	r := &model.Result{
		Level: model.Exhaustive, Interleavings: big.NewInt(9), Values: []string{"total"},
		Outcomes: []model.Outcome{
			{Status: model.OK, Values: []string{"5"}, Marks: []string{"race"}, Token: "long", Switches: 4},
			{Status: model.OK, Values: []string{"4"}, Token: "", Switches: 1},
			{Status: model.OK, Values: []string{"3"}, Token: "short", Switches: 2},
			{Status: model.OK, Values: []string{"6"}, Token: "right"},
		},
	}
	ps := parse(t, "race-free deadlock-free outcome total==6")
	got := Judge(ps, r)
	for i, want := range []struct {
		holds bool
		token string
	}{{false, "long"}, {true, ""}, {false, "short"}} {
		v := got[i]
		if v.Holds != want.holds || v.Token != want.token || !v.Complete || (v.Outcome == nil) != want.holds || v.Property != ps[i].String() {
			t.Errorf("%s: %+v", ps[i], v)
		}
	}
}

// TestJudgeIncomplete: what was not tried is not claimed.
func TestJudgeIncomplete(t *testing.T) {
	ok := model.Outcome{Status: model.OK}
	for name, r := range map[string]*model.Result{
		"bounded":     {Level: model.Bounded, Outcomes: []model.Outcome{ok}},
		"sampled":     {Level: model.Sampled, Outcomes: []model.Outcome{ok}},
		"limit":       {Level: model.Exhaustive, Outcomes: []model.Outcome{ok, {Status: model.Limit}}},
		"interrupted": {Level: model.Exhaustive, Outcomes: []model.Outcome{{Status: model.Interrupted}}},
	} {
		for _, v := range Judge(parse(t, "joined deadlock-free"), r) {
			if !v.Holds || v.Complete {
				t.Errorf("%s: %s: %+v", name, v.Property, v)
			}
		}
	}
}

// The conditions are asked for each once, those of all moments first, and an outcome has
// the mark of the one that is broken in it.
func TestConditions(t *testing.T) {
	ps := parse(t, "eventually n==1 always n<3 always m always n<3")
	want := []model.Condition{{Expr: "n<3"}, {Expr: "m"}, {Expr: "n==1", AtEnd: true}}
	if got := Conditions(ps); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if n := NeedsOf(ps); !slices.Equal(n.Always, []string{"n<3", "m"}) || !slices.Equal(n.Eventually, []string{"n==1"}) {
		t.Errorf("needs %+v", n)
	}
	v := Judge(ps, &model.Result{Outcomes: []model.Outcome{{Status: model.OK, Marks: []string{MarkOf(want[1])}}}})
	for i, holds := range []bool{true, true, false, true} {
		if v[i].Holds != holds {
			t.Errorf("%s: holds is %v", v[i].Property, v[i].Holds)
		}
	}
	explanation := []string{"Data race: x.", "always m is not true after A writes m = false (line 3, step 1): m is false."}
	if got := v[2].Why(explanation); got != "it is not true after A writes m = false (line 3, step 1): m is false." {
		t.Errorf("why: %q", got)
	}
}

// An expression must be there, and must change nothing.
func TestConditionsMisread(t *testing.T) {
	for text, want := range map[string]string{
		"always":            "always needs more",
		"eventually joined": "eventually needs more",
		"always a = 3":      "hint: to compare, write always a == 3",
		"always n++":        "hint: to compare, write always n == 0",
		"always a += 2":     "in Go += changes one",
		`always ""`:         "needs an expression",
	} {
		if _, err := Parse(strings.Fields(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
