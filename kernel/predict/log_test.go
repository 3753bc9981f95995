package predict

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func record(id string, round int, answer string) Record {
	return Record{Schema: Schema, ID: id, Notebook: "01.ipynb", Cell: "c", Question: Question{Kind: Choice, Text: "?"}, Round: round, Answer: answer}
}

func newLog(t *testing.T) *Log { return NewLog(filepath.Join(t.TempDir(), FileName)) }

func put(t *testing.T, l *Log, r Record) {
	t.Helper()
	if err := l.Put(r); err != nil {
		t.Fatal(err)
	}
}

// A second line of the same answer takes the place of the first; another kernel reads both.
func TestLog(t *testing.T) {
	l := newLog(t)
	first := record("a", 1, "six")
	put(t, l, first)
	put(t, l, record("b", 2, "none"))
	first.Reveal(&first.Question, Truth{Known: true, Was: []string{"none"}})
	put(t, l, first)
	other := NewLog(l.Path())
	for _, one := range []*Log{l, other} {
		got := one.Of("01.ipynb", "c", &Question{Kind: Choice, Text: "?"})
		if len(got) != 2 || !got[0].Revealed || got[0].AsSaid || got[1].Answer != "none" {
			t.Errorf("%+v", got)
		}
	}
	if got := other.Of("02.ipynb", "c", &Question{Kind: Choice, Text: "?"}); len(got) != 0 {
		t.Errorf("another notebook has %+v", got)
	}
}

// Two kernels that write at once lose nothing.
func TestLogOfTwo(t *testing.T) {
	l := newLog(t)
	const each = 50
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		wg.Go(func() {
			mine := NewLog(l.Path())
			for i := range each {
				if err := mine.Put(record(name+strings.Repeat("i", i), 1, strings.Repeat("x", 150))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := len(NewLog(l.Path()).All()); got != 2*each {
		t.Errorf("%d records of %d", got, 2*each)
	}
}

// What somebody else left in the file does no harm, nor is harm done to it: it may be of
// another version.
func TestLogReadsAnything(t *testing.T) {
	l := newLog(t)
	garbage := "\xff\x00\n{}\n[1]\n{\"schema\":99,\"id\":\"x\",\"round\":1}\n{\"schema\":1,\"id\":\"\",\"round\":1}\n{\"schema\":1,\"id\":\"torn"
	if err := os.WriteFile(l.Path(), []byte(garbage), 0o600); err != nil {
		t.Fatal(err)
	}
	put(t, l, record("a", 1, "six"))
	if all := NewLog(l.Path()).All(); len(all) != 1 || all[0].ID != "a" {
		t.Errorf("%+v", all)
	}
	if text, err := os.ReadFile(l.Path()); err != nil || !strings.HasPrefix(string(text), garbage) {
		t.Errorf("%q, %v", text, err)
	}
}

// A check that held is kept once, by whichever kernel; what is no such line is none.
func TestSolved(t *testing.T) {
	l := newLog(t)
	other := NewLog(l.Path())
	one, two := Solved{Schema: Schema, Lesson: "10-01", Check: "aa", Verdict: Holds}, Solved{Schema: Schema, Lesson: "10-01", Check: "bb", Verdict: Holds}
	for i, want := range []bool{true, false, true} {
		if fresh, err := []*Log{l, other, other}[i].PutSolved([]Solved{one, one, two}[i]); fresh != want || err != nil {
			t.Errorf("%d: fresh is %v, %v", i, fresh, err)
		}
	}
	garbage := "{\"schema\":1,\"lesson\":\"x\",\"check\":\"cc\",\"verdict\":\"fails\"}\n{\"schema\":1,\"lesson\":[]}\n{\"schema\":2,\"lesson\":\"x\",\"check\":\"c\",\"verdict\":\"holds\"}\n"
	text, err := os.ReadFile(l.Path())
	if err != nil || strings.Count(string(text), "\n") != 2 {
		t.Fatalf("%q, %v", text, err)
	}
	if err := os.WriteFile(l.Path(), append(text, garbage...), 0o600); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]Solved{one, two}, NewLog(l.Path()).Solved()); d != "" {
		t.Error(d)
	}
	if n, all := NewLog(l.Path()).Hints(), NewLog(l.Path()).All(); n != 0 || len(all) != 0 {
		t.Errorf("they are taken for %d hints and %v", n, all)
	}
}

// What cannot be written is remembered, and said.
func TestLogNotWritten(t *testing.T) {
	folder := newLog(t)
	if err := os.Mkdir(folder.Path(), 0o700); err != nil {
		t.Fatal(err)
	}
	pipe := newLog(t)
	if err := syscall.Mkfifo(pipe.Path(), 0o600); err != nil {
		t.Fatal(err)
	}
	full := newLog(t)
	if err := os.WriteFile(full.Path(), make([]byte, mostFile), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := NewLog(filepath.Join(t.TempDir(), "not", "there", FileName))
	for name, l := range map[string]*Log{"folder": folder, "pipe": pipe, "full": full, "gone": gone} {
		err := l.Put(record("a", 1, "six"))
		if err == nil || name == "full" != errors.Is(err, ErrFull) {
			t.Errorf("%s: %v", name, err)
		}
		if all := l.All(); len(all) != 1 {
			t.Errorf("%s: %+v is remembered", name, all)
		}
		if fresh, err := l.PutSolved(Solved{Schema: Schema, Lesson: "10-01", Check: "aa", Verdict: Holds}); !fresh || err == nil || len(l.Solved()) != 1 {
			t.Errorf("%s: a check that held: %v, %v, %v", name, fresh, err, l.Solved())
		}
	}
}

// Texts are cut, and what is no UTF-8 is replaced; the line stays in bounds.
func TestLogBounds(t *testing.T) {
	l, long := newLog(t), strings.Repeat("\x1b\xff<b>", 50_000)
	r := record("a", 1, long)
	r.Because, r.Notebook, r.Cell, r.Token, r.Was = long, long, long, long, []string{long}
	r.Question = Question{Kind: Choice, Text: long, About: long}
	for range MostOptions {
		r.Question.Options = append(r.Question.Options, Option{Text: long, Key: long})
	}
	put(t, l, r)
	text, err := os.ReadFile(l.Path())
	if err != nil || len(text) > mostLine || !utf8.Valid(text) || strings.Count(string(text), "\n") != 1 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if got := l.Of(long, long, &r.Question); len(got) != 1 {
		t.Errorf("the question is not known again: %d", len(got))
	}
}

func TestSum(t *testing.T) {
	said := func(id string, round int, judged, asSaid bool, shows string) Record {
		r := record(id, round, "x")
		r.Judged, r.AsSaid, r.Shows = judged, asSaid, shows
		return r
	}
	got := Sum([]Record{
		said("a", 1, true, true, ""), said("b", 1, true, false, "end"), said("b2", 2, true, true, ""), said("b3", 3, true, false, "end"),
		said("c", 1, false, false, ""), said("d", 1, true, false, "lock"), said("e", 1, true, false, "end"), record("f", 1, ""),
	})
	want := Progress{Questions: 5, Judged: 4, AtFirst: 1, Second: 1, AtSecond: 1, Shown: []Key{{"end", 2}, {"lock", 1}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
