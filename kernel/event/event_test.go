package event

import "testing"

// Every operation has a row, a name of its own, and a "want" a row to end it.
func TestTable(t *testing.T) {
	seen := map[string]Op{}
	for i, row := range Table {
		op := Op(i)
		if row.Name == "" {
			t.Errorf("operation %d has no name", i)
		}
		if other, ok := seen[row.Name]; ok {
			t.Errorf("operations %d and %d are both named %q", other, op, row.Name)
		}
		seen[row.Name] = op
		if got, ok := Parse(op.String()); !ok || got != op {
			t.Errorf("Parse(%q) = %d, %v", op.String(), got, ok)
		}
		if row.Wait != None && Table[row.Wait].Class != row.Class {
			t.Errorf("%s waits for %s, of another class", op, row.Wait)
		}
	}
	if _, ok := Parse("no such operation"); ok {
		t.Error("Parse found an operation that does not exist")
	}
	if got := numOps.String(); got != "op?" {
		t.Errorf("an unknown operation is named %q", got)
	}
}

func FuzzPack(f *testing.F) {
	f.Add(uint8(Lock), uint8(FlagText), uint32(MaxSite), uint32(1<<32-1))
	f.Add(uint8(255), uint8(15), uint32(0), uint32(0))
	f.Fuzz(func(t *testing.T, op, flags uint8, site, g uint32) {
		flags, site = flags&0xf, site&MaxSite
		gotOp, gotFlags, gotSite, gotG := Unpack(Pack(Op(op), flags, site, g))
		if gotOp != Op(op) || gotFlags != flags || gotSite != site || gotG != g {
			t.Errorf("packed %d %d %d %d, unpacked %d %d %d %d", op, flags, site, g, gotOp, gotFlags, gotSite, gotG)
		}
	})
}

func FuzzTextRef(f *testing.F) {
	f.Add(uint64(1)<<40, uint16(MaxText))
	f.Fuzz(func(t *testing.T, pos uint64, n uint16) {
		pos &= 1<<48 - 1
		if gotPos, gotN := Text(TextRef(pos, int(n))); gotPos != pos || gotN != int(n) {
			t.Errorf("packed %d %d, unpacked %d %d", pos, n, gotPos, gotN)
		}
	})
}

// The parts of the ring lie one behind the other, and no slot leaves its part.
func TestLayout(t *testing.T) {
	for _, test := range []struct {
		what       string
		off, n     int
		from, next int
	}{
		{"first site", SeenSlot(0), 4, SeenAt, EndedAt},
		{"last site", SeenSlot(SeenSites - 1), 4, SeenAt, EndedAt},
		{"any site", SeenSlot(MaxSite), 4, SeenAt, EndedAt},
		{"first record", Slot(0), RecordSize, RecordsAt, TextAt},
		{"last of the head", Slot(HeadRecords - 1), RecordSize, RecordsAt, TextAt},
		{"first of the tail", Slot(HeadRecords), RecordSize, RecordsAt + HeadRecords*RecordSize, TextAt},
		{"last of the tail", Slot(HeadRecords + TailRecords - 1), RecordSize, RecordsAt, TextAt},
		{"far record", Slot(1<<62 - 1), RecordSize, RecordsAt + HeadRecords*RecordSize, TextAt},
		{"first text", TextSlot(0), 1, TextAt, RingSize},
		{"last of the first texts", TextSlot(HeadText - 1), 1, TextAt, TextAt + HeadText},
		{"far text", TextSlot(1<<62 - 1), 1, TextAt + HeadText, RingSize},
	} {
		if test.off < test.from || test.off+test.n > test.next {
			t.Errorf("%s lies at %d to %d, not within %d to %d", test.what, test.off, test.off+test.n, test.from, test.next)
		}
	}
	if Slot(HeadRecords+TailRecords) != Slot(HeadRecords) || TextSlot(HeadText+TailText) != TextSlot(HeadText) {
		t.Error("the tails are no rings")
	}
	if off, ok := EndedSlot(HeadRecords - 1); !ok || off >= RecordsAt {
		t.Errorf("the last end lies at %d", off)
	}
	if _, ok := EndedSlot(HeadRecords); ok {
		t.Error("a goroutine past the bound has an end")
	}
	if RecordsAt%RecordSize != 0 || OffG+8 > 128 || OffLock < 64 {
		t.Error("records or hot words are not aligned")
	}
}
