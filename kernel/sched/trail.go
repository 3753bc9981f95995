package sched

// Trail makes a token's trail of what a controlled run recorded of itself: the
// low 5 bits of the hash of all steps so far after 1, 2, 4, 8 … steps, then 10
// bits of that of the whole run, the low ones first. moments are the first of
// these, hash is the last. It tells not only whether a replay is the same run,
// but also about where it ceases to be.
func Trail(moments []byte, steps, hash uint64) []byte {
	if steps == 0 {
		return nil
	}
	trail := make([]byte, 0, 16)
	for i := 0; i < len(moments) && steps>>i > 0; i++ {
		trail = append(trail, moments[i]&31)
	}
	end := mixed(hash)
	return append(trail, byte(end&31), byte(end>>5&31))
}

// mixed spreads what is in hash over all its bits: what was done last may be
// in the upper ones only.
func mixed(hash uint64) uint64 { return NewRandom(hash).Next() }

// endValues is how many values of a trail are of the whole run.
const endValues = 2

// Parted compares the trail of a token with that of its replay, which made so
// many steps. It returns the number of steps after which, at the latest, the two
// are no longer the same run, or -1 if they are the same throughout. Without a
// trail nothing can be said: -1.
func Parted(token, replay []byte, steps uint64) int {
	if len(token) <= endValues || len(replay) <= endValues {
		return -1
	}
	a, b := len(token)-endValues, len(replay)-endValues
	for i := range min(a, b) {
		if token[i] != replay[i] {
			return 1 << i
		}
	}
	if a != b {
		return 1 << min(a, b) // one of them has ended before
	}
	for i := range endValues {
		if token[a+i] != replay[b+i] {
			return int(steps)
		}
	}
	return -1
}
