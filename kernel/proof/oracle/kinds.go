package oracle

// kind is a way to use an object, in a goroutine of its own.
type kind struct {
	name     string
	do       []Stmt
	before   []Stmt // what main has done before
	alarm    []Stmt // what timer 1 does, if it is about that
	deadline bool   // context 1 ends by itself
}

// What stands for what a goroutine has seen: that it came by here, and its v.
const (
	seen  Op = "seen"
	seenV Op = "seen-v"
)

// has0 is one statement.
func has0(op Op) []Stmt { return []Stmt{{Op: op}} }

var (
	here  = Stmt{Op: seen}
	there = Stmt{Op: seen, N: 1}
	value = Stmt{Op: seenV}
)

// asks is a condition of which both ways are seen.
func asks(op Op, on, n int) Stmt {
	return Stmt{Op: op, On: on, N: n, Then: []Stmt{here}, Else: []Stmt{there}}
}

// family is the kinds of use of one object, and how main sees what became of it.
type family struct {
	kinds []kind
	after []Stmt
	room  int // in the channel
}

// objects are the families of which each kind meets each.
func objects() []family {
	return []family{
		{kinds: mutexKinds, after: []Stmt{{Op: Get}, {Op: PrintV}}},
		{kinds: rwKinds, after: []Stmt{{Op: Get}, {Op: PrintV}}},
		{kinds: groupKinds},
		{kinds: channelKinds},
		{kinds: channelKinds, room: 1},
		{kinds: onceKinds, after: []Stmt{{Op: Get}, {Op: PrintV}}},
		{kinds: variableKinds, after: []Stmt{{Op: Get}, {Op: PrintV}}},
		{kinds: atomicKinds, after: []Stmt{{Op: AtomicLoad}, {Op: PrintV}}},
		{kinds: mapKinds, after: []Stmt{{Op: MapSum}, {Op: PrintV}, {Op: MapLen}, {Op: PrintV}}},
		{kinds: fieldKinds, after: []Stmt{{Op: FieldGet}, {Op: PrintV}, {Op: StructGet}, {Op: PrintV}}},
		{kinds: timeKinds},
		{kinds: contextKinds},
	}
}

var mutexKinds = []kind{
	{name: "lock and unlock", do: []Stmt{{Op: Locked, Then: []Stmt{{Op: Inc}}}}},
	{name: "lock and deferred unlock", do: []Stmt{{Op: Deferred, Then: []Stmt{{Op: Inc}}}}},
	{name: "panic with a deferred unlock", before: shut, do: []Stmt{{Op: Deferred, Then: []Stmt{{Op: Inc}, {Op: Send, On: 2}}}}},
	{name: "lock", do: []Stmt{{Op: Lock}, here}},
	{name: "unlock", before: has0(Lock), do: []Stmt{{Op: Unlock}, here}},
	{name: "trylock", do: []Stmt{asks(TryLocked, 0, 0)}},
	{name: "wait", do: []Stmt{{Op: Locked, Then: []Stmt{{Op: CondWait}, here}}}},
	{name: "wait in a loop", do: []Stmt{{Op: CondLoop}, here}},
	{name: "signal", do: []Stmt{{Op: Signal}, here}},
	{name: "broadcast", do: []Stmt{{Op: Broadcast}, here}},
	{name: "set and signal", do: []Stmt{{Op: Locked, Then: []Stmt{{Op: Set, N: 1}, {Op: Signal}}}}},
	{name: "poll", do: []Stmt{{Op: PollMutex}, here}},
}

var rwKinds = []kind{
	{name: "rlock and runlock", do: []Stmt{{Op: RLocked, Then: []Stmt{{Op: Get}, value}}}},
	{name: "rlock", do: []Stmt{{Op: RLock}, here}},
	{name: "runlock", before: has0(RLock), do: []Stmt{{Op: RUnlock}, here}},
	{name: "tryrlock", do: []Stmt{asks(TryRLocked, 0, 0)}},
	{name: "wlock and wunlock", do: []Stmt{{Op: WLocked, Then: []Stmt{{Op: Inc}}}}},
	{name: "wlock", do: []Stmt{{Op: WLock}, here}},
	{name: "wunlock", before: has0(WLock), do: []Stmt{{Op: WUnlock}, here}},
	{name: "trywlock", do: []Stmt{asks(TryWLocked, 0, 0)}},
}

var groupKinds = []kind{
	{name: "group add", do: []Stmt{{Op: Add, On: 1, N: 1}, here}},
	{name: "group done", before: []Stmt{{Op: Add, On: 1, N: 1}}, do: []Stmt{{Op: Done, On: 1}, here}},
	{name: "group add and done", do: []Stmt{{Op: Add, On: 1, N: 1}, {Op: Done, On: 1}, here}},
	{name: "group add of -1", before: []Stmt{{Op: Add, On: 1, N: 1}}, do: []Stmt{{Op: Add, On: 1, N: -1}, here}},
	{name: "group done twice", before: []Stmt{{Op: Add, On: 1, N: 1}}, do: []Stmt{{Op: Done, On: 1}, {Op: Done, On: 1}, here}},
	{name: "group wait", do: []Stmt{{Op: Wait, On: 1}, here}},
	{name: "group go", do: []Stmt{{Op: GroupGo, On: 1, Then: has0(Print)}, here}},
}

var channelKinds = []kind{
	{name: "send", do: []Stmt{{Op: Send}, here}},
	{name: "receive", do: []Stmt{{Op: Recv}, value}},
	{name: "receive, ok", do: []Stmt{asks(RecvOk, 0, 0)}},
	{name: "range", do: []Stmt{{Op: Range, Then: []Stmt{value}}, there}},
	{name: "close", do: []Stmt{{Op: Close}, here}},
	{name: "close or recover", do: []Stmt{{Op: Try, Then: has0(Close), Else: []Stmt{here}}}},
	{name: "receive after close", before: has0(Close), do: []Stmt{{Op: Recv}, value}},
	{name: "len", do: []Stmt{{Op: Len}, value}},
	{name: "select", do: []Stmt{{Op: Select, Cases: []Stmt{{Op: Recv, Then: []Stmt{value}}, {Op: Send, Then: []Stmt{there}}}}}},
	{name: "receive or default", do: []Stmt{{Op: Choose, Cases: []Stmt{{Op: Recv, Then: []Stmt{value}}}, Else: []Stmt{there}}}},
	{name: "send or default", do: []Stmt{{Op: Choose, Cases: []Stmt{{Op: Send, Then: []Stmt{here}}}, Else: []Stmt{there}}}},
	{name: "receive twice", do: []Stmt{{Op: Recv}, {Op: Recv}, value}},
	{name: "receive or after", do: []Stmt{{Op: Select, Cases: []Stmt{{Op: Recv, Then: []Stmt{value}}, {Op: After, N: 1, Then: []Stmt{there}}}}}},
}

var onceKinds = []kind{
	{name: "once", do: []Stmt{{Op: Once, Then: []Stmt{{Op: Inc}, here}}}},
	{name: "once, then look", do: []Stmt{{Op: Once, Then: has0(Inc)}, {Op: Get}, value}},
	{name: "once, and panic", do: []Stmt{{Op: Try, Then: []Stmt{{Op: Once, Then: has0(Panic)}}, Else: []Stmt{here}}}},
	{name: "once, and goexit", do: []Stmt{{Op: Once, Then: has0(Goexit)}, here}},
}

var variableKinds = []kind{
	{name: "load", do: []Stmt{{Op: Get}, value}},
	{name: "store", do: has0(Set)},
	{name: "increment", do: has0(Inc)},
}

var atomicKinds = []kind{
	{name: "add, discarded", do: has0(AtomicBump)},
	{name: "add, used", do: []Stmt{{Op: AtomicAdd}, value}},
	{name: "atomic load", do: []Stmt{{Op: AtomicLoad}, value}},
	{name: "atomic store", do: has0(AtomicStore)},
	{name: "swap", do: []Stmt{{Op: AtomicSwap}, value}},
	{name: "compare and swap", do: []Stmt{asks(AtomicCAS, 0, 2)}},
	{name: "atomic poll", do: []Stmt{{Op: PollAtomic}, here}},
}

var mapKinds = []kind{
	{name: "map read", do: []Stmt{{Op: MapGet, N: 1}, value}},
	{name: "map write", do: []Stmt{{Op: MapSet, N: 1}}},
	{name: "map write elsewhere", do: []Stmt{{Op: MapSet, N: 2}}},
	{name: "map update", do: []Stmt{{Op: MapInc, N: 1}}},
	{name: "map delete", do: []Stmt{{Op: MapDelete, N: 1}}},
	{name: "map len", do: []Stmt{{Op: MapLen}, value}},
	{name: "map range", do: []Stmt{{Op: MapSum}, value}},
}

var fieldKinds = []kind{
	{name: "write of a field", do: []Stmt{{Op: FieldSet, N: 2}}},
	{name: "write of an inner field", do: []Stmt{{Op: FieldSet, N: 1}}},
	{name: "read of a field", do: []Stmt{{Op: FieldGet}, value}},
	{name: "copy of an inner struct", do: []Stmt{{Op: StructGet}, value}},
}

var timeKinds = []kind{
	{name: "timer receive", do: []Stmt{{Op: TimerRecv}, here}},
	{name: "timer stop", do: []Stmt{asks(Stop, 0, 0)}},
	{name: "timer reset", do: []Stmt{asks(Reset, 0, 0)}},
	{name: "AfterFunc stop", alarm: has0(Print), do: []Stmt{asks(Stop, 1, 0)}},
	{name: "AfterFunc reset", alarm: has0(Print), do: []Stmt{{Op: Reset, On: 1, Then: []Stmt{here}}}},
	{name: "after", do: []Stmt{{Op: After, N: 1}, here}},
	{name: "sleep", do: []Stmt{{Op: Sleep, N: 1}, here}},
	{name: "clock", do: []Stmt{asks(Late, 0, 1)}},
}

var contextKinds = []kind{
	{name: "cancel", do: []Stmt{{Op: Cancel}, here}},
	{name: "done", do: []Stmt{{Op: DoneRecv}, here}},
	{name: "err", do: []Stmt{asks(Err, 0, 0)}},
	{name: "deadline cancel", deadline: true, do: []Stmt{{Op: Cancel, On: 1}, here}},
	{name: "deadline done", deadline: true, do: []Stmt{{Op: DoneRecv, On: 1}, here}},
	{name: "deadline err", deadline: true, do: []Stmt{asks(Err, 1, 0)}},
}

// shut makes channel 2 one that is closed.
var shut = []Stmt{{Op: Close, On: 2}}

// effectKinds are about no object: each meets all of the others.
var effectKinds = []kind{
	{name: "print", do: []Stmt{here}},
	{name: "panic", do: has0(Panic)},
	{name: "panic and recover", do: []Stmt{{Op: Try, Then: has0(Panic), Else: []Stmt{here}}}},
	{name: "send when closed", before: shut, do: []Stmt{{Op: Send, On: 2}}},
	{name: "send when closed, and recover", before: shut, do: []Stmt{{Op: Try, Then: []Stmt{{Op: Send, On: 2}}, Else: []Stmt{here}}}},
	{name: "close again", before: shut, do: []Stmt{{Op: Close, On: 2}}},
	{name: "done for nothing", do: []Stmt{{Op: Done, On: 2}}},
	{name: "exit", do: []Stmt{{Op: Exit, N: 1}}},
	{name: "goexit", do: has0(Goexit)},
	{name: "gosched", do: []Stmt{{Op: Gosched}, here}},
	{name: "number of goroutines", do: []Stmt{{Op: Number}, value}},
	{name: "go", do: []Stmt{{Op: Go, Then: has0(Print)}}},
	{name: "sleep", do: []Stmt{{Op: Sleep, N: 1}, here}},
	{name: "clock", do: []Stmt{asks(Late, 0, 1)}},
}
