package rtlog_test

import (
	"bytes"
	"io"
	"log"
	"os"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/internal/rttest"
	"threading101/kernel/rt/std/rtlog"
	"threading101/kernel/trace"
)

func TestMain(m *testing.M) {
	rttest.Main(programs)
	os.Exit(m.Run())
}

var sites = []event.Site{{}, {Op: event.Print, File: "p.go", Line: 1, Kind: event.KindText}}

var programs = map[string]func(){
	"print": func() {
		defer rt.Main(1)()
		log.SetFlags(log.Lshortfile)
		log.SetPrefix("> ")
		rtlog.Print(1, "a", 1)
		rtlog.Println(1, "a", 1)
		rtlog.Printf(1, "%03d", 1)
		log.SetOutput(io.Discard)
		rtlog.Print(1, "nowhere")
		var b bytes.Buffer
		log.SetOutput(&b)
		rtlog.Print(1, "elsewhere")
		os.Stdout.Write(b.Bytes())
	},
	"fatal": func() {
		defer rt.Main(1)()
		log.SetFlags(0)
		rtlog.Fatalf(1, "no %s", "more")
	},
	"panic": func() {
		defer rt.Main(1)()
		log.SetFlags(0)
		defer func() { os.Stdout.WriteString(recover().(string)) }()
		rtlog.Panicln(1, "oh", "no")
	},
}

// The plain functions of log, at the same lines of this file.
func TestLogsLikeLog(t *testing.T) {
	for _, test := range []struct {
		program, stdout, stderr string
		exit                    int
		prints                  []string
	}{
		{"print", "> rtlog_test.go:36: elsewhere\n", "> rtlog_test.go:29: a1\n> rtlog_test.go:30: a 1\n> rtlog_test.go:31: 001\n", 0, []string{"a1", "a 1\n", "001"}},
		{"fatal", "", "no more\n", 1, []string{"no more"}},
		{"panic", "oh no\n", "oh no\n", 0, []string{"oh no\n"}},
	} {
		recorded, plain := rttest.Run(t, test.program), rttest.RunPlain(t, test.program)
		for _, r := range []rttest.Result{recorded, plain} {
			if r.Stdout != test.stdout || r.Stderr != test.stderr || r.Exit != test.exit {
				t.Errorf("%s: exit status %d, output\n%s%s", test.program, r.Exit, r.Stdout, r.Stderr)
			}
		}
		x := rttest.Read(t, recorded.Mem, sites, trace.Options{})
		var got []string
		for _, e := range x.Events {
			if e.Op == event.Print {
				got = append(got, e.Value)
			}
		}
		if len(got) != len(test.prints) {
			t.Fatalf("%s: recorded %q, want %q", test.program, got, test.prints)
		}
		for i := range got {
			if got[i] != test.prints[i] {
				t.Errorf("%s: recorded %q, want %q", test.program, got[i], test.prints[i])
			}
		}
	}
}
