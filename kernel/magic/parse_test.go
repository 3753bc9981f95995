package magic

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"threading101/kernel/explore/property"
)

func seed(n uint64) *uint64 { return &n }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		code string
		want Cell
	}{
		{"", Cell{}},
		{"var a = 1", Cell{Code: "var a = 1"}},
		{"%real", Cell{Real: true, Directives: []Directive{{"real", []string{}, 1}}}},
		{"%real\n%%\nf()", Cell{Code: "\n%%\nf()", Real: true, Directives: []Directive{{"real", []string{}, 1}}}},
		{"%seed 42", Cell{Seed: seed(42), Directives: []Directive{{"seed", []string{"42"}, 1}}}},
		{"//t101:seed 18446744073709551615\n%%\nf()", Cell{Code: "\n%%\nf()", Seed: seed(1<<64 - 1),
			Directives: []Directive{{"seed", []string{"18446744073709551615"}, 1}}}},
		{"%replay t1-abcde-5-x-cc\n%diff", Cell{Code: "\n", Replay: "t1-abcde-5-x-cc", Diff: []string{},
			Directives: []Directive{{"replay", []string{"t1-abcde-5-x-cc"}, 1}, {"diff", []string{}, 2}}}},
		{"%replay t1-abcde –quiz", Cell{Replay: "t1-abcde", Quiz: true, Directives: []Directive{{"replay", []string{"t1-abcde", "–quiz"}, 1}}}},
		{"%replay -lenient t1-abcde-5-x-cc", Cell{Replay: "t1-abcde-5-x-cc", Lenient: true,
			Directives: []Directive{{"replay", []string{"-lenient", "t1-abcde-5-x-cc"}, 1}}}},
		{"%replay –lenient t1-abcde -5", Cell{Replay: "t1-abcde-5", Lenient: true,
			Directives: []Directive{{"replay", []string{"–lenient", "t1-abcde", "-5"}, 1}}}},
		{"%clock free\n%seed 7\nf()", Cell{Code: "\n\nf()", Clock: "free", Seed: seed(7),
			Directives: []Directive{{"clock", []string{"free"}, 1}, {"seed", []string{"7"}, 2}}}},
		{"%diff a b", Cell{Diff: []string{"a", "b"}, Directives: []Directive{{"diff", []string{"a", "b"}, 1}}}},
		{"%explore\n%%\nf()", Cell{Code: "\n%%\nf()", Explore: true, Directives: []Directive{{"explore", []string{}, 1}}}},
		{"//t101:explore 1m30s", Cell{Explore: true, Budget: 90 * time.Second, Directives: []Directive{{"explore", []string{"1m30s"}, 1}}}},
		{"%explore 0.5\n%clock virtual", Cell{Code: "\n", Explore: true, Budget: time.Second / 2, Clock: "virtual",
			Directives: []Directive{{"explore", []string{"0.5"}, 1}, {"clock", []string{"virtual"}, 2}}}},
		{"%outcome a[i + 1]  len(log)\n//t101:outcome m[\"x y\"] (a + b)", Cell{Code: "\n", Values: []string{"a[i + 1]", "len(log)", "m[\"x y\"]", "(a + b)"},
			Directives: []Directive{{"outcome", []string{"a[i + 1]", "len(log)"}, 1}, {"outcome", []string{"m[\"x y\"]", "(a + b)"}, 2}}}},
		{"%outcome string('\\'') `]\\`", Cell{Values: []string{"string('\\'')", "`]\\`"},
			Directives: []Directive{{"outcome", []string{"string('\\'')", "`]\\`"}, 1}}}},
		{"%check race-free joined\n%check outcome s==\"a b\"\nf()", Cell{Code: "\n\nf()",
			Checks:     []Check{{1, []string{"race-free", "joined"}, 0}, {2, []string{"outcome", "s==\"a b\""}, 0}},
			Directives: []Directive{{"check", []string{"race-free", "joined"}, 1}, {"check", []string{"outcome", "s==\"a b\""}, 2}}}},
		{"x := `\n%explore\n`\nvar outcome = 1 // %outcome x", Cell{Code: "x := (`\n`+\"%explore\"+`\n`)\nvar outcome = 1 // %outcome x"}},
		{"%race\n//t101:procs 2\n%%\nf()", Cell{Code: "\n\n%%\nf()", Race: true, Procs: 2,
			Directives: []Directive{{"race", []string{}, 1}, {"procs", []string{"2"}, 2}}}},
		{"func main() {\n\t//t101:race\n\tf()\n}", Cell{Code: "func main() {\n\n\tf()\n}", Race: true, Directives: []Directive{{"race", []string{}, 2}}}},
		{"//t101:%real", Cell{Real: true, Directives: []Directive{{"real", []string{}, 1}}}},
		{"//gonb:%real", Cell{Real: true, Directives: []Directive{{"real", []string{}, 1}}}},
		{"  %picture  off ", Cell{Picture: PictureOff, Directives: []Directive{{"picture", []string{"off"}, 1}}}},
		{"%picture plain\n%why", Cell{Code: "\n", Picture: PicturePlain, Why: true, Directives: []Directive{{"picture", []string{"plain"}, 1}, {"why", []string{}, 2}}}},
		{"%check joined\n// Locked.", Cell{Code: "\n", Checks: []Check{{1, []string{"joined"}, 0}}, Directives: []Directive{{"check", []string{"joined"}, 1}}}},
		{"%check joined\n//gonb:%list", Cell{Code: "\n//gonb:%list", Checks: []Check{{1, []string{"joined"}, 0}}, Directives: []Directive{{"check", []string{"joined"}, 1}}}},
		{"%check joined\n// On f.\nf()", Cell{Code: "\n// On f.\nf()", Checks: []Check{{1, []string{"joined"}, 0}}, Directives: []Directive{{"check", []string{"joined"}, 1}}}},
		{"%picture on", Cell{Picture: PictureOn, Directives: []Directive{{"picture", []string{"on"}, 1}}}},
		{"%t101", Cell{Help: true, Directives: []Directive{{"t101", []string{}, 1}}}},
		{"%t101 progress 10", Cell{Summary: true, Lessons: "10", Directives: []Directive{{"t101", []string{"progress", "10"}, 1}}}},
		{"%real\r\n%%\r\nf()\r\n", Cell{Code: "\n%%\nf()\n", Real: true, Directives: []Directive{{"real", []string{}, 1}}}},

		// GoNB's own.
		{"%% --n=3\nf()", Cell{Code: "%% --n=3\nf()"}},
		{"%list\n!ls\n//gonb:%rm x", Cell{Code: "%list\n!ls\n//gonb:%rm x"}},
		{"!cat <<E \\\n%real\n%args 1", Cell{Code: "!cat <<E \\\n%real\n%args 1"}},
		{"%%bash\n%real\n%foo", Cell{Code: "%%bash\n%real\n%foo"}},
		{"%%writefile x.txt\n//t101:foo", Cell{Code: "%%writefile x.txt\n//t101:foo"}},
		{"!echo it's `open\n%real", Cell{Code: "!echo it's `open\n", Real: true, Directives: []Directive{{"real", []string{}, 2}}}},
		{"!  \nf()", Cell{Code: "\nf()"}}, // would end GoNB
		{"! \\\n  \nf()", Cell{Code: "\n\nf()"}},

		// Not ours: strings and comments.
		{"/*\n %real\n*/", Cell{Code: "/*\n %real\n*/"}},
		{"var c = '`'\n%real", Cell{Code: "var c = '`'\n", Real: true, Directives: []Directive{{"real", []string{}, 2}}}},
		{"var c = \"`\"\n%real", Cell{Code: "var c = \"`\"\n", Real: true, Directives: []Directive{{"real", []string{}, 2}}}},
		{"var c = \"\\\"`\" // `\n%real", Cell{Code: "var c = \"\\\"`\" // `\n", Real: true, Directives: []Directive{{"real", []string{}, 2}}}},
		{"f() // %real\n", Cell{Code: "f() // %real\n"}},
		{"x := `open\n%real\n%%", Cell{Code: "x := `open\n%real\n%%"}},

		// What GoNB would misread.
		{"var s = `a\n%real\n!b\nc`", Cell{Code: "var s = (`a\n`+\"%real\"+`\n`+\"!b\"+`\nc`)"}},
		{"var s = `a\n%b` + `\npackage c`", Cell{Code: "var s = (`a\n`+\"%b\") + (`\n`+\"package c\")"}},
		{"/*\n%foo\n%%\n*/", Cell{Code: "/*\n %foo\n %%\n*/"}},
		{"package main\n\npackages := 1", Cell{Code: "package main\n\n packages := 1"}},
	} {
		got, err := Parse(c.code)
		if err != nil {
			t.Errorf("%q: %v", c.code, err)
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q:\n%s", c.code, d)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		code string
		want string
	}{
		{"%rael", "line 1: %rael is not a known command (did you mean %real?)"},
		{"%Race", "line 1: %Race is not a known command (did you mean %race?)"},
		{"\n//t101:picutre off", "line 2: //t101:picutre is not a known command (did you mean %picture?)"},
		{"%lst", "line 1: %lst is not a known command (did you mean %list?)"},
		{"%matplotlib inline", "line 1: %matplotlib is not a known command (%t101 lists the commands)"},
		{"%%time\nf()", "line 1: %%time is not a known command (%t101 lists the commands)"},
		{"%step 7", "line 1: %step is written %step [TOKEN@STEP] [-goal GOAL] (a token begins with t2-: every picture of a controlled run has one)"},
		{"%step -goal", "line 1: %step is written %step [TOKEN@STEP] [-goal GOAL]"},
		{"%step\n%seed 3", "line 2: %step and %seed exclude each other (with %step, you decide who goes on)"},
		{"%seed", "line 1: %seed is written %seed N"},
		{"%seed 0", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "0"`},
		{"%seed -3", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "-3"`},
		{"%seed +3", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "+3"`},
		{"%seed 0x10", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "0x10"`},
		{"%seed 18446744073709551616", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "18446744073709551616" (the largest seed is 18446744073709551615)`},
		{"%seed 000000000000000000007", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "000000000000000000007"`},
		{"%seed t1-abcde-5-x-cc", `line 1: %seed needs a whole number of at most 20 digits, 1 or more, not "t1-abcde-5-x-cc" (this looks like a token: %replay shows its run again)`},
		{"%seed 1 2", "line 1: %seed is written %seed N"},
		{"%replay", "line 1: %replay is written %replay [-lenient] TOKEN [-quiz]"},
		{"%replay -lenient", "line 1: %replay is written %replay [-lenient] TOKEN [-quiz]"},
		{"%replay 42", "line 1: %replay needs a token, not the number 42 (this looks like a seed: %seed runs it. A token is under the picture of a run and begins with t2-)"},
		{"%clock wall", `line 1: %clock is written %clock virtual or %clock free, not "wall" (virtual: delays keep their length but take no real time; free: a sleeping goroutine may wake at any moment, because Sleep promises no order)`},
		{"%diff a", "line 1: %diff compares two runs: give it two tokens, or none for the last two runs"},
		{"%diff a b c", "line 1: %diff is written %diff [TOKEN TOKEN]"},
		{"%seed 1\nf()\n%seed 2", "line 3: %seed is in this cell twice (leave one of them out: a run has only one)"},
		{"%seed 1\n%replay t1-x", "line 2: %seed and %replay exclude each other (the token already has a seed: leave out %seed)"},
		{"%replay t1-x\n%seed 1", "line 2: %seed and %replay exclude each other (the token already has a seed: leave out %seed)"},
		{"%replay t1-x\n%clock free", "line 2: %clock and %replay exclude each other (the token already has a clock: leave out %clock)"},
		{"%real\n%seed 1", "line 2: %seed and %real exclude each other (with %real and %race Go decides, and Go takes no seed, token or clock: leave one of the two out)"},
		{"%race\n%replay t1-x", "line 2: %replay and %race exclude each other (with %real and %race Go decides, and Go takes no seed, token or clock: leave one of the two out)"},
		{"%clock free\n%race", "line 2: %clock and %race exclude each other (with %real and %race Go decides, and Go takes no seed, token or clock: leave one of the two out)"},
		{"\n%procs 2\nf()", "line 2: %procs says how many processors Go may use, but here Go does not decide who runs (in a controlled run only one goroutine runs at a time, however many processors there are. To let Go run several at once, add %real)"},
		{"f()\n%predict what", `line 2: %predict begins with the question in quotes (%predict "How many lines?" six | three | none)`},
		{"%predict", `line 1: %predict is written %predict "question" a | b | c`},
		{"%predict \"what?\" a | b\n%predict \"what?\" a | b", "line 2: %predict is in this cell twice (ask another question, or ask it in another cell)"},
		{"%explore soon", `line 1: %explore takes the time to search, at most 10 minutes, not "soon" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore 0", `line 1: %explore takes the time to search, at most 10 minutes, not "0" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore -1s", `line 1: %explore takes the time to search, at most 10 minutes, not "-1s" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore 601", `line 1: %explore takes the time to search, at most 10 minutes, not "601" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore NaN", `line 1: %explore takes the time to search, at most 10 minutes, not "NaN" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore 1e300", `line 1: %explore takes the time to search, at most 10 minutes, not "1e300" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore 11m", `line 1: %explore takes the time to search, at most 10 minutes, not "11m" (2s, 500ms and 1m are times; a number alone is in seconds)`},
		{"%explore 1 s", "line 1: %explore is written %explore [2s]"},
		{"%explore\n%explore 2s", "line 2: %explore is in this cell twice (leave one of them out: a run has only one)"},
		{"%explroe", "line 1: %explroe is not a known command (did you mean %explore?)"},
		{"%outcome", "line 1: %outcome is written %outcome EXPR…"},
		{"%outcome  ", "line 1: %outcome is written %outcome EXPR…"},
		{"%outcome a + b", `line 1: %outcome takes Go expressions, and "+" is not one (spaces separate expressions: write a+b, or (a + b))`},
		{"%outcome a[1", "line 1: %outcome: [ is opened but not closed on this line"},
		{"%outcome \"x", "line 1: %outcome: \" is opened but not closed on this line"},
		{"%outcome a]", `line 1: %outcome takes Go expressions, and "a]" is not one (spaces separate expressions: write a+b, or (a + b))`},
		{"%outcome a\n%outcome a", "line 2: %outcome names a twice"},
		{"%seed 3\n%explore", "line 2: %explore and %seed exclude each other (%explore tries all schedules, so a seed has nothing to choose: leave out %seed)"},
		{"%check joined\n%replay t1-x", "line 2: %check and %replay exclude each other (a token names one schedule, and %check tries all: leave out %replay, or replay the token in a cell of its own)"},
		{"%explore\n%real", "line 2: %explore and %real exclude each other (only controlled runs can be tried one by one: leave out %real, or %explore)"},
		{"%race\n%check race-free", "line 2: %check and %race exclude each other (%check race-free looks for data races in every schedule it tries: leave out %race, or %check)"},
		{"%explore\n%diff", "line 2: %explore and %diff exclude each other (%diff compares two runs, and %explore makes thousands: put %diff into a cell of its own)"},
		{"%test\n%explore\nf()", "line 2: %explore cannot be combined with %test (with %test Go's test runner decides what runs: call what you want to explore from main, without %test)"},
		{"%check joined\n%capture x\nf()", "line 1: %check cannot be combined with %capture (explored runs show no output and ask for no input: leave out %capture)"},
		{"%explore\n//gonb:%wasm\nf()", "line 1: %explore cannot be combined with %wasm (a program for the browser is not run here: leave out %wasm)"},
		{"%hint 2", "line 1: %hint takes nothing after it"},
		{"%procs", "line 1: %procs is written %procs N"},
		{"%procs two", `line 1: %procs needs a whole number from 1 to 1024, not "two"`},
		{"%procs 0", `line 1: %procs needs a whole number from 1 to 1024, not "0"`},
		{"%picture maybe", `line 1: %picture is written %picture off, on or plain, not "maybe"`},
		{"%", "line 1: a command is missing after % (%t101 lists the commands)"},
		{"f()\n%  ", "line 2: a command is missing after % (%t101 lists the commands)"},
		{"//t101:", "line 1: a command is missing after //t101: (%t101 lists the commands)"},
		{"f()\n%%bash\nls", "line 2: %%bash must be the first line of its cell"},
		{"%%script\nls", "line 1: %%script is written %%script PROGRAM, for example %%script python3"},
	} {
		_, err := Parse(c.code)
		if err == nil {
			t.Errorf("%q is accepted", c.code)
			continue
		}
		if err.Error() != c.want {
			t.Errorf("%q: %v\nwant %s", c.code, err, c.want)
		}
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: the error is a %T", c.code, err)
		}
	}
}

// TestWordsAreDistinct keeps our words apart from GoNB's. %rm is both: with a number
// it is ours.
func TestWordsAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range Table {
		if gonb[w.Name] && w.Name != "rm" || gonbCells[w.Name] || seen[w.Name] {
			t.Errorf("%%%s is taken", w.Name)
		}
		seen[w.Name] = true
		if w.Help == "" {
			t.Errorf("%%%s has no help", w.Name)
		}
		if (w.set == nil) != (w.Since > Now) {
			t.Errorf("%%%s: does something %t, is there %t", w.Name, w.set != nil, w.Since <= Now)
		}
	}
}

// With the number of a cell %rm is ours, with a name GoNB's.
func TestRemoveIsWhose(t *testing.T) {
	for line, cell := range map[string]int{
		"%rm 3": 3, "%rm [3]": 3, "//t101:rm 12": 12, "//gonb:%rm 3": 3,
		"%rm Worker": 0, "%rm Worker~Run": 0, "%rm 3 4": 0, "//gonb:%rm f": 0, "%rm": 0, "%rm -1": 0,
	} {
		c, err := Parse(line + "\nf()")
		if err != nil || c.Remove != cell || (cell == 0) != strings.Contains(c.Code, "%rm") {
			t.Errorf("%q takes out cell %d and leaves %q, %v", line, c.Remove, c.Code, err)
		}
	}
}

func TestNeedsGoNBOutput(t *testing.T) {
	for code, want := range map[string]bool{
		"%capture out.txt\n%%\nf()":      true,
		"//gonb:%capture -a x\n%%":       true,
		"%with_inputs\n!read x":          true,
		"%%\nf()":                        false,
		"var s = `\n%capture x\n`":       false,
		"%%bash\n%capture":               false,
		"%with_password\r\n!sudo true":   true,
		"!echo \\\n%capture x\nf()":      false,
		"%captured":                      false,
		"//t101:race\n//gonb:%capture x": true,
	} {
		if got := NeedsGoNBOutput(code); got != want {
			t.Errorf("%q: %t", code, got)
		}
	}
}

func TestComplete(t *testing.T) {
	for start, want := range map[string]string{
		"%r":          "%race %real %remove %replay %reset %rm %room",
		"%%":          "%% %%bash %%gx %%script %%sh %%writefile",
		"%re":         "%real %remove %replay %reset",
		"%se":         "%seed",
		"%ex":         "%exec %explore %export",
		"//t101:c":    "//t101:check //t101:clock",
		"%ste":        "%step",
		"//t101:r":    "//t101:race //t101:real //t101:replay //t101:rm //t101:room",
		"//gonb:%goe": "",
		"//gonb:%go":  "//gonb:%goflags //gonb:%goworkfix",
		"real":        "",
		"":            "",
	} {
		if got := strings.Join(Complete(start), " "); got != want {
			t.Errorf("%q gives %q, want %q", start, got, want)
		}
	}
}

// A %check without a property says which there are, and what each means.
func TestCheckWhat(t *testing.T) {
	for _, code := range []string{"%check", "//t101:check\nfunc main() {}", "%check race-free\n%check  "} {
		_, err := Parse(code)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", code, err)
			continue
		}
		if e.Line != 1+strings.Count(code, "\n%") || e.Word != "%check" || !strings.HasPrefix(e.Message, "%check what?") {
			t.Errorf("%q: line %d, %s: %s", code, e.Line, e.Word, e.Message)
		}
		for _, p := range property.Help() {
			if !regexp.MustCompile(`(?m)^  ` + regexp.QuoteMeta(p[0]) + ` +` + regexp.QuoteMeta(p[1]) + `$`).MatchString(e.Hint) {
				t.Errorf("%q does not say what %s means:\n%s", code, p[0], e.Hint)
			}
		}
	}
}

// FuzzParse checks what holds for every text: no panic, as many lines as there
// were, and none of our words left.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"%real\n`\n%x\n`", "/*\n%\n*/", "!\\\n\\", "%%\npackage_ := `\npackage`", "//gonb:% \\\n", "'\\", "\"`", "%procs 2\r\n", "%outcome a[`]`", "%explore 1e9\n%check '"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		c, err := Parse(code)
		NeedsGoNBOutput(code)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Line < 1 || e.Line > lineCount(code) {
				t.Errorf("%v", err)
			}
			return
		}
		if lineCount(c.Code) != lineCount(code) {
			t.Errorf("%d lines of %d", lineCount(c.Code), lineCount(code))
		}
		again, err := Parse(c.Code)
		if err != nil || len(again.Directives) > 0 {
			t.Errorf("parsed again: %v, %v", again.Directives, err)
		}
	})
}

func lineCount(s string) int { return strings.Count(s, "\n") + 1 }

// Shielded constants have the value they had.
func TestShieldKeepsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"%a", "!b", "package", "x", "", "%%", "//gonb:%c", " %d", "\"é\\", "//", "/*"})
		var b strings.Builder
		b.WriteString("const s = ``")
		for range rapid.IntRange(1, 4).Draw(t, "strings") {
			b.WriteString(" + " + rapid.SampledFrom([]string{"", "/* `\n%x */", "/* */", "// `\n"}).Draw(t, "comment"))
			b.WriteString("`" + strings.Join(rapid.SliceOfN(line, 1, 5).Draw(t, "lines"), "\n") + "`")
		}
		code := b.String()
		c, err := Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range strings.Split(c.Code, "\n") {
			if misread(l) {
				t.Fatalf("line %d would be lost:\n%s", i+1, c.Code)
			}
		}
		if before, after := value(t, code), value(t, c.Code); before != after {
			t.Fatalf("%q became %q in\n%s", before, after, c.Code)
		}
	})
}

// value returns the constant s of a file.
func value(t *rapid.T, code string) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", "package p\n"+code, 0)
	if err != nil {
		t.Fatalf("%v in\n%s", err, code)
	}
	conf := types.Config{Importer: importer.Default()}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatalf("%v in\n%s", err, code)
	}
	return constant.StringVal(pkg.Scope().Lookup("s").(*types.Const).Val())
}
