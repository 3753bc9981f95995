package report

import (
	"regexp"
	"strings"
	"testing"
)

// ansi matches a colour.
var ansi = regexp.MustCompile("\x1b\\[[0-9;]*m")

// text is what a report says, without colours.
func (r *Report) text() string {
	return ansi.ReplaceAllString(strings.Join(r.Traceback, "\n"), "") + "\n"
}

// said is what a report says, on one line.
func (r *Report) said() string { return strings.Join(strings.Fields(r.text()), " ") }

// Text that turns the direction of writing does not turn the report, and a caret stays.
func TestDirectionStays(t *testing.T) {
	p := &page{}
	p.line(part{bold, "a\u202eb\u2067c\u200fd"})
	if got := strings.Join(p.lines, ""); !strings.Contains(got, "a·b·c·d") {
		t.Errorf("%q", got)
	}
}

// A full disk is told as one.
func TestDiskFull(t *testing.T) {
	out := "# gonb_1\nwrite /tmp/t101-1/work/importcfg: no space left on device\n"
	if r := Compile([]byte(out), nil, nil); !strings.Contains(r.said(), "the disk is full") || !strings.Contains(r.said(), "no space left") {
		t.Errorf("%s", r.text())
	}
}
