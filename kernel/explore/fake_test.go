package explore

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/explore/wire"
	"threading101/kernel/run"
	"threading101/kernel/sched"
)

// The test binary, started again with fakeVariable set, is a program that says
// what a searching program could say, and misbehaves as one could. What it runs
// when it is not to search is realVariable's program, if that is set; one of them
// says just what textVariable holds, and that this is all unless incompleteVariable
// is set.
const (
	fakeVariable = "EXPLORE_TEST_FAKE"
	realVariable = "EXPLORE_TEST_REAL"
	textVariable = "EXPLORE_TEST_TEXT"

	incompleteVariable = "EXPLORE_TEST_INCOMPLETE"

	// stuckVariable has runs that are made again hear nothing and never end: "replay"
	// all of them, "shorten" those that look for a shorter one. They write their
	// process's number into the file pidVariable.
	stuckVariable = "EXPLORE_TEST_STUCK"
	pidVariable   = "EXPLORE_TEST_PID"
)

func init() {
	name := os.Getenv(fakeVariable)
	if name == "" {
		return
	}
	control := os.Getenv("T101_CONTROL")
	f := &fake{}
	var ok bool
	if f.Spec, ok = sched.ParseSpec(control); !ok {
		os.Exit(7)
	}
	if path := os.Getenv(realVariable); f.Search == "" && path != "" {
		if stuck := os.Getenv(stuckVariable); stuck == "replay" || stuck == "shorten" && f.Lenient {
			signal.Ignore(os.Interrupt, syscall.SIGTERM)
			os.WriteFile(os.Getenv(pidVariable), []byte(strconv.Itoa(os.Getpid())), 0o600)
			forever()
		}
		syscall.Exec(path, []string{path}, os.Environ())
	}
	f.pipe = os.NewFile(3, "pipe")
	f.attach()
	fakes[name](f)
	os.Exit(0)
}

// fake is one such process.
type fake struct {
	sched.Spec
	pipe *os.File
	stop *uint64
}

func (f *fake) attach() {
	fd, err := strconv.Atoi(os.Getenv("T101_RING"))
	if err != nil {
		os.Exit(8)
	}
	mem, err := syscall.Mmap(fd, 0, event.RingSize, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		os.Exit(9)
	}
	f.stop = (*uint64)(unsafe.Pointer(&mem[event.OffSearchStop]))
}

// say writes lines; blanks in the pattern are tabs.
func (f *fake) say(pattern string, args ...any) {
	fmt.Fprintf(f.pipe, strings.ReplaceAll(pattern, " ", "\t")+"\n", args...)
}

// outcome tells of an outcome in the usual numbers.
func (f *fake) outcome(id int, status, value string, preemptions int) {
	f.say(`outcome %d %s %s "" "" - 1 2 3 %d %d -`, id, status, strconv.Quote(value), preemptions, preemptions)
}

// work goes on until the budget is used up or the stop word is set, and says which.
func (f *fake) work() (why wire.Reason) {
	for until := time.Now().Add(time.Duration(f.Budget)); time.Now().Before(until); time.Sleep(time.Millisecond) {
		if atomic.LoadUint64(f.stop) != 0 {
			return wire.EndStopped
		}
	}
	return wire.EndBudget
}

// forever goes on whatever anybody says.
func forever() {
	for {
		time.Sleep(time.Hour)
	}
}

var fakes = map[string]func(*fake){
	// Done at once.
	"small": func(f *fake) {
		f.say("progress 6 4 0 1000 %s 0", sched.SearchDPOR)
		f.outcome(1, "ok", "1\n", 1)
		f.outcome(2, "ok", "2\n", 0)
		f.say("class 1 3 2.3")
		if f.Search == sched.SearchDPOR {
			f.say("level dpor 0")
		} else {
			f.say("level bound 0")
		}
		f.say("end done")
	},
	// Too large for one, not for several, each of which has a part.
	"shared": func(f *fake) {
		if f.Search != sched.SearchDPOR || f.Shares == 0 {
			f.say("progress 10 10 0 1000 dpor 0")
			f.say("end %s", f.work())
			return
		}
		f.say("progress 100 50 0 1000 dpor 0")
		f.outcome(int(f.Share), "ok", fmt.Sprint("share ", f.Share), 0)
		f.outcome(99, "deadlock", "", int(f.Share))
		f.say("level dpor 0")
		f.say("end done")
	},
	// Too large for anybody.
	"large": func(f *fake) {
		f.say("progress 10 5 0 1000 %s 0", map[string]string{sched.SearchDPOR: "dpor", sched.SearchSample: "sample"}[f.Search]+map[bool]string{true: "bound"}[f.Search == sched.SearchBound || f.Search == sched.SearchFind])
		f.outcome(1, "ok", f.Search, 3)
		if f.Search == sched.SearchBound {
			f.say("level bound 0")
			f.say("level bound 1")
		}
		f.say("end %s", f.work())
	},
	// Its first run takes longer than the first look, and more steps than usual.
	"sluggish": func(f *fake) {
		switch {
		case f.Steps == longSteps:
			f.say("progress 1 1 0 1000 dpor 0")
			f.outcome(1, "ok", "done\n", 0)
			f.say("class 1 1 0.0")
			f.say("level dpor 0")
			f.say("end done")
		case time.Duration(f.Budget) <= quickTime:
			forever()
		default:
			f.say("progress 1 1 0 1000 dpor 0")
			f.outcome(1, "limit", "", 0)
			f.say(`note limit-steps 1 "20000"`)
			f.say("end done")
		}
	},
	// Its runs have more steps than usual, and take longer than there is time.
	"lengthy": func(f *fake) {
		if f.Steps == longSteps {
			f.say("end %s", f.work())
			return
		}
		f.say("progress 1 1 0 1000 dpor 0")
		f.outcome(1, "limit", "", 0)
		f.say(`race 1 2 "total" 1.1`)
		f.say(`note limit-steps 1 "20000"`)
		f.say("end limit")
	},
	// One of the searches finds what is looked for.
	"violating": func(f *fake) {
		f.outcome(1, "deadlock", "", 2)
		f.say("end %s", f.work())
	},
	"unrepeatable": func(f *fake) {
		f.say("progress 3 0 0 1000 dpor 0")
		f.outcome(1, "ok", "12:30\n", 0)
		f.say(`note unrepeatable 2 "time.Now"`)
		f.say("end unrepeatable")
	},
	"notes": func(f *fake) {
		f.say(`note fixed-random 2 "rand.Intn"`)
		f.say(`note many-goroutines 0 ""`)
		f.say("level dpor 0")
		f.say("end done")
	},
	// The second search does not agree with the first.
	"contradicting": func(f *fake) {
		f.outcome(1, "ok", f.Search, 1)
		if f.Search == sched.SearchDPOR {
			f.say("level dpor 0")
		}
		f.say("end done")
	},
	"many": func(f *fake) {
		f.say(`note many-goroutines 0 ""`)
		f.say("progress 0 0 0 1000 dpor 0")
		f.say("end limit")
	},
	"text": func(f *fake) {
		if f.Search == sched.SearchDPOR {
			fmt.Fprint(f.pipe, os.Getenv(textVariable))
			if os.Getenv(incompleteVariable) == "" {
				f.say("level dpor 0")
			}
		}
		f.say("end done")
	},
	// It dies in the middle of a line.
	"dying": func(f *fake) {
		f.say("progress 3 2 0 1000 dpor 0")
		f.outcome(1, "ok", "so far\n", 0)
		fmt.Fprint(f.pipe, "outcome\t2\tok\t\"cut")
		fmt.Fprintln(os.Stderr, "fatal error: stack overflow\n\ngoroutine 1 [running]:\nmain.main()\n\t/main.go:3 +0x1d")
		os.Exit(2)
	},
	// It hears nothing.
	"deaf": func(f *fake) {
		f.outcome(1, "ok", "before\n", 0)
		forever()
	},
	// It says nothing, and ends: no searching program.
	"silent": func(*fake) {},
	// It says nonsense, and prints a lot.
	"babbling": func(f *fake) {
		for i := range 1000 {
			fmt.Println(strings.Repeat("out ", 100))
			fmt.Fprintln(os.Stderr, strings.Repeat("err ", 100))
			f.say("nonsense %d", i)
		}
		f.say("%s", strings.Repeat("x", mostLine+1))
		f.outcome(1, "ok", "through\n", 0)
		f.say("level dpor 0")
		f.say("end done")
	},
	// It prints past the search, and its runs hang when they are made again.
	"unread": func(f *fake) {
		if f.Search == "" {
			forever()
		}
		fmt.Println("past the search")
		f.say("progress 1 1 0 1000 dpor 0")
		f.outcome(1, "ok", "", 0)
		f.say("level dpor 0")
		f.say("end done")
	},
	// It leaves a process behind that holds the pipe.
	"orphaning": func(f *fake) {
		c := exec.Command("sleep", "60")
		c.ExtraFiles = []*os.File{f.pipe}
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		if c.Start() == nil {
			f.outcome(1, "ok", strconv.Itoa(c.Process.Pid), 0)
		}
		f.say("level dpor 0")
		f.say("end done")
	},
	"hungry": func(f *fake) {
		f.outcome(1, "ok", "before\n", 0)
		for all := [][]byte{}; ; {
			more := make([]byte, 8<<20)
			for i := range more {
				more[i] = 1
			}
			all = append(all, more)
		}
	},
}

// faked says how a fake is run.
func faked(t testing.TB, name string) run.Spec {
	t.Helper()
	if fakes[name] == nil {
		t.Fatalf("no fake %q", name)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return run.Spec{
		Path: self, Env: append(os.Environ(), fakeVariable+"="+name, "GORACE=atexit_sleep_ms=0"),
		Sites: []event.Site{{}, {File: "main.go", Line: 7, Object: "x"}, {File: "main.go", Line: 5, Object: "x"}},
	}
}
