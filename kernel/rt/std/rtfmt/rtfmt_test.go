package rtfmt_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/rt"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/std/rtfmt"
	"threading101/kernel/rt/std/rtos"
	"threading101/kernel/trace"
)

func TestMain(m *testing.M) {
	rttest.Main(programs)
	os.Exit(m.Run())
}

var sites = []event.Site{{}, {Op: event.Print, File: "p.go", Line: 1, Kind: event.KindText}}

var programs = map[string]func(){
	"all": func() {
		defer rt.Main(1)()
		results := fmt.Sprintln(rtfmt.Print(1, "a", 1, 2, "b\n"))
		results += fmt.Sprintln(rtfmt.Println(1, "a", nil, 2.5))
		results += fmt.Sprintln(rtfmt.Printf(1, "%05d %s %%\n", 7, "é"))
		results += fmt.Sprintln(rtfmt.Fprint(1, os.Stdout, "f", 1, "\n"))
		results += fmt.Sprintln(rtfmt.Fprintln(1, os.Stderr, "to stderr"))
		results += fmt.Sprintln(rtfmt.Fprintf(1, os.Stdout, "%d\n", 3))
		results += fmt.Sprintln(rtfmt.Println(1, rtfmt.All(1, 2)...))
		results += fmt.Sprintln(rtos.Write(1, os.Stdout, []byte("bytes\n")))
		results += fmt.Sprintln(rtos.WriteString(1, os.Stdout, "text\n"))
		var b bytes.Buffer
		results += fmt.Sprintln(rtfmt.Fprintln(1, &b, "elsewhere"))
		results += fmt.Sprintln(rtfmt.Fprintln(1, (*os.File)(nil), "nowhere"))
		os.Stdout.WriteString(results + b.String())
	},
	"many": func() {
		defer rt.Main(1)()
		var wg sync.WaitGroup
		for g := range 8 {
			rt.WGGo(1, &wg, func() {
				for i := range 200 {
					rtfmt.Println(1, "line", g, i)
				}
			})
		}
		wg.Wait()
	},
	"redirected": func() {
		defer rt.Main(1)()
		stdout := os.Stdout
		r, w, _ := os.Pipe()
		os.Stdout = w
		done := make(chan int)
		go func() {
			n, buf := 0, make([]byte, 1<<10)
			for {
				k, err := r.Read(buf)
				rtfmt.Fprint(1, os.Stderr, ".")
				if n += k; err != nil {
					done <- n
					return
				}
			}
		}()
		line := strings.Repeat("x", 999)
		for range 200 { // more than a pipe holds
			rtfmt.Println(1, line)
		}
		w.Close()
		os.Stdout = stdout
		rtfmt.Println(1, <-done)
	},
	"stringer": func() {
		defer rt.Main(1)()
		rtfmt.Println(1, loud{})
	},
}

// loud prints while it is printed.
type loud struct{}

func (loud) String() string {
	rtfmt.Println(1, "inside")
	return "outside"
}

// What is printed and returned is fmt's, recorded or not.
func TestPrintsLikeFmt(t *testing.T) {
	for program := range programs {
		if program == "many" {
			continue
		}
		recorded, plain := rttest.Run(t, program), rttest.RunPlain(t, program)
		if recorded.Stdout != plain.Stdout || recorded.Exit != 0 || plain.Exit != 0 || recorded.Stdout == "" {
			t.Errorf("%s: recorded it prints\n%s%s\nplain\n%s%s", program, recorded.Stdout, recorded.Stderr, plain.Stdout, plain.Stderr)
		}
	}
}

// Every print to a standard stream is recorded, and only those.
func TestPrintsAreRecorded(t *testing.T) {
	x := rttest.Read(t, rttest.Run(t, "all").Mem, sites, trace.Options{Status: model.OK})
	want := []string{"a1 2b\n", "a <nil> 2.5\n", "00007 é %\n", "f1\n", "to stderr\n", "3\n", "1 2\n", "bytes\n", "text\n"}
	if got := prints(x); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) {
		t.Errorf("recorded %q, want %q", got, want)
	}
}

// The order of the record is the order on the page.
func TestPrintOrder(t *testing.T) {
	r := rttest.Run(t, "many")
	x := rttest.Read(t, r.Mem, sites, trace.Options{Status: model.OK})
	if got := strings.Join(prints(x), ""); got != r.Stdout || strings.Count(got, "\n") != 8*200 {
		t.Errorf("recorded %d lines in another order than the %d printed", strings.Count(got, "\n"), strings.Count(r.Stdout, "\n"))
	}
}

func prints(x *model.Execution) (texts []string) {
	for _, e := range x.Events {
		if e.Op == event.Print {
			texts = append(texts, e.Value)
		}
	}
	return texts
}
