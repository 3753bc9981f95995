package search

// entry is what one step did to a lock of readers and writers.
type entry struct {
	step int32
	kind Kind
}

// orderShared orders p behind what was done to a lock of readers and writers.
func (h *History) orderShared(p int, o *object, k Kind) {
	for _, e := range o.log {
		if Conflict(k, e.kind) && !enables(e.kind, k) {
			h.gather(e.step)
		}
	}
	h.followFound(p)
	for _, e := range o.log {
		if enables(e.kind, k) {
			h.learn(p, e.step)
		}
	}
}

// enables says whether what comes second may have waited for what came first:
// the other way round it could not have been done.
func enables(first, second Kind) bool {
	return second == Share && first == GiveUp || second == Take && (first == GiveUp || first == Unshare)
}
