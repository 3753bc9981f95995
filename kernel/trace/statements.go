package trace

import (
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// pairStatement finds for whose transaction a statement waits: the number with which its
// text begins.
func (b *builder) pairStatement(e *model.Event) {
	if e.Op != event.StatementWant {
		return
	}
	number, text, _ := strings.Cut(e.Value, " ")
	e.Value = text
	n, err := strconv.ParseUint(number, 10, 32)
	if lane, ok := b.lanes[uint32(n)]; ok && err == nil && lane != e.G {
		e.Partner = lane
	}
}
