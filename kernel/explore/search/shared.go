package search

import "threading101/kernel/event"

// entry is what one step did to a lock of readers and writers.
type entry struct {
	step int32
	kind Kind
}

// orderShared orders p behind what was done to a lock of readers and writers.
func (h *History) orderShared(p int, o *object, k Kind) {
	for _, e := range o.log {
		if event.Conflict(k, e.kind) && !event.Enables(e.kind, k) {
			h.gather(e.step)
		}
	}
	h.followFound(p)
	for _, e := range o.log {
		if event.Enables(e.kind, k) {
			h.learn(p, e.step)
		}
	}
}
