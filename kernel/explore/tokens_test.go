package explore

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// losing returns the program that loses an update, and switches by which it does.
func losing(t *testing.T) (run.Spec, []sched.Switch) {
	t.Helper()
	program := subjectFile(t, "testdata/lost.go").build(t)
	for step := range uint64(20) {
		for to := range uint32(4) {
			switches := []sched.Switch{{Step: step, To: to}}
			o, err := replay(t.Context(), program, sched.Spec{Switches: switches}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if o.Stdout == "1\n" {
				return program, switches
			}
		}
	}
	t.Fatal("no update is lost")
	return program, nil
}

// unchecked lets a complete search pass that random seeds would contradict, until
// the function it returns is called.
func unchecked() func() {
	was := insideTime
	insideTime = 0
	return func() { insideTime = was }
}

// telling is a fake that tells text when it searches program.
func telling(t *testing.T, program run.Spec, text string) run.Spec {
	t.Helper()
	s := faked(t, "text")
	s.Env = append(s.Env, realVariable+"="+program.Path, textVariable+"="+strings.ReplaceAll(text, " ", "\t"))
	s.Code = program.Code
	return s
}

// Each outcome, race and class has a token, and that token opens its run.
func TestTokens(t *testing.T) {
	program, switches := losing(t)
	lost := scheduleText(switches)
	told := "progress 4 2 0 0 dpor 0\n" + fmt.Sprintf("outcome 1 ok %q \"\" %q - 3 3 4 0 0 -\noutcome 2 ok %q \"\" %q - 1 1 2 1 1 %s\nclass 1 4 -\nclass 2 2 %s\nrace 1 2 %q %s\n",
		"2\n", "", "1\n", "", lost, lost, "", lost)
	s := Spec{Run: telling(t, program, told), Workers: 2}
	r := explored(t, s.Run, nil)
	if len(r.Outcomes) != 2 || len(r.Notes) != 0 {
		t.Fatalf("%+v", r)
	}
	for _, o := range r.Outcomes {
		token, err := sched.ParseToken(o.Token)
		if err != nil || len(token.Trail) == 0 {
			t.Fatalf("%q: %v, trail %v", o.Token, err, token.Trail)
		}
		run, err := Open(t.Context(), s, o.Token)
		if err != nil || run.Execution == nil || run.Stdout != o.Value || run.Token != o.Token || run.Parted != -1 {
			t.Errorf("%q opens %v, %+v, not %+v", o.Token, err, run, o)
		}
	}
	if len(r.Parallel) != 2 || r.Parallel[0].Token != r.Outcomes[0].Token || r.Parallel[1].Token != r.Outcomes[1].Token {
		t.Errorf("%+v", r.Parallel)
	}
	if len(r.Races) != 1 || r.Races[0].Token != r.Outcomes[1].Token || r.Races[0].Object != "x" || order(r.Races[0].A, r.Races[0].B) > 0 {
		t.Errorf("%+v", r.Races)
	}
}

// A run that is another one when it is made again has no token, and that is said.
func TestNotRepeated(t *testing.T) {
	defer unchecked()()
	program, switches := losing(t)
	for name, told := range map[string]string{
		"value":  fmt.Sprintf("outcome 1 ok %q \"\" %q - 1 1 1 0 0 %s\n", "3\n", "", scheduleText(switches)),
		"status": fmt.Sprintf("outcome 1 deadlock %q \"\" %q - 1 1 1 0 0 -\n", "", ""),
		"misfit": fmt.Sprintf("outcome 1 ok %q \"\" %q - 1 1 1 0 0 2.77\n", "2\n", ""),
	} {
		r := explored(t, telling(t, program, told), nil)
		if len(r.Outcomes) != 1 || r.Outcomes[0].Token != "" || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "no token") || r.Complete() {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// Of many classes each is made again before its token is shown.
func TestManyClasses(t *testing.T) {
	defer unchecked()()
	program, _ := losing(t)
	told := "progress 150 150 0 0 dpor 0\n" + fmt.Sprintf("outcome 1 ok %q \"\" %q - 1 1 1 0 0 -\n", "2\n", "")
	for i := range 150 {
		told += fmt.Sprintf("class 1 1 p%d.0\n", i)
	}
	r := explored(t, telling(t, program, told), func(s *Spec) { s.Budget = soon })
	for i, c := range r.Parallel {
		if token, err := sched.ParseToken(c.Token); err != nil || token.Trail == nil {
			t.Fatalf("class %d has the token %q: %v", i, c.Token, err)
		}
	}
	if len(r.Parallel) != 150 || len(r.Notes) != 0 {
		t.Errorf("%d classes, notes %q", len(r.Parallel), r.Notes)
	}
}

// Where there is no time to make runs again they have no token, and that is said.
func TestNotReplayed(t *testing.T) {
	defer unchecked()()
	was := lateness
	lateness = 0
	defer func() { lateness = was }()
	program, switches := losing(t)
	told := fmt.Sprintf("outcome 1 ok %q \"\" %q - 1 1 1 0 0 -\noutcome 2 ok %q \"\" %q - 1 1 1 0 0 %s\n", "2\n", "", "1\n", "", scheduleText(switches))
	r := explored(t, telling(t, program, told), func(s *Spec) { s.Budget = time.Nanosecond })
	if len(r.Outcomes) != 2 || r.Outcomes[0].Token != "" || r.Outcomes[1].Token != "" || !slices.Contains(r.Notes, words.SearchNotReplayed(2)) {
		t.Errorf("%+v", r)
	}
}

// A run that met a limit of the search is made again as far as that, and its token has
// it go on. One of which that is not so has none.
func TestLimitReplayed(t *testing.T) {
	defer unchecked()()
	s := &subject{name: "long", clock: sched.Free, src: `package main

import "sync"

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 20_000 {
				mu.Lock()
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
`}
	program := s.build(t)
	r := explored(t, telling(t, program, fmt.Sprintf("outcome 1 limit %q \"\" %q - 0 1 - 0 0 -\n", "", "")), nil)
	if len(r.Outcomes) != 1 || r.Outcomes[0].Token == "" {
		t.Fatalf("%+v", r)
	}
	o, err := Open(t.Context(), Spec{Run: program}, r.Outcomes[0].Token)
	if err != nil || o.Execution.Status != model.OK || o.Parted != -1 {
		t.Errorf("%+v, %v", o, err)
	}
	r = explored(t, telling(t, program, fmt.Sprintf("outcome 1 limit %q \"\" %q - 0 1 - 0 0 -\n", "never\n", "")), nil)
	if len(r.Outcomes) != 1 || r.Outcomes[0].Token != "" || len(r.Notes) != 1 {
		t.Errorf("%+v", r)
	}
}

// What cannot be opened is an error.
func TestOpenNonsense(t *testing.T) {
	if o, err := Open(t.Context(), Spec{Run: faked(t, "small")}, "t2-nonsense"); err == nil {
		t.Errorf("%+v", o)
	}
}

// Only so much of the output is compared as the search tells, and whole characters.
func TestPrinted(t *testing.T) {
	long := strings.Repeat("a", mostPrinted-1) + "ä and more"
	for _, told := range []string{long[:mostPrinted], strings.ToValidUTF8(long[:mostPrinted], "\uFFFD"), long[:mostPrinted-1]} {
		if printed(long) != printed(told) {
			t.Errorf("%q… is not %q…", printed(long)[mostPrinted-4:], printed(told)[mostPrinted-4:])
		}
	}
	if printed("a\xff") != printed("a\uFFFD") || printed("a") == printed("b") || printed("") != "" {
		t.Error("short outputs are compared wrongly")
	}
}

// A run that cannot be started, as on a machine that has no room for another process, has
// no token, and is not said to be another.
func TestAgainOfWhatDoesNotStart(t *testing.T) {
	e := &explorer{spec: Spec{Run: run.Spec{Path: filepath.Join(t.TempDir(), "missing")}}, ctx: t.Context()}
	one := &shown{as: &sum{Outcome: model.Outcome{Status: model.OK}}}
	e.again(t.Context(), one)
	if one.token != "" || one.strayed || one.shows != nil {
		t.Errorf("it has the token %q, strayed %v, shows %v", one.token, one.strayed, one.shows)
	}
}

// An outcome that only a run at random came to, of a search that tried everything,
// has a token and is called a fault of ours.
func TestProbeOutside(t *testing.T) {
	defer unchecked()()
	program, switches := losing(t)
	told := fmt.Sprintf("outcome 1 ok %q \"\" %q - 1 1 1 0 0 -\noutcome 2 ok %q \"\" %q - 0 0 0 1 1 %s\nprobes 2 1\n", "2\n", "", "1\n", "", scheduleText(switches))
	r := explored(t, telling(t, program, told), nil)
	if r.Level != model.Sampled || r.Fault == nil || r.Fault.Value != "1\n" || r.Fault.Token == "" || len(r.Notes) != 1 || len(r.Outcomes) != 2 {
		t.Errorf("%+v", r)
	}
}
