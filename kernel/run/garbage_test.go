package run

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"testing"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/sched"
	"threading101/kernel/trace"
)

// The bounds of one reading, however long a run the garbage claims. A recording that is
// full takes a tenth of them.
const (
	mostReading = patience
	mostMemory  = 512 << 20
)

// FuzzRecording damages recordings of real programs, as a program can that writes where it
// should not: what is read is refused, or an Execution that keeps Go's rules and can be
// drawn. Nothing panics, hangs, or takes the memory.
func FuzzRecording(f *testing.F) {
	recordings := []*recordingOf{
		keepRecording(f, controlledSpec(f, "channels", sched.Spec{Seed: 1})),
		keepRecording(f, controlledSpec(f, "workers", sched.Spec{Seed: 2})),
		keepRecording(f, plainSpec(f, "race")),
		keepRecording(f, plainSpec(f, "deadlock")),
		keepRecording(f, plainSpec(f, "panic")),
	}
	for seed := range uint64(100) {
		f.Add(seed)
	}
	var refused, valid int
	f.Fuzz(func(t *testing.T, seed uint64) {
		for i, r := range recordings {
			if r.readDamaged(t, rand.New(rand.NewPCG(seed, uint64(i)))) == nil {
				refused++
			} else {
				valid++
			}
		}
	})
	f.Logf("%d refused, %d valid", refused, valid)
}

// TestUndamaged: what FuzzRecording damages is good.
func TestUndamaged(t *testing.T) {
	for _, args := range []string{"race", "deadlock", "panic"} {
		r := keepRecording(t, plainSpec(t, args))
		if x := r.readIn(t, slices.Clone(r.mem)); x == nil || len(x.Events) < 4 {
			t.Errorf("%s: %+v", args, x)
		}
	}
}

func plainSpec(t testing.TB, args ...string) func(*Spec) {
	return func(s *Spec) { s.Path, s.Args, s.Sites = recorded, args, sitesOf(t) }
}

// recordingOf is the memory that a program has recorded into.
type recordingOf struct {
	spec Spec
	mem  []byte
}

// keepRecording runs a program to its end and keeps its recording.
func keepRecording(t testing.TB, change func(*Spec)) *recordingOf {
	t.Helper()
	spec := Spec{Mode: model.Real, Record: true}
	change(&spec)
	r := &Run{spec: spec, state: &state{out: [2]int{-1, -1}}}
	fd, err := r.openRing()
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	file := os.NewFile(uintptr(fd), "recording")
	defer file.Close()
	c := exec.Command(spec.Path, spec.Args...)
	c.Env, c.ExtraFiles = environment(&spec, "3", ""), []*os.File{file}
	c.Run() // some of them crash
	return &recordingOf{spec, slices.Clone(r.ring)}
}

func (r *recordingOf) readDamaged(t *testing.T, random *rand.Rand) *model.Execution {
	t.Helper()
	mem := slices.Clone(r.mem)
	for range 1 + random.IntN(4) {
		damage(mem, random)
	}
	return r.readIn(t, mem)
}

// readIn reads the memory as after a run, and draws what is in it.
func (r *recordingOf) readIn(t *testing.T, mem []byte) *model.Execution {
	t.Helper()
	run := &Run{spec: r.spec, state: &state{ring: mem, proc: &process{}, outcome: &Result{}}}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		run.readControl()
		run.record(nil)
		if x := run.outcome.Execution; x != nil {
			picture.Bundle(x, picture.Options{})
		}
	}()
	select {
	case problem := <-done:
		if problem != nil {
			t.Fatalf("panics: %v", problem)
		}
	case <-time.After(mostReading):
		t.Fatal("hangs")
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > mostMemory {
		t.Errorf("takes %d MB", used>>20)
	}
	x := run.outcome.Execution
	if x != nil {
		if err := trace.Validate(x); err != nil {
			t.Errorf("is believed: %v", err)
		}
	}
	return x
}

// damage changes the memory where it is used: it flips a bit, writes a word, cuts off what
// follows, moves it by some bytes, or repeats a piece elsewhere.
func damage(mem []byte, random *rand.Rand) {
	from, to := used(mem, random)
	at := from + random.IntN(to-from)
	switch random.IntN(6) {
	case 0:
		mem[at] ^= 1 << random.IntN(8)
	case 1:
		mem[at] = byte(random.Uint32())
	case 2:
		clear(mem[at:to])
	case 3:
		by := 1 + random.IntN(2*event.RecordSize)
		copy(mem[min(at+by, to):to], slices.Clone(mem[at:to]))
	case 4:
		n := min(1+random.IntN(4*event.RecordSize), to-at)
		copy(mem[from+random.IntN(to-from-n+1):], slices.Clone(mem[at:at+n]))
	case 5:
		word := []uint64{0, 1, 1 << 15, 1<<32 - 1, 1 << 40, 1<<63 - 1, 1 << 63, ^uint64(0), random.Uint64()}[random.IntN(9)]
		binary.NativeEndian.PutUint64(mem[at&^7:], word)
	}
}

// used is one of the parts of a recording that hold anything.
func used(mem []byte, random *rand.Rand) (from, to int) {
	records := min(int(word(mem, event.OffCount)&0xffff), event.HeadRecords-1) + 1
	switch random.IntN(8) {
	case 0:
		return event.OffProcs, event.OffEnd + 8
	case 1:
		return event.SeenAt, event.SeenAt + 4*100
	case 2:
		return event.EndedAt, event.EndedAt + 16
	case 3:
		return event.TextAt, event.TextAt + min(int(word(mem, event.OffText)&0xffff), 1<<12) + 8
	}
	return event.RecordsAt, event.RecordsAt + records*event.RecordSize
}
