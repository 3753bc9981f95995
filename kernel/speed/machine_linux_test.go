package speed

import (
	"testing"
	"time"
)

// TestInUse: user, nice, system, irq, softirq and steal count; idle and iowait do not.
// Of a machine with other processors nothing is known.
func TestInUse(t *testing.T) {
	const stat = "cpu  1 2 4 1000 1000 8 16 32 500 500\ncpu0 0 0 0 0 0 0 0 0 0 0\ncpu1 0 0 0 0 0 0 0 0 0 0\nintr 5\n"
	for _, c := range []struct {
		text       string
		processors int
		want       time.Duration
	}{{stat, 2, 630 * time.Millisecond}, {stat, 1, -1}, {stat, 3, -1}, {"", 0, -1}, {"cpu 1 2\n", 0, -1}} {
		if got := inUse(c.text, c.processors); got != c.want {
			t.Errorf("%d processors: %v, want %v", c.processors, got, c.want)
		}
	}
}

// TestWatch: what this process does itself is not the work of others.
func TestWatch(t *testing.T) {
	if machineTime() < 0 {
		return // it runs in a part of a machine
	}
	before := ourTime()
	others := Watch()
	for ourTime()-before < 30*time.Millisecond {
		spin()
	}
	if others() < 0 {
		t.Error("it is not known")
	}
}
