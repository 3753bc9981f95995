package run

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestOutputInOrder(t *testing.T) {
	_, l := runToEnd(t, nil, "both")
	var want strings.Builder
	for i := range 5 {
		fmt.Fprintf(&want, "out %d\nerr %d\n", i, i)
	}
	if got := l.text(""); got != want.String() {
		t.Errorf("%q", got)
	}
}

// Streams that alternate faster than a front end likes are put together;
// nothing is lost and the program is not held up.
func TestAlternating(t *testing.T) {
	begun := time.Now()
	_, l := runToEnd(t, nil, "alternate", "5000")
	for stream, word := range map[string]string{"stdout": "out", "stderr": "err"} {
		var want strings.Builder
		for i := range 5000 {
			fmt.Fprintln(&want, word, i)
		}
		if l.text(stream) != want.String() {
			t.Errorf("%s differs: %d bytes, want %d", stream, len(l.text(stream)), want.Len())
		}
	}
	if most := burst + 2 + int(time.Since(begun).Seconds()*perSecond); l.count() > most {
		t.Errorf("%d calls, at most %d wanted", l.count(), most)
	}
}

func lineText(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintln(&b, i)
	}
	return b.String()
}

// A million lines: the beginning, a sentence, the end; every byte accounted
// for, and the whole in a file.
func TestMillionLines(t *testing.T) {
	file := filepath.Join(t.TempDir(), "output")
	o, l := runToEnd(t, func(s *Spec) { s.OutputFile = file }, "lines", "1000000")
	all, got := lineText(1_000_000), l.text("")
	kept, err := os.ReadFile(file)
	if err != nil || string(kept) != all || o.OutputFile != file {
		t.Errorf("file: %v, %d bytes, %q", err, len(kept), o.OutputFile)
	}
	head := commonPrefix(got, all)
	if head < defaultOutput-100 || all[head-1] != '\n' {
		t.Errorf("the beginning has %d bytes", head)
	}
	end := 0
	for end < len(got) && got[len(got)-1-end] == all[len(all)-1-end] {
		end++
	}
	if int64(head+end)+o.OmittedBytes < int64(len(all)) || end < defaultOutput/4-100 {
		t.Errorf("%d + %d + %d bytes, want %d", head, o.OmittedBytes, end, len(all))
	}
	notice := got[head : len(got)-end]
	if !strings.Contains(notice, "left out") || !strings.Contains(notice, file) {
		t.Errorf("notice %q", notice)
	}
	if n := l.count(); n > 200 {
		t.Errorf("%d calls", n)
	}
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Up to the cap and its reserve nothing is left out, and nothing is said.
func TestJustEnough(t *testing.T) {
	for _, limit := range []int64{0, -1, 1 << 20} {
		file := filepath.Join(t.TempDir(), "output")
		o, l := runToEnd(t, func(s *Spec) { s.OutputFile, s.Limits.OutputBytes = file, limit }, "lines", "48000")
		if l.text("") != lineText(48000) || o.OmittedBytes != 0 || o.OutputFile != "" {
			t.Errorf("limit %d: %d bytes shown, %d omitted, file %q", limit, len(l.text("")), o.OmittedBytes, o.OutputFile)
		}
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("limit %d: a file was made", limit)
		}
	}
}

func TestFileBound(t *testing.T) {
	file := filepath.Join(t.TempDir(), "output")
	runToEnd(t, func(s *Spec) { s.OutputFile, s.Limits.FileBytes = file, 1<<20 }, "lines", "1000000")
	if info, err := os.Stat(file); err != nil || info.Size() != 1<<20 {
		t.Errorf("%v %v", info, err)
	}
}

func TestLongLine(t *testing.T) {
	if _, l := runToEnd(t, nil, "longline"); l.text("") != strings.Repeat("x", 200<<10) {
		t.Errorf("%d bytes", len(l.text("")))
	}
}

func TestBinary(t *testing.T) {
	if _, l := runToEnd(t, nil, "binary"); l.text("") != "a\x00b\uFFFDc\n" {
		t.Errorf("%q", l.text(""))
	}
}

// A character is never cut over two calls, wherever the program cuts it.
func TestCharactersWhole(t *testing.T) {
	_, l := runToEnd(t, nil, "umlauts", "20000")
	if l.text("") != strings.Repeat("€äx", 20000) {
		t.Error("the text differs")
	}
	for i, c := range l.calls {
		if !utf8.ValidString(c.text) || strings.Contains(c.text, "\uFFFD") {
			t.Fatalf("call %d has half a character", i)
		}
	}
}

// What is kept of the end of a long text begins with a whole character.
func TestEndBeginsWhole(t *testing.T) {
	for shift := range 3 {
		var shown strings.Builder
		c := newTruncator(&Spec{Limits: Limits{OutputBytes: 400}}, func(_ int, b []byte) { shown.Write(b) })
		c.write(stdout, []byte(strings.Repeat("x", shift)+strings.Repeat("€", 5000)))
		c.finish()
		if c.omitted == 0 || !utf8.ValidString(shown.String()) || strings.Contains(shown.String(), "\uFFFD") {
			t.Errorf("%d omitted: %q", c.omitted, shown.String())
		}
	}
}

// Half a character is shown when its other half does not come.
func TestHalfCharacter(t *testing.T) {
	r, l := begin(t, nil, "halfrune")
	l.await(t, "ä\uFFFD")
	r.Interrupt()
	end(t, r)
}

func TestNoListener(t *testing.T) {
	if o, _ := runToEnd(t, func(s *Spec) { s.Output = nil }, "lines", "1000"); o.Exit != 0 || o.Stdout != lineText(1000) {
		t.Errorf("exit %d, %d bytes", o.Exit, len(o.Stdout))
	}
}
