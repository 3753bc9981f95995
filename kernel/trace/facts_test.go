package trace_test

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// One goroutine waits for a channel when main returns. What the record of a run
// that Go scheduled knows of that channel decides whether that is for good.
func TestFactsOfTheRecord(t *testing.T) {
	for _, test := range []struct {
		name, before, channel string
		want                  model.Status
	}{
		{"a channel", "", "c", model.Leak},
		{"no channel", "", "nil", model.Leak},
		{"closed", "main close c\n", "c", model.CutOff},
		{"a timer", "main timer c 5\n", "c", model.CutOff},
		{"a timer that was stopped", "main timer c 5\nmain stop-timer c 1\n", "c", model.Leak},
		{"a timer that had rung when it was stopped", "main timer c 5\nmain stop-timer c 0\n", "c", model.CutOff},
		{"a timer that was set again", "main timer c 5\nmain stop-timer c 1\nmain timer c 5\n", "c", model.CutOff},
		{"another timer", "main timer d 5\n", "c", model.Leak},
		{"a library's channel", "", "c given", model.CutOff},
		{"a method of the program's", "", "s.Done()", model.Leak},
		{"a context nobody cancels", "main context c\n", "c given", model.Leak},
		{"a context with a deadline", "main context c timed\n", "c given", model.CutOff},
		{"a context whose parent has a deadline", "main context p timed\nmain context c p\n", "c given", model.CutOff},
		{"a context whose parent nobody cancels", "main context p\nmain context c p\n", "c given", model.Leak},
		{"a context whose parent was cancelled", "main context p\nmain context c p\nmain close p\n", "c given", model.CutOff},
		{"a context of a library's", "main context c p\n", "c given", model.CutOff},
		{"contexts in a circle, which a damaged record may have", "main context p c\nmain context c p\n", "c given", model.CutOff},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := "mode real\nmain start\nmain go A\n" + test.before + "A start\nA recv-want " + test.channel + "\nmain end"
			if x := told(t, text); x.Status != test.want {
				t.Errorf("%s, want %s:\n%s", x.Status, test.want, text)
			}
		})
	}
}

// A program that has to do with what is not recorded may be woken by that.
func TestOutside(t *testing.T) {
	for _, test := range []struct {
		channel string
		want    model.Status
	}{{"c", model.CutOff}, {"nil", model.Leak}} {
		l, sites := waitingFor(test.channel)
		if x := l.Execution(sites, trace.Options{Mode: model.Real, Status: model.OK, Outside: true}); x.Status != test.want {
			t.Errorf("waiting for %s: %s, want %s", test.channel, x.Status, test.want)
		}
	}
}

// waitingFor is the log of a run that leaves one waiting for a channel.
func waitingFor(channel string) (*trace.Log, []event.Site) {
	var addr uint64
	if channel != "nil" {
		addr = 0x100
	}
	return &trace.Log{Count: 5, Goroutines: 2, Entries: []trace.Entry{
		{N: 1, G: 1, Op: event.Start, Site: 1},
		{N: 2, G: 1, Op: event.Go, Site: 1, Obj: 1, Aux: 2},
		{N: 3, G: 2, Op: event.Start, Site: 1},
		{N: 4, G: 2, Op: event.RecvWant, Site: 2, Obj: addr},
		{N: 5, G: 1, Op: event.End, Site: 1},
	}}, []event.Site{{}, {Line: 1}, {Line: 2, Object: channel}}
}

// What the scheduler of a controlled run has written down is believed, whatever
// the events look like.
func TestFactsOfTheScheduler(t *testing.T) {
	const waits = "main start\nmain go A\nmain go B\nA start\nA recv-want c\nB start\nB recv-want c\nmain end\n"
	for _, test := range []struct {
		name, left string
		want       model.Status
		ends       string
	}{
		{"both wait", "judged leak\nleft A waiting\nleft B waiting", model.Leak, "returned blocked blocked"},
		{"one could go on", "judged cut-off\nleft A able\nleft B waiting", model.CutOff, "returned cut-off cut-off"},
		{"one waits for time", "judged cut-off\nleft A due\nleft B waiting", model.CutOff, "returned cut-off cut-off"},
		{"one waits for nothing", "judged cut-off\nleft A able\nleft B stuck", model.CutOff, "returned cut-off blocked"},
		{"one was never to begin", "judged leak\nleft A waiting\nleft B unborn", model.Leak, "returned blocked returned"},
		{"one has no place in the recording", "judged leak\nleft A waiting", model.Leak, "returned blocked blocked"},
		{"the same where one could go on", "judged cut-off\nleft A able", model.CutOff, "returned cut-off cut-off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := told(t, waits+test.left)
			var ends []string
			for _, g := range x.Goroutines {
				ends = append(ends, string(g.End))
			}
			if got := strings.Join(ends, " "); x.Status != test.want || got != test.ends {
				t.Errorf("%s: %s; want %s: %s", x.Status, got, test.want, test.ends)
			}
		})
	}
}
