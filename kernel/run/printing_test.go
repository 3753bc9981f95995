package run

import (
	"testing"
	"time"

	"threading101/kernel/sched"
)

// Who prints waits for whoever takes the output, which on a busy machine may be long: it
// keeps the turn meanwhile. Once the watchdog gave it to another, in the middle of a
// print, and the replay of a token was another run.
func TestSlowlyTakenOutputChangesNothing(t *testing.T) {
	const slow = 50 * time.Millisecond // several times what the watchdog waits
	for seed := range uint64(3) {
		spec := sched.Spec{Seed: seed}
		quick := runControlled(t, "longprints", spec)
		change := controlledSpec(t, "longprints", spec)
		o, _ := runToEnd(t, func(s *Spec) {
			change(s)
			s.Limits.OutputBytes = -1
			s.Output = func(string, string) { time.Sleep(slow) }
		})
		if o.Loose != 0 || quick.Loose != 0 || o.Hash != quick.Hash || o.Token != quick.Token {
			t.Errorf("seed %d: met %b, %s; taken at once: met %b, %s", seed, o.Loose, o.Token, quick.Loose, quick.Token)
		}
	}
}

// More is sent than a recording keeps of texts: which send belongs to which receive is
// known all the same.
func TestMoreTextThanIsKept(t *testing.T) {
	o := runControlled(t, "longtexts", sched.Spec{Seed: 3})
	if o.TraceProblem != "" || o.Stdout != "600000\n" {
		t.Errorf("%q %q", o.TraceProblem, o.Stdout)
	}
}
