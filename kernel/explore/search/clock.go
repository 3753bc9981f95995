package search

// clock is a vector clock: for each goroutine, how many of its steps come
// before.
type clock []int32

func (c clock) join(other clock) {
	for i, n := range other {
		if n > c[i] {
			c[i] = n
		}
	}
}

// arena lends clocks that are all given back at once.
type arena struct {
	mem    []int32
	stride int
}

// take returns the place of a new clock, all zero; 0 is no place.
func (a *arena) take() int {
	if len(a.mem) == 0 {
		a.mem = append(a.mem, make([]int32, a.stride)...)
	}
	at := len(a.mem)
	if at+a.stride <= cap(a.mem) {
		a.mem = a.mem[:at+a.stride]
		clear(a.mem[at:])
	} else {
		a.mem = append(a.mem, make([]int32, a.stride)...)
	}
	return at
}

func (a *arena) at(place int) clock { return clock(a.mem[place : place+a.stride]) }

// reset takes all back, for clocks of so many goroutines.
func (a *arena) reset(stride int) { a.mem, a.stride = a.mem[:0], stride }
