package rt

import "threading101/kernel/event"

// naming is what the program says of the goroutine that go statement s is about
// to start: names, of which the reader of the record takes the one that tells
// this goroutine from its siblings.
type naming struct {
	s    uint32
	rank uint32 // the most telling is 0
	name string
}

// GoNamed offers a name for the goroutine that go statement s starts next, "visit
// https://…", or only the text where what is empty. It returns the text.
func GoNamed[S ~string](s, rank uint32, what string, name S) S {
	if naming := namesGoroutines(); naming && what != "" {
		offer(s, rank, what+" "+string(name))
	} else if naming {
		offer(s, rank, string(name))
	}
	return name
}

// GoNumbered offers a name that ends in a number: "Worker 3".
func GoNumbered[N integer](s, rank uint32, what string, n N) N {
	if namesGoroutines() {
		offer(s, rank, what+" "+decimal(n))
	}
	return n
}

// namesGoroutines says whether anybody will read the names.
func namesGoroutines() bool { return ring != nil && (ctl == nil || !ctl.quiet) }

// mostNames is how many names are kept for goroutines that are about to start.
const mostNames = 16

//go:norace
func offer(s, rank uint32, name string) {
	m := cur().rare()
	if len(m.names) == mostNames { // what is old was for a go statement that panicked
		m.names = append(m.names[:0], m.names[1:]...)
	}
	m.names = append(m.names, naming{s, rank, name})
}

// offered takes out the names for the goroutine that go statement s starts.
// While its arguments were evaluated another may have been started, and where
// that panicked nobody was.
func (m *more) offered(s uint32) (all []naming) {
	if m == nil || len(m.names) == 0 {
		return nil
	}
	kept := m.names[:0]
	for _, n := range m.names {
		if n.s == s {
			all = append(all, n)
		} else {
			kept = append(kept, n)
		}
	}
	m.names = kept
	return all
}

// recordNames records the names offered for child.
//
//go:norace
func recordNames(t int64, child *routine, all []naming) {
	for _, n := range all {
		put(t, child, event.Name, event.FlagText, n.s, uintptr(n.rank), putText(n.name))
	}
}

// decimal is n in decimal digits.
func decimal[N integer](n N) string {
	var text [20]byte
	i, negative := len(text), n < 0
	for {
		digit := n % 10
		if digit < 0 {
			digit = -digit
		}
		i--
		text[i] = '0' + byte(digit)
		if n /= 10; n == 0 {
			break
		}
	}
	if negative {
		i--
		text[i] = '-'
	}
	return string(text[i:])
}
