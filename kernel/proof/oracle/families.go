package oracle

// The operations that are about the same kind of object.
var (
	onMutex   = []Op{Lock, Unlock, Locked, Deferred, TryLocked, CondWait, CondLoop, Signal, Broadcast, PollMutex}
	onRW      = []Op{RLock, RUnlock, RLocked, TryRLocked, WLock, WUnlock, WLocked, TryWLocked}
	onCond    = []Op{CondWait, CondLoop, Signal, Broadcast}
	onGroup   = []Op{GroupGo, Add, Done, Wait}
	onChannel = []Op{Send, Recv, RecvOk, Close, Range, Len, PollChan}
	onOnce    = []Op{Once}
	onVar     = []Op{Set, Get, Inc, CondLoop, PollMutex}
	onAtomic  = []Op{AtomicAdd, AtomicBump, AtomicLoad, AtomicStore, AtomicSwap, AtomicCAS, PollAtomic}
	onMap     = []Op{MapSet, MapGet, MapInc, MapDelete, MapLen, MapSum}
	onStruct  = []Op{FieldSet, FieldGet, StructGet}
	onTimer   = []Op{TimerRecv, Stop, Reset}
	onContext = []Op{Cancel, DoneRecv, Err}
)
