package event

// Table has one row for each operation, indexed by Op.
var Table = [numOps]Row{
	None: {Name: "none", Touch: TouchPass, Counts: CountsByState, Shown: ShownNowhere},

	Go: {
		Name: "go", Class: ClassGoroutine, Phrase: "starts a goroutine",
		Gives: HandChild, Leads: []Op{Start}, Later: true, Mate: Start, Aux: AuxID,
	},
	Start: {
		Name: "start", Class: ClassGoroutine, Phrase: "begins",
		Touch: TouchPass, Counts: CountsVisible,
		Takes: HandChild, Leads: []Op{Go}, Mate: Go, Shown: ShownInNext, Aux: AuxValue,
	},
	Name:   {Name: "name", Class: ClassGoroutine, Phrase: "is named", Shown: ShownNowhere, Aux: AuxText},
	End:    {Name: "end", Class: ClassGoroutine, Phrase: "returns", Touch: TouchGlobal, By: ByEnd, Leads: []Op{Wait, Recv}, Later: true, Last: true},
	Goexit: {Name: "goexit", Class: ClassGoroutine, Phrase: "ends itself", Touch: TouchGlobal, By: ByEnd, Last: true},
	Panic:  {Name: "panic", Class: ClassGoroutine, Phrase: "panics", Touch: TouchGlobal, By: ByEnd, Last: true},
	Exit:   {Name: "exit", Class: ClassGoroutine, Phrase: "ends the program", Touch: TouchGlobal, By: ByEnd, Aux: AuxNumber, Last: true},
	Gosched: {
		Name: "gosched", Class: ClassGoroutine, Phrase: "lets others run",
		Touch: TouchPass, Counts: CountsVisible,
	},
	Never: {Name: "never", Class: ClassGoroutine, Phrase: "will not begin", By: ByTimer, Last: true},

	LockWant: {Name: "lock-want", Class: ClassMutex, Phrase: "wants the lock", Wait: Lock, Straight: true},
	Lock: {
		Name: "lock", Class: ClassMutex, Phrase: "locks",
		Touch: TouchAcquire, Shared: TouchAsk, May: []Touch{TouchTake}, By: ByLock,
		Takes: HandWriters | HandReaders, Hold: HoldToWrite, Leads: []Op{Unlock, RUnlock},
	},
	TryLock: {
		Name: "trylock", Class: ClassMutex, Phrase: "tries to lock",
		Touch: TouchTry, Shared: TouchAttempt, May: []Touch{TouchAcquire}, By: ByLock,
		Takes: HandWriters | HandReaders, Hold: HoldToWrite, Fails: true, Leads: []Op{Unlock, RUnlock}, Aux: AuxBool,
	},
	Unlock: {
		Name: "unlock", Class: ClassMutex, Phrase: "unlocks",
		Touch: TouchRelease, Shared: TouchGiveUp, By: ByLock, Wakes: []Op{LockWant, RLockWant},
		Gives: HandWriters, Hold: HoldNoWrite, Leads: []Op{Lock, TryLock, RLock, TryRLock}, Later: true,
	},

	RLockWant: {Name: "rlock-want", Class: ClassRWMutex, Phrase: "wants to read-lock", Wait: RLock, Straight: true},
	RLock: {
		Name: "rlock", Class: ClassRWMutex, Phrase: "read-locks",
		Shared: TouchShare, By: ByLock,
		Takes: HandWriters, Hold: HoldToRead, Leads: []Op{Unlock, RUnlock},
	},
	TryRLock: {
		Name: "tryrlock", Class: ClassRWMutex, Phrase: "tries to read-lock",
		Shared: TouchAttempt, By: ByLock,
		Takes: HandWriters, Hold: HoldToRead, Fails: true, Leads: []Op{Unlock, RUnlock}, Aux: AuxBool,
	},
	RUnlock: {
		Name: "runlock", Class: ClassRWMutex, Phrase: "read-unlocks",
		Shared: TouchUnshare, By: ByLock, Wakes: []Op{LockWant},
		Gives: HandReaders, Hold: HoldNoRead, Leads: []Op{Lock, TryLock, RLock, TryRLock}, Later: true,
	},

	WGAdd: {
		Name: "wg-add", Class: ClassWaitGroup, Phrase: "adds to the group",
		Touch: TouchAdd, May: []Touch{TouchAddFirst, TouchDone, TouchDoneLast, TouchSupply, TouchDemand, TouchGlobal}, By: ByGroup, Counts: CountsByState, Wakes: []Op{WaitWant},
		Gives: HandDone, Leads: []Op{Wait}, Later: true, Aux: AuxNumber,
	},
	WGDone: {
		Name: "wg-done", Class: ClassWaitGroup, Phrase: "is done in the group",
		Touch: TouchDone, May: []Touch{TouchDoneLast, TouchDemand, TouchGlobal}, By: ByGroup, Counts: CountsVisible, Wakes: []Op{WaitWant},
		Gives: HandDone, Leads: []Op{Wait}, Later: true,
	},
	WaitWant: {Name: "wait-want", Class: ClassWaitGroup, Phrase: "waits for the group", Wait: Wait},
	Wait: {
		Name: "wait", Class: ClassWaitGroup, Phrase: "has waited for the group",
		Touch: TouchWait, By: ByGroup,
		Takes: HandDone, Leads: []Op{WGDone, WGAdd},
	},

	SendWant: {Name: "send-want", Class: ClassChannel, Phrase: "wants to send", Wait: Send, Aux: AuxValue},
	Send: {
		Name: "send", Class: ClassChannel, Phrase: "sends",
		Touch: TouchSend, May: []Touch{TouchMeet}, By: ByChannel, Wakes: []Op{RecvWant, SelectWant},
		Takes: HandRoom, Gives: HandMessage, Leads: []Op{Recv}, Later: true, Mate: Recv, Aux: AuxValue,
	},
	RecvWant: {Name: "recv-want", Class: ClassChannel, Phrase: "wants to receive", Wait: Recv, Straight: true},
	Recv: {
		Name: "recv", Class: ClassChannel, Phrase: "receives",
		Touch: TouchRecv, May: []Touch{TouchMeet, TouchDrained}, By: ByChannel, Wakes: []Op{SendWant, SelectWant},
		Takes: HandMessage | HandClosing, Gives: HandRoom, Leads: []Op{Send, Close}, Mate: Send, Aux: AuxValue,
	},
	Close: {
		Name: "close", Class: ClassChannel, Phrase: "closes the channel",
		Touch: TouchClose, May: []Touch{TouchGlobal}, By: ByChannel, Wakes: []Op{RecvWant, SelectWant},
		Gives: HandClosing, Leads: []Op{Recv}, Later: true,
	},
	SelectWant: {Name: "select-want", Class: ClassSelect, Phrase: "waits in a select", Wait: Select, Aux: AuxNumber},
	Select: {
		Name: "select", Class: ClassSelect, Phrase: "selects",
		May: []Touch{TouchPeek, TouchOffers, TouchAwaits, TouchSend, TouchRecv, TouchMeet, TouchDrained}, By: BySelect, Aux: AuxNumber,
	},

	CondWant: {
		Name: "cond-want", Class: ClassCond, Phrase: "waits for the condition", Wait: CondWait, Straight: true,
		Touch: TouchWrite, May: []Touch{TouchRelease, TouchGiveUp}, By: ByCond, Wakes: []Op{LockWant, RLockWant},
		Gives: HandWriters, Aux: AuxID,
	},
	CondWait: {
		Name: "cond-wait", Class: ClassCond, Phrase: "was woken",
		May: []Touch{TouchAcquire, TouchTake}, By: ByCond, Counts: CountsByState,
		Takes: HandSignal | HandWriters | HandReaders, Leads: []Op{Signal, Broadcast}, Aux: AuxID,
	},
	Signal: {
		Name: "signal", Class: ClassCond, Phrase: "signals",
		Touch: TouchWrite, Wakes: []Op{CondWant},
		Gives: HandSignal, Leads: []Op{CondWait}, Later: true,
	},
	Broadcast: {
		Name: "broadcast", Class: ClassCond, Phrase: "broadcasts",
		Touch: TouchWrite, Wakes: []Op{CondWant},
		Gives: HandSignal, Leads: []Op{CondWait}, Later: true,
	},

	OnceWant: {Name: "once-want", Class: ClassOnce, Phrase: "wants it done once", Wait: Once},
	OnceDo:   {Name: "once-do", Class: ClassOnce, Phrase: "does it, once", Touch: TouchAcquire, By: ByOnce},
	Once: {
		Name: "once", Class: ClassOnce, Phrase: "knows it done",
		Touch: TouchRead, May: []Touch{TouchAcquire}, By: ByOnce, Wakes: []Op{OnceWant},
		Takes: HandOnce, Gives: HandOnce, Leads: []Op{OnceDo},
	},

	Sleep: {Name: "sleep", Class: ClassTime, Phrase: "sleeps", Wait: Woke, Straight: true, May: []Touch{TouchBump}, By: ByClock, Aux: AuxDuration},
	Woke: {
		Name: "woke", Class: ClassTime, Phrase: "wakes up",
		Touch: TouchPass, May: []Touch{TouchBump}, By: ByClock, Counts: CountsByState, Shown: ShownInNext,
	},
	Timer:     {Name: "timer", Class: ClassTime, Phrase: "sets a timer", Touch: TouchWrite, May: []Touch{TouchRevoke, TouchGlobal}, By: ByTimer, Aux: AuxDuration},
	StopTimer: {Name: "stop-timer", Class: ClassTime, Phrase: "stops a timer", Touch: TouchWrite, May: []Touch{TouchRevoke, TouchGlobal}, By: ByTimer, Aux: AuxBool},

	Load:        {Name: "load", Class: ClassMemory, Phrase: "reads", Touch: TouchRead, By: ByAccess, Counts: CountsVisible, Aux: AuxValue},
	Store:       {Name: "store", Class: ClassMemory, Phrase: "writes", Touch: TouchWrite, By: ByAccess, Counts: CountsVisible, Aux: AuxValue},
	AtomicLoad:  {Name: "atomic-load", Class: ClassAtomic, Phrase: "reads atomically", Touch: TouchRead, By: ByAtomic, Takes: HandValue, Aux: AuxValue},
	AtomicStore: {Name: "atomic-store", Class: ClassAtomic, Phrase: "writes atomically", Touch: TouchWrite, By: ByAtomic, Gives: HandValue, Anew: true, Aux: AuxValue},
	AtomicAdd: {
		Name: "atomic-add", Class: ClassAtomic, Phrase: "adds atomically",
		Touch: TouchWrite, May: []Touch{TouchBump}, By: ByAtomic,
		Takes: HandValue, Gives: HandValue, Aux: AuxValue,
	},
	AtomicSwap: {Name: "atomic-swap", Class: ClassAtomic, Phrase: "swaps atomically", Touch: TouchWrite, By: ByAtomic, Takes: HandValue, Gives: HandValue, Aux: AuxValue},
	AtomicCAS: {
		Name: "atomic-cas", Class: ClassAtomic, Phrase: "compares and swaps",
		Touch: TouchWrite, May: []Touch{TouchRead}, By: ByAtomic,
		Takes: HandValue, Gives: HandValue, Fails: true, Aux: AuxValue,
	},

	Print: {Name: "print", Class: ClassOutput, Phrase: "prints", Touch: TouchWrite, By: ByOutput, Aux: AuxText},

	Outside: {Name: "outside", Class: ClassGoroutine, Phrase: "waits outside the scheduler", Wait: Inside, Aux: AuxText},
	Inside:  {Name: "inside", Class: ClassGoroutine, Phrase: "is back from outside", Takes: HandAll, Shown: ShownInNext},

	Case: {Name: "case", Class: ClassSelect, Phrase: "offers a case", Kept: KeptAside},

	Look:   {Name: "look", Class: ClassChannel, Phrase: "looks how much is in the channel", Touch: TouchPeek, By: ByChannel, Counts: CountsByState, Kept: KeptNot},
	Now:    {Name: "now", Class: ClassTime, Phrase: "looks at the clock", Touch: TouchRead, May: []Touch{TouchWrite}, By: ByClock, Kept: KeptNot},
	Census: {Name: "census", Class: ClassGoroutine, Phrase: "counts the goroutines", Touch: TouchGlobal, Kept: KeptNot},
	Chance: {Name: "chance", Class: ClassGoroutine, Phrase: "leaves it to chance", Touch: TouchPass, Counts: CountsVisible, Kept: KeptNot},
	Ended:  {Name: "ended", Class: ClassTime, Phrase: "asks whether the context has ended", Touch: TouchPass, Kept: KeptNot},

	Outcome: {Name: "outcome", Class: ClassOutput, Phrase: "ends with a value", Kept: KeptAside, Aux: AuxText},
	Enter:   {Name: "enter", Class: ClassGoroutine, Phrase: "begins a call", Kept: KeptAside, Aux: AuxID},
	Leave:   {Name: "leave", Class: ClassGoroutine, Phrase: "ends a call", Kept: KeptAside, Aux: AuxID},

	Context: {Name: "context", Class: ClassTime, Phrase: "makes a context", Kept: KeptAside, Aux: AuxID},
	Part:    {Name: "part", Class: ClassGoroutine, Phrase: "uses a part", Kept: KeptAside, Aux: AuxID},
}
