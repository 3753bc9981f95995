package sched

// Then is who decides after the choices that a [Spec] counts.
type Then uint8

// The ways to go on.
const (
	ThenSame Then = iota // whoever decided those
	ThenAsk              // nobody: the run ends
	ThenSeed             // random numbers, from Spec.Rest
)

// Prefix makes the first choices of another source, and then those of a second one. If
// there is none, nothing is decided any more.
type Prefix struct {
	first     Source
	left      uint64 // choices that first makes
	rest      Source // nil: nobody decides
	undecided bool
}

// newPrefix returns the source of a spec whose Then is not ThenSame.
func newPrefix(first Source, s Spec) *Prefix {
	p := &Prefix{first: first, left: s.Made}
	if s.Then == ThenSeed {
		p.rest = NewRandom(s.Rest)
	}
	return p
}

// Reset implements [Source]: at a prompt, the first source begins anew. How many choices
// it still makes stays as it is.
func (p *Prefix) Reset(seed uint64) { p.first.Reset(seed) }

// Choose implements [Source].
func (p *Prefix) Choose(at *Point) int {
	if s := p.next(); s != nil {
		return s.Choose(at)
	}
	return Staying(at)
}

// Pick implements [Source].
func (p *Prefix) Pick(n int) int {
	if s := p.next(); s != nil {
		return s.Pick(n)
	}
	return 0
}

// next is who makes the choice at hand, nil if nobody does.
func (p *Prefix) next() Source {
	if p.left > 0 {
		p.left--
		return p.first
	}
	p.undecided = p.rest == nil
	return p.rest
}

// Undecided implements [Finite].
func (p *Prefix) Undecided() bool { return p.undecided }

// Misfit implements [Strict].
func (p *Prefix) Misfit() (Switch, bool) {
	if strict, ok := p.first.(Strict); ok {
		return strict.Misfit()
	}
	return Switch{}, false
}

// Staying is what a replay chooses that is told nothing: the goroutine that made the last
// step if it can go on, or else the one started first.
func Staying(p *Point) int {
	ready := p.Ready()
	if i := place(ready, p.Current); i >= 0 {
		return i
	}
	return lowest(ready)
}
