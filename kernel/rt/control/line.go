package control

// line is who announced what on a channel: how many, and since when. Asking each
// of a thousand about each other would take a million questions.
type line struct {
	n       [2]int    // receives, sends; a case of a select counts as one
	first   [2]uint64 // the epoch of the earliest of them
	counted bool      // first is right
}

func side(send bool) int {
	if send {
		return 1
	}
	return 0
}

func (l *line) add(send bool, n int) {
	l.n[side(send)] += n
	l.counted = false
}

// earliest returns the epoch since which somebody has announced a send, or a
// receive.
func (o *Object) earliest(send bool) uint64 {
	if !o.line.counted {
		o.line.counted = true
		o.line.first = [2]uint64{^uint64(0), ^uint64(0)}
		for _, p := range o.waiters.places {
			w := p.g
			if w == nil {
				continue
			}
			for _, send := range [2]bool{false, true} {
				if w.announced(o, send) {
					o.line.first[side(send)] = min(o.line.first[side(send)], w.Epoch)
				}
			}
		}
	}
	return o.line.first[side(send)]
}

// announced says whether g announced a send, or a receive, on a channel.
func (g *G) announced(o *Object, send bool) bool {
	if g.Pending.Comm != nil {
		return g.Pending.Comm.Send == send
	}
	return g.Pending.Select != nil && g.Pending.Select.has(o, send)
}
