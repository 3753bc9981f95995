package trace_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// FuzzRead reads memory in which anything may stand: the learner's program can
// write there. Reading must end, and everything that works on what was read must
// find it within bounds.
func FuzzRead(f *testing.F) {
	f.Add([]byte{}, uint64(0), uint64(0))
	f.Add([]byte("anything"), uint64(10), uint64(1<<63))
	f.Add(seedRecords(), uint64(9), uint64(3))
	f.Add(seedRecords(), uint64(event.HeadRecords+event.TailRecords+5), uint64(1<<40))
	mem := make([]byte, event.RingSize)
	f.Fuzz(func(t *testing.T, data []byte, count, text uint64) {
		if len(data) == 0 {
			data = []byte{0}
		}
		clear(mem[:event.RecordsAt])
		put := func(off int, v uint64) { binary.NativeEndian.PutUint64(mem[off:], v) }
		put(event.OffMagic, event.Magic)
		put(event.OffCount, count)
		put(event.OffText, text)
		for off := event.SeenAt; off < event.RingSize; off += max(len(data), 1<<12) {
			copy(mem[off:], data)
		}
		for n := range uint64(min(len(data)/event.RecordSize, event.HeadRecords)) {
			copy(mem[event.Slot(n):], data[n*event.RecordSize:][:event.RecordSize])
		}
		x, err := trace.Read(mem, []event.Site{{}, {Line: 1, Object: "x", Kind: event.KindText}, {Line: 2, Kind: event.KindBool}}, trace.Options{})
		if err != nil {
			t.Fatal(err)
		}
		use(t, x)
	})
}

// use does all that is done with an Execution. It need not be valid, but whatever
// an index in it leads to must be there.
func use(t *testing.T, x *model.Execution) {
	t.Helper()
	if out := trace.Bounds(x); len(out) > 0 {
		t.Error(out)
	}
	if err := trace.Validate(x); err != nil && len(err.Error()) > 1<<16 {
		t.Error("the problems fill a book")
	}
	if err := story.Dump(io.Discard, x); err != nil {
		t.Error(err)
	}
	trace.Steps(x)
}

// seedRecords is a small recording.
func seedRecords() (b []byte) {
	for i, e := range []struct {
		op       event.Op
		flags    uint8
		g        uint32
		obj, aux uint64
	}{
		{event.Start, 2, 1, 0, 0}, {event.Go, 0, 1, 1, 2}, {event.Start, 4, 2, 0, event.TextRef(0, 3)}, {event.Lock, 0, 2, 16, 0},
		{event.LockWant, 0, 1, 16, 0}, {event.CondWant, 0, 2, 32, 16}, {event.Lock, 0, 1, 16, 0}, {event.Send, 0, 1, 48, 7}, {event.Recv, 0, 2, 48, 7},
	} {
		for _, w := range []uint64{uint64(i), event.Pack(e.op, e.flags, 1, e.g), e.obj, e.aux} {
			b = binary.NativeEndian.AppendUint64(b, w)
		}
	}
	return b
}

// FuzzLog reads the text form: whatever is read can be written and read again,
// and made an Execution of.
func FuzzLog(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(txtar.Parse(data).Files[1].Data))
	}
	f.Add("log procs=1 wall=2 count=3 goroutines=4 skipped=5\nended g2 panic\n7 1 g2 print flags=4 text=\"a text=\\\"\\n\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := story.ParseLog(strings.NewReader(text))
		if err != nil {
			return
		}
		first := logText(t, l)
		again, err := story.ParseLog(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("cannot be read again: %v\n%s", err, first)
		}
		if !slices.Equal(l.Entries, again.Entries) || !maps.Equal(l.Ended, again.Ended) {
			t.Fatalf("reads otherwise the second time:\n%s", first)
		}
		if second := logText(t, again); !bytes.Equal(first, second) {
			t.Fatalf("written\n%s\nand then\n%s", first, second)
		}
		if inOrder(l) {
			use(t, l.Execution(nil, trace.Options{Status: model.OK}))
			use(t, l.Execution(nil, trace.Options{Mode: model.Controlled, Status: model.Deadlock}))
		}
	})
}

// inOrder says whether the numbers and times of a log go up, as those of a
// recording always do.
func inOrder(l *trace.Log) bool {
	var n uint64
	t := int64(-1 << 63)
	for _, e := range l.Entries {
		if e.N <= n || e.N > 1<<62 || e.T < t {
			return false
		}
		n, t = e.N, e.T
	}
	return true
}

func logText(t *testing.T, l *trace.Log) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := story.WriteLog(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
