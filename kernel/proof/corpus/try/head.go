package try

import (
	"encoding/binary"

	"threading101/kernel/event"
)

// readHead reads what the header of a recording says.
func (o *Outcome) readHead(head []byte) {
	word := func(off int) uint64 { return binary.NativeEndian.Uint64(head[off:]) }
	o.Events, o.Steps, o.Hash = word(event.OffCount), word(event.OffSteps), word(event.OffHash)
	o.Stop, o.Loose = event.Stop(word(event.OffStop)), event.Loose(word(event.OffLoose))
}
