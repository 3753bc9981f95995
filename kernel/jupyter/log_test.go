package jupyter

import (
	"strings"
	"testing"
)

// A flood of malformed messages must not become a flood of log lines.
func TestSparse(t *testing.T) {
	j := new(journal)
	logf := sparse(j.logf)
	for i := range 10000 {
		logf("line %d", i)
	}
	until(t, "the second to be over", func() bool {
		logf("another")
		return j.has("more lines like these")
	})
	if n := strings.Count(j.String(), "line "); n < linesPerSecond || n > 5*linesPerSecond {
		t.Errorf("%d lines", n)
	}
	sparse(nil)("nothing")
}
