package control

import (
	"testing"

	"threading101/kernel/event"
)

// Tokens that were printed hold the hash: it must not change with the table. No
// two operations may look alike in it.
func TestCodes(t *testing.T) {
	if codes[event.Lock] != 0x974f || codes[event.Send] != 0xbace {
		t.Errorf("lock is %#x, send %#x", codes[event.Lock], codes[event.Send])
	}
	seen := map[uint64]string{}
	for op, row := range event.Table {
		if other, ok := seen[codes[op]]; ok {
			t.Errorf("%s and %s are both %#x", other, row.Name, codes[op])
		}
		seen[codes[op]] = row.Name
	}
}
