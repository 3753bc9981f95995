package oracle

// shapes are what concurrent programs often look like.
var shapes = []func(*generator, *Program){pool, pipeline, collected, firstAnswer, stopped, guarded, firstError}

// pool is workers who receive from one channel until it is closed.
func pool(g *generator, p *Program) {
	for range 2 {
		then := []Stmt{g.taking()}
		if g.IntN(3) == 0 {
			then = append(then, g.inner()...)
		}
		p.Body = append(p.Body, Stmt{Op: GroupGo, Then: then})
	}
	var feed []Stmt
	for i := range 1 + g.IntN(2) {
		feed = append(feed, Stmt{Op: Send, N: i + 1})
	}
	if g.IntN(5) > 0 {
		feed = append(feed, Stmt{Op: Close})
	}
	if g.IntN(3) == 0 {
		feed = []Stmt{{Op: Go, Then: feed}}
	}
	p.Body = append(append(p.Body, feed...), Stmt{Op: Wait}, g.print())
}

// taking is how a worker takes what there is to do.
func (g *generator) taking() Stmt {
	look := []Stmt{g.printV()}
	switch g.IntN(4) {
	case 0:
		return Stmt{Op: Repeat, N: 2, Then: []Stmt{{Op: Recv}, g.printV()}}
	case 1:
		return Stmt{Op: RecvOk, Then: look, Else: []Stmt{g.print()}}
	case 2:
		return Stmt{Op: Range, Then: []Stmt{{Op: Locked, Then: []Stmt{{Op: Inc}}}, g.print()}}
	}
	return Stmt{Op: Range, Then: look}
}

// pipeline is stages that each hand on what they receive.
func pipeline(g *generator, p *Program) {
	p.Body = []Stmt{
		{Op: Go, Then: []Stmt{{Op: Send, N: 1}, {Op: Send, N: 2}, {Op: Close}}},
		{Op: Go, Then: []Stmt{{Op: Range, Then: []Stmt{{Op: Send, On: 1, N: 3}}}, {Op: Close, On: 1}}},
		{Op: Range, On: 1, Then: []Stmt{g.printV()}},
		g.print(),
	}
	if g.IntN(3) == 0 {
		p.Body[2] = Stmt{Op: Recv, On: 1} // and then it is no longer interested
	}
}

// collected is goroutines that send what they have found, and one that closes the
// channel when all are done.
func collected(g *generator, p *Program) {
	for i := range 2 {
		then := append(g.some(1), Stmt{Op: Send, N: i + 1})
		p.Body = append(p.Body, Stmt{Op: GroupGo, Then: then})
	}
	p.Body = append(p.Body,
		Stmt{Op: Go, Then: []Stmt{{Op: Wait}, {Op: Close}}},
		Stmt{Op: Range, Then: []Stmt{g.printV()}})
}

// firstAnswer is some who answer, and main, which waits for one, or not for long.
func firstAnswer(g *generator, p *Program) {
	for i := range 2 {
		p.Body = append(p.Body, Stmt{Op: Go, Then: []Stmt{{Op: Send, On: i * g.IntN(2), N: i + 1}, g.print()}})
	}
	s := Stmt{Op: Select, Cases: []Stmt{{Op: Recv, Then: []Stmt{g.printV()}}, {Op: Recv, On: 1, Then: []Stmt{g.printV()}}}}
	switch g.IntN(3) {
	case 0:
		s.Cases[1] = Stmt{Op: After, N: 1, Then: []Stmt{g.print()}}
	case 1:
		s.Op, s.Else = Choose, []Stmt{g.print()}
	}
	p.Body = append(p.Body, s)
}

// stopped is a goroutine that works until it is told to stop.
func stopped(g *generator, p *Program) {
	work := []Stmt{{Op: Send, N: 1, Then: g.inner()}, {Op: Recv, On: 1, Then: []Stmt{g.print(), {Op: Return}}}}
	one := Stmt{Op: Select, Cases: work}
	if g.IntN(2) == 0 {
		one = Stmt{Op: Choose, Cases: work[1:], Else: g.inner()}
	}
	stop := Stmt{Op: Close, On: 1}
	if g.IntN(3) == 0 {
		work[1].Op, work[1].On, stop = DoneRecv, 0, Stmt{Op: Cancel}
	}
	p.Body = []Stmt{
		{Op: Go, Then: []Stmt{{Op: Repeat, N: 2, Then: []Stmt{one}}, g.print()}},
		{Op: Recv}, g.printV(), stop,
	}
	if one.Op == Choose {
		p.Body[1] = Stmt{Op: Sleep, N: 1}
	}
	if g.IntN(2) == 0 {
		p.Body = append(p.Body, Stmt{Op: Sleep, N: 1})
	}
}

// guarded is a variable that some lock, and others forget to.
func guarded(g *generator, p *Program) {
	access := []Stmt{{Op: Inc}}
	takes := []Stmt{
		{Op: Locked, Then: access}, {Op: WLocked, Then: access}, {Op: RLocked, Then: []Stmt{{Op: Get}}},
		{Op: TryLocked, Then: access}, {Op: Once, Then: access}, {Op: Inc},
	}
	first := g.IntN(len(takes))
	for range 2 {
		s := takes[first]
		if g.IntN(3) == 0 {
			s = takes[g.IntN(len(takes))]
		}
		p.Body = append(p.Body, Stmt{Op: GroupGo, Then: []Stmt{s, g.print()}})
	}
	p.Body = append(p.Body, g.some(1)...)
	p.Body = append(p.Body, Stmt{Op: Wait}, Stmt{Op: Get}, g.printV())
}

// firstError is who ends a context while it holds something, and one that wants to
// hold it as well if the context has not ended.
func firstError(g *generator, p *Program) {
	holds := []Op{Locked, WLocked, RLocked, Once}
	one := holds[g.IntN(len(holds))]
	other := one
	if other == RLocked {
		other = WLocked
	}
	wants := []Stmt{{Op: other, Then: []Stmt{g.print()}}}
	p.Body = []Stmt{
		{Op: GroupGo, Then: []Stmt{{Op: one, Then: []Stmt{g.print(), {Op: Cancel}}}}},
		{Op: GroupGo, Then: []Stmt{{Op: Err, Then: []Stmt{g.print()}, Else: wants}}},
		{Op: Wait},
	}
}
