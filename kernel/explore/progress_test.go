package explore

import (
	"strings"
	"testing"
	"time"

	"threading101/kernel/model"
)

func TestProgressLine(t *testing.T) {
	for _, c := range []struct {
		p     Progress
		parts []string
	}{
		{Progress{}, []string{"all interleavings"}},
		{Progress{Level: model.Bounded, Preemptions: 1, Runs: 1200, Found: 1, Budget: 2 * time.Second}, []string{"1,200 schedules", "1 outcome ", "at most 1 preemption ", "0.5 s of 2 s"}},
		{Progress{Level: model.Bounded, Runs: 1, Found: 2}, []string{"1 schedule ", "2 outcomes", "without a preemption"}},
		{Progress{Level: model.Sampled, Runs: 1}, []string{"a sample"}},
	} {
		line := c.p.Line(500 * time.Millisecond)
		for _, part := range c.parts {
			if !strings.Contains(line+" ", part) {
				t.Errorf("%+v: %q lacks %q", c.p, line, part)
			}
		}
		if strings.Contains(line, "\n") {
			t.Errorf("%+v: more than one line: %q", c.p, line)
		}
	}
}
