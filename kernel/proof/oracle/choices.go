package oracle

// control is what any program may have.
var control = []choice{
	func(g *generator) []Stmt { return []Stmt{g.print()} },
	func(g *generator) []Stmt { return []Stmt{g.print()} },
}

// families are what a program may have in particular.
var families = [][]choice{
	{alone(Inc), alone(Inc), withResult(Get), alone(Set), other(Inc), other(Set), otherGet},
	{alone(AtomicBump), withResult(AtomicAdd), withResult(AtomicLoad), alone(AtomicStore), withResult(AtomicSwap), condition(AtomicCAS)},
	{body(Locked), body(Locked), condition(TryLocked), locked(Inc), locked(Set), lockedGet, twoMutexes},
	{deferred(Send), deferred(Close), deferred(Panic), body(Locked), overOne(Send), overOne(Close), received, safely(Send)},
	{body(RLocked), body(WLocked), condition(TryRLocked), condition(TryWLocked), alone(RLock), twoLocks},
	{body(Once), onceInc, withResult(Get)},
	{overOne(Send), overOne(Send), received, received, selected, chosen, overOne(Close), ranged, safely(Close)},
	{overOne(Send), received, recvOk, chosen, selected, length, polled},
	{overOne(Send), received, overOne(Close), ranged, withResult(AtomicLoad), alone(AtomicBump)},
	{condition(Stop), condition(Reset), alone(TimerRecv), received, overOne(Send), chosen},
	{condition(Stop), alone(TimerRecv), alone(Sleep), alone(After), timedOut},
	{alone(Cancel), alone(DoneRecv), condition(Err), selected, chosen, received, overOne(Send)},
	{condWait, alone(Signal), alone(Broadcast), alone(CondLoop), locked(Set)},
	{alone(Sleep), started, alone(Inc), withResult(Get)},
	{started, inGroup, alone(Wait), alone(AtomicBump), withResult(AtomicLoad)},
	{alone(Panic), safely(Panic), alone(Exit), alone(Goexit), alone(Return), body(Locked), overOne(Send), received},
	{mapped(MapInc), mapped(MapSet), mappedGet, mapped(MapDelete)},
	{mapped(MapInc), alone(MapSet), withResult(MapGet), alone(MapInc), alone(MapDelete)},
	{alone(FieldSet), withResult(FieldGet), withResult(StructGet), alone(Inc)},
	{alone(Gosched), withResult(Number), started, overOne(Send), received},
	{condition(Late), alone(Sleep), alone(TimerRecv), condition(Stop)},
	{alone(PollAtomic), alone(AtomicStore), alone(PollMutex), locked(Set)},
}

func overOne(op Op) choice {
	return func(g *generator) []Stmt { return []Stmt{g.on(op)} }
}

func received(g *generator) []Stmt { return g.seen(g.on(Recv)) }

func recvOk(g *generator) []Stmt { return g.either(g.on(RecvOk)) }

func length(g *generator) []Stmt { return g.seen(g.on(Len)) }

func ranged(g *generator) []Stmt { return g.around(g.on(Range)) }

func polled(g *generator) []Stmt { return []Stmt{g.on(PollChan)} }

func selected(g *generator) []Stmt { return []Stmt{{Op: Select, Cases: g.cases()}} }

func chosen(g *generator) []Stmt {
	return []Stmt{{Op: Choose, Cases: g.cases(), Else: g.inner()}}
}

func timedOut(g *generator) []Stmt {
	s := Stmt{Op: Select, Cases: append(g.cases(), Stmt{Op: After, N: 1, Then: g.inner()})}
	return []Stmt{s}
}

// safely is an operation that may panic, and a recover.
func safely(op Op) choice {
	return func(g *generator) []Stmt {
		s := Stmt{Op: Try, Then: []Stmt{{Op: op, N: 1}}}
		if g.IntN(2) == 0 {
			s.Else = []Stmt{g.print()}
		}
		return []Stmt{s}
	}
}

func locked(op Op) choice {
	return func(g *generator) []Stmt {
		return []Stmt{{Op: Locked, Then: []Stmt{{Op: op, N: 1 + g.IntN(2)}}}}
	}
}

// deferred is an operation that may panic, under a lock that is let go whatever comes.
func deferred(op Op) choice {
	return func(g *generator) []Stmt {
		s := Stmt{Op: Deferred, Then: append(g.inner(), g.on(op))}
		if g.IntN(3) == 0 {
			s = Stmt{Op: Try, Then: []Stmt{s}, Else: []Stmt{g.print()}}
		}
		return []Stmt{s}
	}
}

func lockedGet(g *generator) []Stmt {
	return g.seen(Stmt{Op: Locked, Then: []Stmt{{Op: Get}}})
}

func mapped(op Op) choice {
	return func(g *generator) []Stmt {
		return []Stmt{{Op: Locked, Then: []Stmt{{Op: op, N: 1 + g.IntN(3)}}}}
	}
}

func mappedGet(g *generator) []Stmt {
	op := []Op{MapGet, MapLen, MapSum}[g.IntN(3)]
	return g.seen(Stmt{Op: Locked, Then: []Stmt{{Op: op, N: 1 + g.IntN(3)}}})
}

// twoLocks is one lock within another, in one order or the other.
func twoLocks(g *generator) []Stmt {
	i := g.IntN(2)
	inside := Stmt{Op: []Op{RLocked, WLocked}[g.IntN(2)], On: 1 - i, Then: []Stmt{g.print()}}
	return []Stmt{{Op: []Op{RLocked, WLocked}[g.IntN(2)], On: i, Then: []Stmt{inside}}}
}

// twoMutexes is the same of plain locks.
func twoMutexes(g *generator) []Stmt {
	i := g.IntN(2)
	inside := Stmt{Op: Locked, On: 1 - i, Then: []Stmt{g.print()}}
	return []Stmt{{Op: Locked, On: i, Then: []Stmt{inside}}}
}

// other is an operation on a second variable.
func other(op Op) choice {
	return func(g *generator) []Stmt { return []Stmt{{Op: op, On: 1, N: 1 + g.IntN(3)}} }
}

func otherGet(g *generator) []Stmt { return g.seen(Stmt{Op: Get, On: 1}) }

func onceInc(*generator) []Stmt { return []Stmt{{Op: Once, Then: []Stmt{{Op: Inc}}}} }

func condWait(g *generator) []Stmt {
	return []Stmt{{Op: Locked, Then: []Stmt{{Op: CondWait}, g.print()}}}
}

func started(g *generator) []Stmt { return []Stmt{{Op: Go, Then: g.inner()}} }

func inGroup(g *generator) []Stmt { return []Stmt{{Op: GroupGo, On: 1, Then: g.inner()}} }
