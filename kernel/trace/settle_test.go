package trace_test

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// A send that its goroutine noted after it began, which was after the receive it
// was paired with, cannot be that receive's: the two stay without each other, and
// the recording can be read. (Senders that panic and try again were once taken for
// each other.)
func TestSendThatBeganLater(t *testing.T) {
	l, err := story.ParseLog(strings.NewReader(`log procs=2 wall=0 count=6 goroutines=2 skipped=0
1 1 g1 start site=1 flags=2
2 2 g1 go site=1 obj=0x1 aux=2
3 3 g1 recv site=1 obj=0x9 aux=5
4 4 g2 start site=1 flags=2
5 5 g2 send site=1 obj=0x9 aux=5
6 6 g1 end site=1
`))
	if err != nil {
		t.Fatal(err)
	}
	x := l.Execution([]event.Site{{}, {File: "p.go", Line: 1, Object: "c", Kind: event.KindInt}}, trace.Options{Mode: model.Real, Status: model.OK})
	if err := trace.Validate(x); err != nil {
		t.Error(err)
	}
}
