package speed

import (
	"testing"
	"time"
)

// TestWatch: what this process does itself is not the work of others.
func TestWatch(t *testing.T) {
	if machineTime() < 0 {
		t.Fatal("the system does not tell how busy its processors are")
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
