package try

import (
	"encoding/binary"

	"threading101/kernel/event"
)

// count is how many records a recording's header says there are.
func count(head []byte) uint64 { return binary.NativeEndian.Uint64(head[event.OffCount:]) }
