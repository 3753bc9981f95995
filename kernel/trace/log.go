package trace

import (
	"encoding/binary"
	"errors"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/judge"
)

// Log is a recording as it was written: records in order, texts in place.
type Log struct {
	Procs      int
	Wall       int64                     // wall clock at the start, Unix nanoseconds
	Count      uint64                    // records written in all
	Goroutines uint32                    // goroutines numbered in all
	Skipped    uint64                    // accesses to memory past the bound, at least
	Ended      map[uint32]event.Op       // how goroutines ended whose end is not among the entries
	Left       map[uint32]judge.Standing // how those stood who were left when main returned, in a controlled run
	End        judge.End                 // and what that run's scheduler judged of it
	Stop       event.Stop                // why the scheduler ended a controlled run
	StopSite   uint32                    // and at which site, and whose step
	StopG      uint32
	Entries    []Entry
	TextLost   bool               // some of their texts were not kept
	cases      map[uint32][]Entry // by goroutine that waits in a select at the end; see withoutCases
	outcome    []string           // see withoutAsked
	spans      []span
	lost       []lost
	said       []said
	parts      []part // see withoutHints
	copies     []copying
	computed   []computation        // who computed, and before which of the entries
	buffers    map[uint64]uint64    // how many values those of channels hold, by the address of the channel
	called     map[uint64]string    // what files are called, by address
	contexts   map[uint64]contextOf // by Done channel; see withoutContexts
	choices    []choice             // see withoutChoices
	offers     []Entry
	begun      []Entry // the beginnings of those who had not begun where the run ended with offers
}

// Entry is one record.
type Entry struct {
	N     uint64 // its number, from 1; jumps where records were not kept
	T     int64
	Op    event.Op
	Flags uint8
	Site  uint32
	G     uint32
	Obj   uint64
	Aux   uint64
	Text  string // where FlagText is set; "" if it was overwritten
}

// ErrNoRecording is returned by ReadLog where there is none: the program ended
// before it began, or is not an instrumented one.
var ErrNoRecording = errors.New("nothing was recorded")

// ReadLog reads the memory of a recording, of a program that has ended or is
// still at it. It takes nothing in it for granted: the program could have
// written anything there.
func ReadLog(mem []byte) (*Log, error) {
	if len(mem) < event.RingSize || word(mem, event.OffMagic) != event.Magic {
		return nil, ErrNoRecording
	}
	l := &Log{
		Procs:      int(uint32(word(mem, event.OffProcs))),
		Wall:       int64(word(mem, event.OffWall)),
		Count:      word(mem, event.OffCount),
		Goroutines: uint32(word(mem, event.OffG)),
		Stop:       event.Stop(word(mem, event.OffStop)),
		StopSite:   uint32(word(mem, event.OffStopAt) >> 32),
		StopG:      uint32(word(mem, event.OffStopAt)),
		End:        endAt(mem),
	}
	for site := range uint32(event.SeenSites) {
		if n := binary.NativeEndian.Uint32(mem[event.SeenSlot(site):]); n > event.MemoryBound {
			l.Skipped += uint64(n - event.MemoryBound)
		}
	}
	l.Entries = make([]Entry, 0, min(l.Count, event.HeadRecords+event.TailRecords))
	for n := uint64(0); n < min(l.Count, event.HeadRecords); n++ {
		l.read(mem, n)
	}
	for n := firstOfTail(l.Count); n < l.Count; n++ {
		l.read(mem, n)
	}
	l.readEnds(mem)
	return l, nil
}

// endAt is what was judged, if that is an end there is.
func endAt(mem []byte) judge.End {
	if e := word(mem, event.OffEnd); e <= uint64(judge.Leak) {
		return judge.End(e)
	}
	return judge.Unjudged
}

// readEnds finds out how goroutines ended whose later records were not kept,
// and how those stood who were left.
func (l *Log) readEnds(mem []byte) {
	l.Ended, l.Left = map[uint32]event.Op{}, map[uint32]judge.Standing{}
	note := func(g uint32) {
		slot, ok := event.EndedSlot(g)
		if !ok {
			return
		}
		if s, left := event.Left(mem[slot]); left && l.End != judge.Unjudged && judge.Standing(s) <= judge.Unborn {
			l.Left[g] = judge.Standing(s)
		} else if ends(event.Op(mem[slot])) {
			l.Ended[g] = event.Op(mem[slot])
		}
	}
	for _, e := range l.Entries {
		note(e.G)
		if e.Op == event.Go {
			note(uint32(e.Aux)) // perhaps all that was kept of it is that it was started
		}
	}
	for _, e := range l.Entries {
		if ends(e.Op) {
			delete(l.Ended, e.G)
		}
	}
}

// firstOfTail returns the number of the oldest record that the ring's tail
// still holds. One that is about to be overwritten may be half so already.
func firstOfTail(count uint64) uint64 {
	if count > event.HeadRecords+event.TailRecords {
		return count - event.TailRecords + 1
	}
	return event.HeadRecords
}

// read appends record n. One without a known operation, or with one that is never
// recorded, is left out.
func (l *Log) read(mem []byte, n uint64) {
	slot := event.Slot(n)
	e := Entry{N: n + 1, T: int64(word(mem, slot)), Obj: word(mem, slot+16), Aux: word(mem, slot+24)}
	e.Op, e.Flags, e.Site, e.G = event.Unpack(word(mem, slot+8))
	if e.Op == event.None || int(e.Op) >= len(event.Table) || event.Table[e.Op].Kept == event.KeptNot {
		return
	}
	if k := len(l.Entries); k > 0 {
		e.T = max(e.T, l.Entries[k-1].T) // taken before the lock: may be a little older than its predecessor's
	}
	if e.Flags&event.FlagText != 0 {
		var kept bool
		e.Text, kept = text(mem, e.Aux)
		e.Aux, l.TextLost = 0, l.TextLost || !kept
	}
	l.Entries = append(l.Entries, e)
}

// text returns the text at ref; kept is false if it is no longer there.
func text(mem []byte, ref uint64) (s string, kept bool) {
	pos, n := event.Text(ref)
	end := word(mem, event.OffText)
	kept = pos+uint64(n) <= event.HeadText || pos >= event.HeadText && pos+event.TailText >= end
	if n > event.MaxText || pos+uint64(n) > end || !kept {
		return "", false
	}
	b := make([]byte, n)
	for i := range b {
		b[i] = mem[event.TextSlot(pos+uint64(i))]
	}
	return strings.ToValidUTF8(string(b), "\uFFFD"), true
}

func word(mem []byte, off int) uint64 { return binary.NativeEndian.Uint64(mem[off:]) }
