package oracle

import "math/rand/v2"

// Size is how large random programs may be.
type Size struct {
	Goroutines int     // besides main
	Statements int     // of each
	States     int     // of the whole program, with everything as a step
	Orders     float64 // of the steps that are promised
}

// Small is the size of programs of which each order can be tried. The states are few,
// because making programs that are left again would take longer than searching those
// that are not.
var Small = Size{Goroutines: 3, Statements: 4, States: 5_000, Orders: 60_000}

// Random makes the program of a seed, and says how it can end. Half of them are of a
// shape that programs often have, and have been changed a little; the others are a
// mixture of what two or three families of operations have.
func Random(seed uint64, size Size) (*Program, *Ends) {
	r := rand.New(rand.NewPCG(seed, 0x6f7261636c65))
	for {
		g := &generator{Rand: r, size: size}
		p := g.program()
		if ends := g.fit(p); ends != nil {
			return p, ends
		}
	}
}

// fit leaves statements out until the program is small enough. It returns nil if
// nothing is left that is worth a look.
func (g *generator) fit(p *Program) *Ends {
	for {
		ends, err := p.Ends(g.size.States)
		if err == nil && ends.Orders <= g.size.Orders {
			if ends.States < 8 {
				return nil
			}
			return ends
		}
		smaller := p.Smaller()
		if len(smaller) == 0 {
			return nil
		}
		*p = *smaller[g.IntN(len(smaller))]
	}
}

// generator makes one program.
type generator struct {
	*rand.Rand
	size   Size
	choose []choice // what its goroutines do
	room   []int
	label  int
	depth  int
}

// choice is a statement that may be made.
type choice func(g *generator) []Stmt

func (g *generator) program() *Program {
	p := &Program{}
	for range 2 {
		p.Room = append(p.Room, max(0, g.IntN(4)-1))
	}
	g.room = p.Room
	for range 2 + g.IntN(2) {
		g.choose = append(g.choose, families[g.IntN(len(families))]...)
	}
	g.choose = append(g.choose, control...)
	if g.IntN(2) == 0 {
		g.soup(p)
	} else {
		shapes[g.IntN(len(shapes))](g, p)
	}
	for range g.IntN(3) {
		g.disturb(p)
	}
	return p
}

// soup is goroutines that do anything, and main, which may wait for them.
func (g *generator) soup(p *Program) {
	joined := g.IntN(6) > 0
	for range 1 + g.IntN(g.size.Goroutines) {
		op := Go
		if joined {
			op = GroupGo
		}
		p.Body = append(p.Body, Stmt{Op: op, Then: g.some(g.size.Statements)})
	}
	if !joined || g.IntN(3) == 0 {
		p.Body = append(p.Body, g.some(g.size.Statements)...)
	}
	if joined {
		p.Body = append(p.Body, Stmt{Op: Wait})
	}
	p.Body = append(p.Body, g.some(1)...)
	if len(g.alarmed(p)) > 0 && g.IntN(3) == 0 {
		if do := g.some(1); !has(do, onTimer...) { // what a timer does cannot name it
			p.After = [][]Stmt{do}
		}
	}
}

// alarmed is what of the program is about timers.
func (g *generator) alarmed(p *Program) (all []int) {
	for i := range p.most(Stop, Reset) {
		if !p.uses(i, TimerRecv) {
			all = append(all, i)
		}
	}
	return all
}

// some is up to n statements, and what looks at their results.
func (g *generator) some(n int) (all []Stmt) {
	for range 1 + g.IntN(n) {
		all = append(all, g.choose[g.IntN(len(g.choose))](g)...)
	}
	return all
}

// inner is what is done within a statement: not much, and not deep.
func (g *generator) inner() []Stmt {
	if g.depth >= 2 {
		return []Stmt{g.print()}
	}
	g.depth++
	defer func() { g.depth-- }()
	return g.some(1)
}

// disturb puts a statement somewhere, or takes one away.
func (g *generator) disturb(p *Program) {
	if g.IntN(3) == 0 {
		if all := p.Smaller(); len(all) > 0 {
			*p = *all[g.IntN(len(all))]
		}
		return
	}
	lists := []*[]Stmt{&p.Body}
	walk(p.Body, func(s *Stmt) bool {
		if s.Op == Go || s.Op == GroupGo || s.Op == Range {
			lists = append(lists, &s.Then)
		}
		return true
	})
	list := lists[g.IntN(len(lists))]
	at := g.IntN(len(*list) + 1)
	more := g.choose[g.IntN(len(g.choose))](g)
	*list = append((*list)[:at:at], append(more, (*list)[at:]...)...)
}

// print prints a letter that nobody else prints.
func (g *generator) print() Stmt {
	g.label++
	return Stmt{Op: Print, N: g.label - 1}
}

func (g *generator) printV() Stmt {
	s := g.print()
	s.Op = PrintV
	return s
}

// seen is a statement with a result, which mostly is printed or decides something.
func (g *generator) seen(s Stmt) []Stmt {
	switch g.IntN(4) {
	case 0:
		return []Stmt{s}
	case 1:
		return []Stmt{s, {Op: If, N: g.IntN(3), Then: g.inner()}}
	}
	return []Stmt{s, g.printV()}
}

// either is a condition: what is done, and else.
func (g *generator) either(s Stmt) []Stmt {
	s.Then = g.inner()
	if g.IntN(2) == 0 {
		s.Else = g.inner()
	}
	return []Stmt{s}
}

// around is a statement with others in it.
func (g *generator) around(s Stmt) []Stmt {
	s.Then = g.inner()
	return []Stmt{s}
}

func alone(op Op) choice {
	return func(g *generator) []Stmt { return []Stmt{{Op: op, N: 1 + g.IntN(3)}} }
}

func withResult(op Op) choice {
	return func(g *generator) []Stmt { return g.seen(Stmt{Op: op, N: 1 + g.IntN(3)}) }
}

func condition(op Op) choice {
	return func(g *generator) []Stmt { return g.either(Stmt{Op: op, N: 1 + g.IntN(3)}) }
}

func body(op Op) choice {
	return func(g *generator) []Stmt { return g.around(Stmt{Op: op}) }
}

// one of two channels, the first more often.
func (g *generator) channel() int { return bit(g.IntN(3) == 0) }

func (g *generator) on(op Op) Stmt { return Stmt{Op: op, On: g.channel(), N: 1 + g.IntN(3)} }

// cases are those of a select.
func (g *generator) cases() (all []Stmt) {
	for range 1 + g.IntN(2) {
		s := g.on([]Op{Send, Recv, Recv}[g.IntN(3)])
		if g.IntN(6) == 0 {
			s = Stmt{Op: []Op{DoneRecv, TimerRecv, After}[g.IntN(3)], N: 1}
		}
		s.Then = g.inner()
		all = append(all, s)
	}
	return all
}
