package control

// queue is who has announced something about an object, in that order. Each knows
// its place, so that of a hundred thousand any one can leave at once.
type queue struct {
	places []waiter
	gone   int // places that were left
}

// waiter is one in a queue: of a goroutine, for one of its cases perhaps.
type waiter struct {
	g  *G   // nil if it left
	at *int // where the goroutine keeps its place
}

// few is how many places are not worth being moved up.
const few = 32

func (q *queue) join(g *G, at *int) {
	*at = len(q.places)
	q.places = append(q.places, waiter{g, at})
}

func (q *queue) leave(at int) {
	q.places[at] = waiter{}
	if q.gone++; q.gone == len(q.places) {
		q.places, q.gone = q.places[:0], 0
	} else if q.gone > few && q.gone > len(q.places)/2 {
		q.moveUp()
	}
}

// len is how many there are.
func (q *queue) len() int { return len(q.places) - q.gone }

// moveUp closes the gaps.
func (q *queue) moveUp() {
	kept := q.places[:0]
	for _, p := range q.places {
		if p.g != nil {
			*p.at = len(kept)
			kept = append(kept, p)
		}
	}
	clear(q.places[len(kept):])
	q.places, q.gone = kept, 0
}
