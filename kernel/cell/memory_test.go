package cell

import (
	"regexp"
	"strings"
	"testing"

	"threading101/kernel/model"
)

var refusal = regexp.MustCompile(`main\.go:(\d+):(\d+): (.*)`)

// GoNB names the first error of syntax at a line of its first main.go. Ours is
// the same error, at the cell's line.
func TestSyntaxIsGoNBs(t *testing.T) {
	found := 0
	s := openSession(t, "testdata/gonb/errors.txtar")
	s.each(func(number int, d *Draft, mainGo string) {
		said := s.parts["error "+itoa(number)]
		if !strings.HasPrefix(said, "/tmp/") {
			if len(d.Syntax()) > 0 {
				t.Errorf("cell %d: %v, but GoNB could parse it", number, d.Syntax())
			}
			return
		}
		found++
		m := refusal.FindStringSubmatch(said)
		message := regexp.MustCompile(` \(and \d+ more errors\)$`).ReplaceAllString(m[3], "")
		faults := d.Syntax()
		if len(faults) == 0 {
			t.Errorf("cell %d: no error, but GoNB said %s", number, said)
			return
		}
		want := model.Pos{Cell: number, Line: d.raw.line(atoi(m[1]))}
		if f := faults[0]; f.Message != message || f.Pos != want || !f.AtEnd && f.Col != atoi(m[2]) {
			t.Errorf("cell %d: %+v, but GoNB said %s", number, f, said)
		}
	})
	if found < 10 {
		t.Errorf("only %d refusals in the session", found)
	}
}

func TestSyntaxAtTheCellsEnd(t *testing.T) {
	for _, c := range []struct {
		code  string
		line  int
		col   int
		atEnd bool
	}{
		{"%%\nf(", 2, 3, true},
		{"%%\nf(\n\n\n", 2, 3, true},
		{"%%\nif x {\n\tg()  \n", 3, 5, true},
		{"func f() {\n\tg()", 2, 5, true},
		{"%%\nf()\n}", 3, 2, true},
		{"\n\nx := 5\n\n", 3, 1, false},
		{"%args 1\n!ls\n%%\n\nx = = 5\n", 5, 5, false},
	} {
		faults := NewMemory().Begin(7, c.code).Syntax()
		if len(faults) == 0 {
			t.Errorf("%q: no error", c.code)
			continue
		}
		f := faults[0]
		if f.Pos != (model.Pos{Cell: 7, Line: c.line}) || f.Col != c.col || f.AtEnd != c.atEnd {
			t.Errorf("%q: %+v", c.code, f)
		}
	}
}

func TestNothingRememberedWithoutCommit(t *testing.T) {
	m := NewMemory()
	m.Begin(1, "var a = 1").Commit()
	m.Begin(2, "var a = 2\nvar b = 3")
	if got := m.Declarations(); got != "var (\n\ta = 1\n)\n" {
		t.Errorf("remembered %q", got)
	}
}

func TestForget(t *testing.T) {
	for _, c := range []struct{ command, want string }{
		{"%reset", ""},
		{"%reset go.mod", "var (\n\ta = 1\n)\n\nfunc (T) M() {}\n"},
		{"%rm a", "\nfunc (T) M() {}\n"},
		{"%rm  T~M\ta", ""},
		{"//gonb:%remove T~M", "var (\n\ta = 1\n)\n"},
		{"%rm \\\nT~M", "var (\n\ta = 1\n)\n"},
		{"!echo %rm a", "var (\n\ta = 1\n)\n\nfunc (T) M() {}\n"},
		{"%%bash\n%reset", "var (\n\ta = 1\n)\n\nfunc (T) M() {}\n"},
	} {
		m := NewMemory()
		m.Begin(1, "var a = 1\nfunc (T) M() {}").Commit()
		m.Begin(2, c.command).Commit()
		if got := m.Declarations(); got != c.want {
			t.Errorf("%q leaves %q, want %q", c.command, got, c.want)
		}
	}
	m := NewMemory()
	m.Begin(1, "var a = 1\nvar b = 2").Commit()
	if !m.Remove("a") || m.Remove("a") || m.Declarations() != "var (\n\tb = 2\n)\n" {
		t.Errorf("after Remove: %q", m.Declarations())
	}
	m.Reset()
	if m.Declarations() != "" {
		t.Errorf("after Reset: %q", m.Declarations())
	}
}

func TestSource(t *testing.T) {
	m := NewMemory()
	m.Begin(4, "one\r\ntwo")
	if got := m.Line(4, 1); got != "one" {
		t.Errorf("line 1 is %q", got)
	}
	m.Show(4, "%real\ntwo")
	if m.Source(4) != "%real\ntwo" || m.Line(4, 2) != "two" || m.Line(4, 3) != "" || m.Line(5, 1) != "" || m.Line(4, 0) != "" {
		t.Error("the text is not the one shown")
	}
}

// A session of many cells keeps the texts that its declarations came from and
// those of the last cells.
func TestSourcesAreBounded(t *testing.T) {
	m := NewMemory()
	m.Begin(1, "var a = 1").Commit()
	for i := 2; i < 5*kept; i++ {
		m.Begin(i, "%%\nf()").Commit()
	}
	if n := len(m.sources); n > 2*kept+1 {
		t.Errorf("%d texts are kept", n)
	}
	if m.Source(1) == "" || m.Source(5*kept-1) == "" {
		t.Error("a text that is needed is gone")
	}
}
