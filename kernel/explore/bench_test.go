package explore

import (
	"testing"
	"time"

	"threading101/kernel/explore/wire"
	"threading101/kernel/model"
	"threading101/kernel/proof/yardstick"
	"threading101/kernel/sched"
)

// BenchmarkSearch tries all classes of programs whose numbers are known, in one
// process: milliseconds for all of it, without the start of the process, and how
// many plain loops take as long.
func BenchmarkSearch(b *testing.B) {
	for _, c := range []struct{ program, constants string }{
		{"lost", "goroutines=2 times=4"},
		{"lost", "goroutines=2 times=5"},
		{"lost", "goroutines=3 times=2"},
		{"locked", "goroutines=3 times=2"},
		{"philosophers", "philosophers=5"},
	} {
		s := exactProgram(b, c.program, c.constants)
		b.Run(s.name, func(b *testing.B) {
			program := s.build(b)
			var took time.Duration
			classes := 0
			for b.Loop() {
				r := searched(b, program, sched.Spec{Search: sched.SearchDPOR})
				if r.end != wire.EndDone {
					b.Fatalf("the search ends with %q", r.end)
				}
				took, classes = took+time.Duration(r.progress.Elapsed), classes+r.progress.Classes
			}
			b.ReportMetric(milliseconds(took, b.N), "ms/search")
			b.ReportMetric(float64(classes)/took.Seconds(), "classes/s")
			yardstick.Report(b, took, b.N, "search", uint64(classes), "classes")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkFirstDeadlock searches for five philosophers' deadlock as the kernel
// does before anything is known: within how many schedules it shows, and how long
// those take.
func BenchmarkFirstDeadlock(b *testing.B) {
	s := exactProgram(b, "philosophers", "philosophers=5")
	for _, mode := range []string{sched.SearchFind, sched.SearchSample, sched.SearchDPOR} {
		b.Run("search="+mode, func(b *testing.B) {
			program := s.build(b)
			asked := sched.Spec{Search: mode, Seed: 1, Repeat: 1}
			for !deadlocks(searched(b, program, asked)) && asked.Repeat < 1<<16 {
				asked.Repeat *= 2
			}
			var took time.Duration
			for b.Loop() {
				took += time.Duration(searched(b, program, asked).progress.Elapsed)
			}
			b.ReportMetric(milliseconds(took, b.N), "ms/search")
			b.ReportMetric(float64(asked.Repeat), "schedules")
			yardstick.Report(b, took, b.N, "search", 0, "")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkSample makes schedules at random, in three ways in turn.
func BenchmarkSample(b *testing.B) {
	for _, c := range []struct{ program, constants string }{
		{"lost", "goroutines=2 times=5"},
		{"philosophers", "philosophers=5"},
	} {
		s := exactProgram(b, c.program, c.constants)
		b.Run(s.name, func(b *testing.B) {
			program := s.build(b)
			var took time.Duration
			runs := 0
			for b.Loop() {
				r := searched(b, program, sched.Spec{Search: sched.SearchSample, Seed: uint64(b.N), Repeat: 20_000})
				took, runs = took+time.Duration(r.progress.Elapsed), runs+r.progress.Runs
			}
			b.ReportMetric(float64(runs)/took.Seconds(), "schedules/s")
			yardstick.Report(b, took, b.N, "20000", uint64(runs), "schedules")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func exactProgram(b *testing.B, name, constants string) *subject {
	b.Helper()
	s := subjectFile(b, "testdata/exact/"+name+".go")
	s.values = namesOf(s.src)
	return s.with(b, constants)
}

func milliseconds(d time.Duration, n int) float64 {
	return float64(d.Microseconds()) / 1000 / float64(n)
}

func deadlocks(r report) bool {
	for i := range r.outcomes {
		if r.outcomes[i].status == model.Deadlock {
			return true
		}
	}
	return false
}
