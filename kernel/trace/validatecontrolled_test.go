package trace_test

import (
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/trace"
)

// What a real run may look like, a controlled one must not.
func TestValidateControlled(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"more received than sent", "main start\nmain go A\nA start\nA send ch 1\nmain recv ch 1\nmain recv ch 1\n", "the 2. value received of 1 sent"},
		{"sent to a closed channel", "main start\nmain go A\nA start\nA close ch\nmain send ch 1\n", "the channel is closed"},
		{"a step while it waits to send", "main start\nmain go A\nA start\nA send-want ch 1\nA print x\n", "it still waits"},
		{"a step while it waits for a group", "main start\nmain wg-add wg 1\nmain wait-want wg\nmain print x\n", "it still waits"},
		{"waiting for what has come", "main start\nmain go A\nA start\nA recv-want ch\nmain send ch 1\nmain end\njudged leak\nleft A waiting\n", "what had come"},
		{"waiting for a closed channel", "main start\nmain go A\nA start\nA recv-want ch\nmain close ch\nmain end\njudged leak\nleft A waiting\n", "what had come"},
		{"waiting for nothing", "main start\nmain go A\nA start\nA print x\nmain end\njudged leak\nleft A waiting\n", "but for nothing"},
		{"waiting while it sleeps", "main start\nmain go A\nA start\nA sleep 5\nmain end\njudged leak\nleft A stuck\n", "but for nothing"},
		{"two in one lock", "main start\nmain go A\nA start\nA lock mu\nmain lock mu\n", "A holds it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := anyTold(t, test.text)
			for i := range x.Objects {
				x.Objects[i].Partial = false
			}
			if err := trace.Validate(x); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Validate says %v, want %q", err, test.want)
			}
			x.Mode = model.Real
			if err := trace.Validate(x); err != nil && strings.Contains(err.Error(), test.want) && test.name != "two in one lock" {
				t.Errorf("a real run may be so: %v", err)
			}
		})
	}
}

// A send that panics because its channel was closed meanwhile, a select's
// deferred work, code outside: all of that is a controlled run.
func TestValidateControlledAllows(t *testing.T) {
	told(t, `main start
main go A
A start
A send-want ch 1
main close ch
A print deferred
A panic`)
	told(t, `main start
main go A
A start
A outside
main print x
A inside
A select-want
A print x
A select
A send ch 1
main recv ch 1`)
	told(t, `main start
main go A
A start
main send ch 1
main send ch 2
main close ch
A select-want
A select
A recv ch case
A recv ch 2`)
}

// Code that is not recorded may send to a channel, and receive from it, as others do.
func TestValidateControlledBesideUnrecorded(t *testing.T) {
	const begin = "main start\nmain go A\nA start\n"
	for name, text := range map[string]string{
		"sent":     begin + "A send ch 1\nmain recv ch 1\nmain recv ch 2\n",
		"received": begin + "A send ch 1\nA send ch 2\nmain recv ch 2\n",
	} {
		if x := told(t, "uncontrolled\n"+text); !x.Objects[0].Partial {
			t.Errorf("%s: the channel is not said to be another's as well", name)
		}
		if err := trace.Validate(anyTold(t, text)); err == nil {
			t.Errorf("%s: all is recorded, and yet it is valid", name)
		}
	}
	if x := told(t, "uncontrolled\n"+begin+"A send ch 1\nmain recv ch 1\n"); x.Objects[0].Partial {
		t.Error("what fits together is said to be another's as well")
	}
}

// Who waits for whom when a controlled run ends, and whether that is for good.
func TestEndsControlled(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       model.Status
		ends       string
	}{
		{"a leak", "main start\nmain go A\nA start\nA recv-want ch\nmain end", model.Leak, "returned blocked"},
		{"one could still have gone on", "main start\nmain go A\nmain go B\nA start\nA recv-want ch\nmain end", model.CutOff, "returned cut-off cut-off"},
		{"a sleeper could", "main start\nmain go A\nmain go B\nA start\nA recv-want ch\nB start\nB sleep\nmain end", model.CutOff, "returned cut-off cut-off"},
		{"what it waits for has come", "main start\nmain go A\nA start\nA recv-want ch\nmain send ch 1\nmain end", model.CutOff, "returned cut-off"},
		{"received is what others sent", "main start\nmain go A\nmain go B\nA start\nA recv-want ch\nB start\nmain send ch 1\nB send-want ch 2\nA recv ch 1\nA end\nmain end", model.Leak, "returned returned blocked"},
		{"received is perhaps this", "main start\nmain go A\nA start\nA send-want ch 2\nmain recv ch 2\nmain end", model.CutOff, "returned cut-off"},
		{"received makes room", "main start\nmain go A\nmain send ch 1\nA start\nA send-want ch 2\nmain recv ch 1\nmain end", model.CutOff, "returned cut-off"},
		{"the lock is free again", "main start\nmain go A\nmain lock mu\nA start\nA lock-want mu\nmain unlock mu\nmain end", model.CutOff, "returned cut-off"},
		{"the lock was never given back", "main start\nmain go A\nmain lock mu\nA start\nA lock-want mu\nmain end", model.Leak, "returned blocked"},
		{"nobody signals", "main start\nmain go A\nA start\nA lock mu\nA cond-want c mu\nmain end", model.Leak, "returned blocked"},
		{"woken, but not there yet", "main start\nmain go A\nA start\nA lock mu\nA cond-want c mu\nmain signal c\nmain end", model.CutOff, "returned cut-off"},
		{"outside", "main start\nmain go A\nA start\nA outside\nmain end", model.CutOff, "returned cut-off"},
		{"a timer was set", "main start\nmain timer c 5\nmain go A\nA start\nA recv-want c\nmain end", model.CutOff, "returned cut-off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			x := told(t, test.text)
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
