package rt

import "threading101/kernel/sched"

// Random is a random number of a controlled run. Each goroutine draws from a
// stream of its own, made from the run's seed and its number, so what one draws
// does not depend on what the others did meanwhile.
func Random() uint64 {
	g := ctl.enter()
	if ctl.pausing(g) {
		ctl.observer.drawsPause()
	} else {
		ctl.observer.fixesRandom()
	}
	l := &ctl.lib
	if l.streams == nil {
		l.streams = map[uint32]*sched.Random{}
	}
	stream := l.streams[g.ID]
	if stream == nil {
		stream = sched.NewRandom(ctl.spec.Seed ^ uint64(g.ID)*0x9e3779b97f4a7c15)
		stream.Reset(stream.Next())
		l.streams[g.ID] = stream
	}
	ctl.over(g)
	return stream.Next()
}
