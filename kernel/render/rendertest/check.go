package rendertest

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

var (
	update = flag.Bool("update", false, "write the golden files anew")
	keep   = flag.String("keep", "", "also write all pictures to this `folder`")
)

// Golden compares with a golden file, or writes it.
func Golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; go test -update writes it anew\ngot:\n%.3000s", file, got)
	}
}

// CheckMarkup finds what markup must not hold: broken elements, scripts, anything from elsewhere.
func CheckMarkup(t *testing.T, name, text string) {
	t.Helper()
	allowed := "a svg title desc style defs pattern rect path circle text tspan g " +
		"html head meta body div label input button p b i br code table caption thead tbody tr th td ul li span details summary pre"
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta", "br", "input"}, xml.HTMLEntity
	depth := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch e := tok.(type) {
		case xml.StartElement:
			depth++
			if !strings.Contains(" "+allowed+" ", " "+strings.ToLower(e.Name.Local)+" ") {
				t.Errorf("%s: element <%s>", name, e.Name.Local)
			}
			for _, a := range e.Attr {
				if n := strings.ToLower(a.Name.Local); strings.HasPrefix(n, "on") || n == "href" && a.Value != words.ControlledPage || n == "src" {
					t.Errorf("%s: attribute %s=%q", name, n, a.Value)
				}
			}
		case xml.EndElement:
			depth--
		}
	}
	if depth != 0 {
		t.Errorf("%s: %d elements are not closed", name, depth)
	}
	for _, bad := range []string{"\x00", "\x1b", "javascript:", "\u202e", "@import", "]]>"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s holds %q", name, bad)
		}
	}
}

// Random is a run that nobody made: with indices out of range, ends without beginnings.
func Random(r *rand.Rand) *model.Execution {
	texts := []string{"", "A", "mu", "</svg>", "\xff", "日本語日本語日本語", "a\nb", strings.Repeat("long ", 100), "\"'&<>"}
	text := func() string { return texts[r.IntN(len(texts))] }
	pos := func() model.Pos { return model.Pos{Cell: r.IntN(3), File: text(), Line: r.IntN(30)} }
	statuses := []model.Status{model.OK, model.Panicked, model.Deadlock, model.Leak, model.CutOff, model.Exited, model.Limit, model.Waiting, model.Asked, ""}
	endings := []model.Ending{model.Returned, model.WasCutOff, model.WasBlocked, model.DidPanic, model.DidExit, model.AtPrompt, ""}
	ex := &model.Execution{Mode: model.Real, Status: statuses[r.IntN(len(statuses))], Reason: text(), Procs: r.IntN(4)}
	goroutines, objects, events := 1+r.IntN(14), r.IntN(9), r.IntN(260)
	for i := range goroutines {
		ex.Goroutines = append(ex.Goroutines, model.Goroutine{ID: "g" + strconv.Itoa(i), Name: text(), Creator: r.IntN(goroutines+1) - 1,
			Pos: pos(), End: endings[r.IntN(len(endings))], BlockedOn: r.IntN(objects+1) - 1, BlockedAt: pos()})
	}
	for range objects {
		ex.Objects = append(ex.Objects, model.Object{Class: event.Class(r.IntN(12)), Name: text(), Shared: r.IntN(4) > 0})
	}
	for i := range events {
		ex.Events = append(ex.Events, model.Event{Step: i + 1, G: r.IntN(goroutines), Op: event.Op(r.IntN(len(event.Table))),
			Flags: uint8(r.IntN(16)), Object: r.IntN(objects+1) - 1, Pos: pos(), T: r.Int64N(1 << 40), Partner: r.IntN(goroutines+1) - 1,
			Link: r.IntN(events+1) - 1, Value: text(), Stale: r.IntN(20) == 0})
	}
	for i := range r.IntN(4) {
		ex.Prompts = append(ex.Prompts, model.Prompt{Cell: i + 1, Event: r.IntN(events + 2), Pos: pos()})
	}
	if r.IntN(4) == 0 {
		ex.Dropped, ex.DroppedAt = r.Uint64N(1e7), r.IntN(events+1)
	}
	for range r.IntN(7) {
		a := func() model.Access {
			return model.Access{Goroutine: text(), Write: r.IntN(2) == 0, Pos: pos(), Event: r.IntN(events+1) - 1}
		}
		ex.Races = append(ex.Races, model.Race{Object: text(), A: a(), B: a()})
	}
	return ex
}
