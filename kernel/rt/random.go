package rt

import (
	"threading101/kernel/rt/control"
	"threading101/kernel/sched"
)

// Random is a random number of a controlled run. Each goroutine draws from a
// stream of its own, made from the run's seed and its number, so what one draws
// does not depend on what the others did meanwhile.
func Random() uint64 {
	g := control.Active.Enter()
	if control.Active.Pausing(g) {
		control.Active.Observer.DrawsPause()
	} else {
		control.Active.Observer.FixesRandom()
	}
	l := &control.Active.Library
	if l.Streams == nil {
		l.Streams = map[uint32]*sched.Random{}
	}
	stream := l.Streams[g.ID]
	if stream == nil {
		stream = sched.NewRandom(control.Active.Spec.Seed ^ uint64(g.ID)*0x9e3779b97f4a7c15)
		stream.Reset(stream.Next())
		l.Streams[g.ID] = stream
	}
	control.Active.Leave(g)
	return stream.Next()
}
