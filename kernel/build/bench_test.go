package build

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// lesson is a cell as GoNB writes it down before goimports.
const lesson = `package main

type Worker struct {
	mu  sync.Mutex
	sum int
}

func (w *Worker) add(n int, wg *sync.WaitGroup) {
	defer wg.Done()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sum += n
	fmt.Println("worker", n)
}

func main() {
	var wg sync.WaitGroup
	w := &Worker{}
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go w.add(%d, &wg)
	}
	wg.Wait()
	time.Sleep(time.Millisecond)
	fmt.Println(w.sum)
}
`

// BenchmarkEditedCell times what happens between an edit and the start of the
// program, against the three commands that GoNB runs itself. The two take
// turns, so that what else the machine does slows both.
func BenchmarkEditedCell(b *testing.B) { edited(b, false) }

// BenchmarkEditedCellRace is the same with the race detector.
func BenchmarkEditedCellRace(b *testing.B) { edited(b, true) }

func edited(b *testing.B, race bool) {
	builder, err := New(Config{GoTool: realGo(b), RT: os.DirFS(".."), WorkDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	goimports := buildTool(b, "golang.org/x/tools/cmd/goimports")
	dir := folder(b, "go.mod", goMod)
	file := filepath.Join(dir, "main.go")
	builder.Warm(context.Background(), dir, nil)

	gonb := func() {
		for _, args := range [][]string{{goimports, "-w", file}, {"go", "get"}, {"go", "build", "-o", filepath.Join(dir, "gonb_x")}} {
			if race && args[1] == "build" {
				args = append(args, "-race")
			}
			cmd := exec.Command(args[0], args[1:]...)
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%v: %v\n%s", args, err, out)
			}
		}
	}
	ours := func() {
		if out, exit := builder.Imports(context.Background(), file); exit != 0 {
			b.Fatalf("imports: %d %s", exit, out)
		}
		if out, exit := builder.Get(context.Background(), dir, nil); exit != 0 {
			b.Fatalf("get: %d %s", exit, out)
		}
		r, err := builder.Build(context.Background(), Request{Dir: dir, Race: race})
		if err != nil || r.Exit != 0 || !r.Instrumented || r.Cached {
			b.Fatalf("build: %v %+v", err, r)
		}
	}
	n := 0
	timed := func(f func()) time.Duration {
		n++
		write(b, file, fmt.Sprintf(lesson, n))
		t0 := time.Now()
		f()
		return time.Since(t0)
	}
	timed(gonb)
	timed(ours)
	var theirs, own time.Duration
	for b.Loop() {
		theirs += timed(gonb)
		own += timed(ours)
	}
	b.ReportMetric(float64(own)/float64(theirs), "ours/GoNB")
	b.ReportMetric(float64(own.Milliseconds())/float64(b.N), "ms-ours")
	b.ReportMetric(float64(theirs.Milliseconds())/float64(b.N), "ms-GoNB")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkSameCell: nothing changed, nothing is built.
func BenchmarkSameCell(b *testing.B) {
	builder, err := New(Config{GoTool: realGo(b), RT: os.DirFS(".."), WorkDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	dir := folder(b, "go.mod", goMod, "main.go", hello)
	mustBuild(b, builder, Request{Dir: dir})
	for b.Loop() {
		if r := mustBuild(b, builder, Request{Dir: dir}); !r.Cached {
			b.Fatal("not cached")
		}
	}
}

// BenchmarkFirstCell is the first build of a new kernel, cold and warmed.
func BenchmarkFirstCell(b *testing.B) {
	for _, warm := range []bool{false, true} {
		b.Run(map[bool]string{false: "cold", true: "warm"}[warm], func(b *testing.B) {
			dir := folder(b, "go.mod", goMod, "main.go", hello)
			for b.Loop() {
				b.StopTimer()
				builder, err := New(Config{GoTool: realGo(b), RT: os.DirFS(".."), WorkDir: b.TempDir()})
				if err != nil {
					b.Fatal(err)
				}
				if warm {
					builder.Warm(context.Background(), "", nil)
				}
				b.StartTimer()
				mustBuild(b, builder, Request{Dir: dir})
			}
		})
	}
}
