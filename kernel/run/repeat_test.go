package run

import (
	"context"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/proof/yardstick"
	"threading101/kernel/sched"
)

// repeat runs a program many times in one process.
func repeat(t testing.TB, name string, spec sched.Spec) Repeated {
	t.Helper()
	b := buildControlled(t, name)
	r, err := Start(context.Background(), Spec{Path: b.Binary, Sites: b.Sites, Mode: model.Controlled, Record: true, Control: &spec})
	if err != nil {
		t.Fatal(err)
	}
	o := r.Wait()
	if o.Exit != 0 || o.Repeated.Runs != spec.Repeat {
		t.Fatalf("exit status %d, %+v", o.Exit, o.Repeated)
	}
	return o.Repeated
}

// Many runs in one process are the same whenever they are made, and each is the
// one that its seed makes in a process of its own.
func TestRepeated(t *testing.T) {
	for _, name := range []string{"lost", "buffer", "workers", "channels"} {
		spec := sched.Spec{Seed: 7, Repeat: 200}
		a, b := repeat(t, name, spec), repeat(t, name, spec)
		if a.Time, b.Time = 0, 0; a != b || a.Steps == 0 {
			t.Errorf("%s: %+v, then %+v", name, a, b)
		}
		var steps uint64
		for seed := range uint64(20) {
			steps += repeatedAlone(t, name, spec.Seed+seed)
		}
		spec.Repeat = 20
		if got := repeat(t, name, spec); got.Steps != steps {
			t.Errorf("%s: 20 runs in one process make %d steps, in 20 processes %d", name, got.Steps, steps)
		}
	}
}

// Each run begins anew, however the one before it ended, and whatever of it was
// still on its way.
func TestRepeatedEnds(t *testing.T) {
	r := repeat(t, "mixed", sched.Spec{Seed: 1, Repeat: 3000})
	if r.Deadlocks == 0 || r.Panics == 0 || r.Stopped != 0 || r.Deadlocks+r.Panics >= r.Runs {
		t.Errorf("%+v", r)
	}
	b := buildControlled(t, "mixed")
	var alone Repeated
	for seed := range uint64(40) {
		run, err := Start(context.Background(), Spec{Path: b.Binary, Sites: b.Sites, Mode: model.Controlled, Record: true, Control: &sched.Spec{Seed: 1 + seed}})
		if err != nil {
			t.Fatal(err)
		}
		o := run.Wait()
		switch {
		case o.Exit == 9:
			t.Fatal("state was left in a process of its own")
		case o.Crash != nil && o.Crash.Kind == KindDeadlock:
			alone.Deadlocks++
		case o.Crash != nil:
			alone.Panics++
		}
	}
	if got := repeat(t, "mixed", sched.Spec{Seed: 1, Repeat: 40}); got.Deadlocks != alone.Deadlocks || got.Panics != alone.Panics {
		t.Errorf("in one process %+v, in 40 %+v", got, alone)
	}
}

// repeatedAlone returns the number of steps of one run, which is the same under
// both backends.
func repeatedAlone(t *testing.T, name string, seed uint64) uint64 {
	b := buildControlled(t, name)
	var steps, hash [2]uint64
	for backend := range 2 {
		spec := Spec{Path: b.Binary, Sites: b.Sites, Mode: model.Controlled, Record: true, Control: &sched.Spec{Seed: seed, Backend: sched.Backend(backend)}}
		r, err := Start(context.Background(), spec)
		if err != nil {
			t.Fatal(err)
		}
		o := r.Wait()
		steps[backend], hash[backend] = o.Steps, o.Hash
	}
	if steps[0] != steps[1] || hash[0] != hash[1] || steps[0] == 0 {
		t.Errorf("%s, seed %d: %d steps (hash %x) with a baton, %d (%x) as coroutines", name, seed, steps[0], hash[0], steps[1], hash[1])
	}
	return steps[0]
}

// BenchmarkSchedules makes schedules as fast as it can, in one process and one
// thread.
func BenchmarkSchedules(b *testing.B) {
	for name, n := range map[string]uint64{"lost": 500_000, "buffer": 40_000, "thousand": 50} {
		b.Run(name, func(b *testing.B) {
			var all Repeated
			for b.Loop() {
				one := repeat(b, name, sched.Spec{Seed: uint64(b.N), Repeat: n})
				all.Runs, all.Steps, all.Time = all.Runs+one.Runs, all.Steps+one.Steps, all.Time+one.Time
			}
			b.ReportMetric(float64(all.Runs)/all.Time.Seconds(), "schedules/s")
			yardstick.Report(b, all.Time, b.N, name, all.Runs, "schedules")
			b.ReportMetric(float64(all.Time.Nanoseconds())/float64(all.Steps), "ns/step")
			b.ReportMetric(float64(all.Steps)/float64(all.Runs), "steps/schedule")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkControlled is one controlled run in a process of its own, from its
// start to its end, read and put in order.
func BenchmarkControlled(b *testing.B) {
	built := buildControlled(b, "workers")
	var wall time.Duration
	for b.Loop() {
		began := time.Now()
		r, err := Start(context.Background(), Spec{Path: built.Binary, Sites: built.Sites, Mode: model.Controlled, Record: true, Control: &sched.Spec{Seed: uint64(b.N)}})
		if err != nil {
			b.Fatal(err)
		}
		r.Wait()
		wall += time.Since(began)
	}
	b.ReportMetric(float64(wall.Microseconds())/1000/float64(b.N), "ms/run")
	yardstick.Report(b, wall, b.N, "run", 0, "")
}
