package trace_test

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Each testdata/NAME.txtar tells a story in its comment, whose last line may say
// "status=…", and holds sites, a log and the Execution that is read from it. A
// site is a line "object kind hint", with "-" for nothing; its number is its line.
func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			x := readArchive(t, a)
			if err := trace.Validate(x); err != nil {
				t.Errorf("not valid: %v", err)
			}
			var got bytes.Buffer
			if err := story.Dump(&got, x); err != nil {
				t.Fatal(err)
			}
			if *update {
				a.Files[2].Data = got.Bytes()
				if err := os.WriteFile(file, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if want := a.Files[2].Data; !bytes.Equal(got.Bytes(), want) {
				t.Errorf("read as (go test -update writes it anew):\n%s\nwant:\n%s", got.Bytes(), want)
			}
		})
	}
}

func readArchive(t *testing.T, a *txtar.Archive) *model.Execution {
	t.Helper()
	if len(a.Files) != 3 || a.Files[0].Name != "sites" || a.Files[1].Name != "log" || a.Files[2].Name != "execution" {
		t.Fatal("the archive does not hold sites, log and execution")
	}
	sites, err := parseSites(string(a.Files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	l, err := story.ParseLog(bytes.NewReader(a.Files[1].Data))
	if err != nil {
		t.Fatal(err)
	}
	if l.Count == 0 && len(l.Entries) > 0 {
		l.Count = l.Entries[len(l.Entries)-1].N
	}
	o := trace.Options{Mode: model.Real, Status: model.OK}
	for _, word := range strings.Fields(string(a.Comment)) {
		if s, ok := strings.CutPrefix(word, "status="); ok {
			o.Status = model.Status(s)
		}
	}
	return l.Execution(sites, o)
}

func parseSites(text string) ([]event.Site, error) {
	kinds := map[string]event.Kind{"-": event.KindNone, "int": event.KindInt, "text": event.KindText, "bool": event.KindBool}
	sites := []event.Site{{}}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		var object, kind, hint string
		if _, err := fmt.Sscan(line, &object, &kind, &hint); err != nil {
			return nil, fmt.Errorf("site %d: %q: %w", i+1, line, err)
		}
		k, ok := kinds[kind]
		if !ok {
			return nil, fmt.Errorf("site %d: no kind %q", i+1, kind)
		}
		s := event.Site{Line: i + 1, Object: strings.Trim(object, "-"), Kind: k, Given: hint == "given"}
		if !s.Given {
			s.Hint = strings.Trim(hint, "-")
		}
		sites = append(sites, s)
	}
	return sites, nil
}

// Of a goroutine that was started among the first records, and did everything
// among those that are not kept, it is known that it returned.
func TestReadEndOfWhatIsNotKept(t *testing.T) {
	mem := make([]byte, event.RingSize)
	put := func(off int, v uint64) { binary.NativeEndian.PutUint64(mem[off:], v) }
	put(event.OffMagic, event.Magic)
	put(event.OffCount, event.HeadRecords+event.TailRecords+100)
	put(event.OffG, 9)
	record := func(n uint64, op event.Op, aux uint64) {
		put(event.Slot(n)+8, event.Pack(op, 0, 1, 1))
		put(event.Slot(n)+24, aux)
	}
	record(0, event.Start, 0)
	record(1, event.Go, 2)
	record(2, event.Go, 3)
	record(event.HeadRecords+event.TailRecords+99, event.End, 0)
	slot, _ := event.EndedSlot(2)
	mem[slot] = byte(event.End)
	x, err := trace.Read(mem, nil, trace.Options{Status: model.OK})
	if err != nil {
		t.Fatal(err)
	}
	if got := []model.Ending{x.Goroutines[1].End, x.Goroutines[2].End}; got[0] != model.Returned || got[1] != model.WasCutOff {
		t.Errorf("ended %q, want the first returned and the second cut off", got)
	}
	if x.Unseen != 6 {
		t.Errorf("%d goroutines of which nothing was kept, want 6", x.Unseen)
	}
}
