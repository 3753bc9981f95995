package event

// Table has one row for each operation, indexed by Op.
var Table = [numOps]Row{
	None: {Name: "none", Touch: TouchPass, Counts: CountsByState, Shown: ShownNowhere},

	Go: {
		Name: "go", Class: ClassGoroutine,
		Gives: HandChild, Leads: []Op{Start}, Later: true, Mate: Start, Aux: AuxID,
	},
	Start: {
		Name: "start", Class: ClassGoroutine,
		Touch: TouchPass, Counts: CountsVisible,
		Takes: HandChild, Leads: []Op{Go}, Mate: Go, Shown: ShownInNext, Aux: AuxValue,
	},
	Name:   {Name: "name", Class: ClassGoroutine, Shown: ShownNowhere, Aux: AuxText},
	End:    {Name: "end", Class: ClassGoroutine, Touch: TouchGlobal, By: ByEnd, Leads: []Op{Wait, Recv}, Later: true, Last: true},
	Goexit: {Name: "goexit", Class: ClassGoroutine, Touch: TouchGlobal, By: ByEnd, Last: true},
	Panic:  {Name: "panic", Class: ClassGoroutine, Touch: TouchGlobal, By: ByEnd, Last: true},
	Exit:   {Name: "exit", Class: ClassGoroutine, Touch: TouchGlobal, By: ByEnd, Aux: AuxNumber, Last: true},
	Gosched: {
		Name: "gosched", Class: ClassGoroutine,
		Touch: TouchPass, Counts: CountsVisible,
	},
	Never: {Name: "never", Class: ClassGoroutine, By: ByTimer, Last: true},

	LockWant: {Name: "lock-want", Class: ClassMutex, Wait: Lock, Straight: true},
	Lock: {
		Name: "lock", Class: ClassMutex,
		Touch: TouchAcquire, Shared: TouchAsk, May: []Touch{TouchTake}, By: ByLock,
		Takes: HandWriters | HandReaders, Hold: HoldToWrite, Leads: []Op{Unlock, RUnlock},
	},
	TryLock: {
		Name: "trylock", Class: ClassMutex,
		Touch: TouchTry, Shared: TouchAttempt, May: []Touch{TouchAcquire}, By: ByLock,
		Takes: HandWriters | HandReaders, Hold: HoldToWrite, Fails: true, Leads: []Op{Unlock, RUnlock}, Aux: AuxBool,
	},
	Unlock: {
		Name: "unlock", Class: ClassMutex,
		Touch: TouchRelease, Shared: TouchGiveUp, By: ByLock, Wakes: []Op{LockWant, RLockWant},
		Gives: HandWriters, Hold: HoldNoWrite, Leads: []Op{Lock, TryLock, RLock, TryRLock}, Later: true,
	},

	RLockWant: {Name: "rlock-want", Class: ClassRWMutex, Wait: RLock, Straight: true},
	RLock: {
		Name: "rlock", Class: ClassRWMutex,
		Shared: TouchShare, By: ByLock,
		Takes: HandWriters, Hold: HoldToRead, Leads: []Op{Unlock, RUnlock},
	},
	TryRLock: {
		Name: "tryrlock", Class: ClassRWMutex,
		Shared: TouchAttempt, By: ByLock,
		Takes: HandWriters, Hold: HoldToRead, Fails: true, Leads: []Op{Unlock, RUnlock}, Aux: AuxBool,
	},
	RUnlock: {
		Name: "runlock", Class: ClassRWMutex,
		Shared: TouchUnshare, By: ByLock, Wakes: []Op{LockWant},
		Gives: HandReaders, Hold: HoldNoRead, Leads: []Op{Lock, TryLock, RLock, TryRLock}, Later: true,
	},

	WGAdd: {
		Name: "wg-add", Class: ClassWaitGroup,
		Touch: TouchAdd, May: []Touch{TouchAddFirst, TouchDone, TouchDoneLast, TouchSupply, TouchDemand, TouchGlobal}, By: ByGroup, Counts: CountsByState, Wakes: []Op{WaitWant},
		Gives: HandDone, Leads: []Op{Wait}, Later: true, Aux: AuxNumber,
	},
	WGDone: {
		Name: "wg-done", Class: ClassWaitGroup,
		Touch: TouchDone, May: []Touch{TouchDoneLast, TouchDemand, TouchGlobal}, By: ByGroup, Counts: CountsVisible, Wakes: []Op{WaitWant},
		Gives: HandDone, Leads: []Op{Wait}, Later: true,
	},
	WaitWant: {Name: "wait-want", Class: ClassWaitGroup, Wait: Wait},
	Wait: {
		Name: "wait", Class: ClassWaitGroup,
		Touch: TouchWait, By: ByGroup,
		Takes: HandDone, Leads: []Op{WGDone, WGAdd},
	},

	SendWant: {Name: "send-want", Class: ClassChannel, Wait: Send, Aux: AuxValue},
	Send: {
		Name: "send", Class: ClassChannel,
		Touch: TouchSend, May: []Touch{TouchMeet}, By: ByChannel, Wakes: []Op{RecvWant, SelectWant},
		Takes: HandRoom, Gives: HandMessage, Leads: []Op{Recv}, Later: true, Mate: Recv, Aux: AuxValue,
	},
	RecvWant: {Name: "recv-want", Class: ClassChannel, Wait: Recv, Straight: true},
	Recv: {
		Name: "recv", Class: ClassChannel,
		Touch: TouchRecv, May: []Touch{TouchMeet, TouchDrained}, By: ByChannel, Wakes: []Op{SendWant, SelectWant},
		Takes: HandMessage | HandClosing, Gives: HandRoom, Leads: []Op{Send, Close}, Mate: Send, Aux: AuxValue,
	},
	Close: {
		Name: "close", Class: ClassChannel,
		Touch: TouchClose, May: []Touch{TouchGlobal}, By: ByChannel, Wakes: []Op{RecvWant, SelectWant},
		Gives: HandClosing, Leads: []Op{Recv}, Later: true,
	},
	SelectWant: {Name: "select-want", Class: ClassSelect, Wait: Select, Aux: AuxNumber},
	Select: {
		Name: "select", Class: ClassSelect,
		May: []Touch{TouchPeek, TouchOffers, TouchAwaits, TouchSend, TouchRecv, TouchMeet, TouchDrained}, By: BySelect, Aux: AuxNumber,
	},

	CondWant: {
		Name: "cond-want", Class: ClassCond, Wait: CondWait, Straight: true,
		Touch: TouchWrite, May: []Touch{TouchRelease, TouchGiveUp}, By: ByCond, Wakes: []Op{LockWant, RLockWant},
		Gives: HandWriters, Aux: AuxID,
	},
	CondWait: {
		Name: "cond-wait", Class: ClassCond,
		May: []Touch{TouchAcquire, TouchTake}, By: ByCond, Counts: CountsByState,
		Takes: HandSignal | HandWriters | HandReaders, Leads: []Op{Signal, Broadcast}, Aux: AuxID,
	},
	Signal: {
		Name: "signal", Class: ClassCond,
		Touch: TouchWrite, Wakes: []Op{CondWant},
		Gives: HandSignal, Leads: []Op{CondWait}, Later: true,
	},
	Broadcast: {
		Name: "broadcast", Class: ClassCond,
		Touch: TouchWrite, Wakes: []Op{CondWant},
		Gives: HandSignal, Leads: []Op{CondWait}, Later: true,
	},

	OnceWant: {Name: "once-want", Class: ClassOnce, Wait: Once},
	OnceDo:   {Name: "once-do", Class: ClassOnce, Touch: TouchAcquire, By: ByOnce},
	Once: {
		Name: "once", Class: ClassOnce,
		Touch: TouchRead, May: []Touch{TouchAcquire}, By: ByOnce, Wakes: []Op{OnceWant},
		Takes: HandOnce, Gives: HandOnce, Leads: []Op{OnceDo},
	},

	Sleep: {Name: "sleep", Class: ClassTime, Wait: Woke, Straight: true, May: []Touch{TouchWrite}, By: ByClock, Aux: AuxDuration},
	Woke: {
		Name: "woke", Class: ClassTime,
		Touch: TouchPass, May: []Touch{TouchBump}, By: ByClock, Counts: CountsByState, Shown: ShownInNext,
	},
	Timer:     {Name: "timer", Class: ClassTime, Touch: TouchWrite, May: []Touch{TouchRevoke, TouchGlobal}, By: ByTimer, Aux: AuxDuration},
	StopTimer: {Name: "stop-timer", Class: ClassTime, Touch: TouchWrite, May: []Touch{TouchRevoke, TouchGlobal}, By: ByTimer, Aux: AuxBool},

	Load:        {Name: "load", Class: ClassMemory, Touch: TouchRead, By: ByAccess, Counts: CountsVisible, Aux: AuxValue},
	Store:       {Name: "store", Class: ClassMemory, Touch: TouchWrite, By: ByAccess, Counts: CountsVisible, Aux: AuxValue},
	AtomicLoad:  {Name: "atomic-load", Class: ClassAtomic, Touch: TouchRead, By: ByAtomic, Takes: HandValue, Aux: AuxValue},
	AtomicStore: {Name: "atomic-store", Class: ClassAtomic, Touch: TouchWrite, By: ByAtomic, Gives: HandValue, Anew: true, Aux: AuxValue},
	AtomicAdd: {
		Name: "atomic-add", Class: ClassAtomic,
		Touch: TouchWrite, May: []Touch{TouchBump}, By: ByAtomic,
		Takes: HandValue, Gives: HandValue, Aux: AuxValue,
	},
	AtomicSwap: {Name: "atomic-swap", Class: ClassAtomic, Touch: TouchWrite, By: ByAtomic, Takes: HandValue, Gives: HandValue, Aux: AuxValue},
	AtomicCAS: {
		Name: "atomic-cas", Class: ClassAtomic,
		Touch: TouchWrite, By: ByAtomic,
		Takes: HandValue, Gives: HandValue, Fails: true, Aux: AuxValue,
	},
	AtomicPut: {
		Name: "atomic-put", Class: ClassAtomic,
		Touch: TouchWrite, By: ByAtomic,
		Takes: HandValue, Gives: HandValue, Fails: true,
	},

	Print: {Name: "print", Class: ClassOutput, Touch: TouchWrite, By: ByOutput, Aux: AuxText},

	FileOpen:     {Name: "file-open", Class: ClassFile, Touch: TouchRead, May: []Touch{TouchWrite}, By: ByFile, Fails: true, Aux: AuxText},
	FileRead:     {Name: "file-read", Class: ClassFile, Touch: TouchRead, By: ByFile, Fails: true, Aux: AuxText},
	FileWrite:    {Name: "file-write", Class: ClassFile, Touch: TouchWrite, By: ByFile, Fails: true, Aux: AuxText},
	FileClose:    {Name: "file-close", Class: ClassFile, Touch: TouchWrite, By: ByFile, Fails: true, Aux: AuxText},
	FileSeek:     {Name: "file-seek", Class: ClassFile, Touch: TouchRead, By: ByFile, Fails: true, Aux: AuxText},
	FileTruncate: {Name: "file-truncate", Class: ClassFile, Touch: TouchWrite, By: ByFile, Fails: true, Aux: AuxText},
	FileRename:   {Name: "file-rename", Class: ClassFile, Touch: TouchWrite, By: ByFile, Fails: true, Aux: AuxText},
	FileRemove:   {Name: "file-remove", Class: ClassFile, Touch: TouchWrite, By: ByFile, Fails: true, Aux: AuxText},
	FileLook:     {Name: "file-look", Class: ClassFile, Touch: TouchRead, By: ByFile, Fails: true, Aux: AuxText},

	StatementWant: {
		Name: "sql-want", Class: ClassDatabase, Wait: Statement,
		Touch: TouchWrite, By: ByStatement, Aux: AuxText,
	},
	Statement: {
		Name: "sql", Class: ClassDatabase,
		Touch: TouchWrite, By: ByStatement, Counts: CountsByState, Wakes: []Op{StatementWant}, Fails: true, Aux: AuxText,
		Leads: []Op{Statement},
	},

	Outside: {Name: "outside", Class: ClassGoroutine, Wait: Inside, Aux: AuxText},
	Inside:  {Name: "inside", Class: ClassGoroutine, Takes: HandAll, Shown: ShownInNext},

	Case: {Name: "case", Class: ClassSelect, Kept: KeptAside},

	Look:         {Name: "look", Class: ClassChannel, Touch: TouchPeek, By: ByChannel, Counts: CountsByState, Kept: KeptNot},
	Now:          {Name: "now", Class: ClassTime, Touch: TouchRead, May: []Touch{TouchWrite}, By: ByClock, Kept: KeptNot},
	NumGoroutine: {Name: "census", Class: ClassGoroutine, Touch: TouchGlobal, Kept: KeptNot},
	Chance:       {Name: "chance", Class: ClassGoroutine, Touch: TouchPass, Counts: CountsVisible, Kept: KeptNot},
	Ended:        {Name: "ended", Class: ClassTime, Touch: TouchPass, Kept: KeptNot},
	Peek:         {Name: "peek", Class: ClassMemory, Touch: TouchGlobal, Kept: KeptNot},

	Value: {Name: "outcome", Class: ClassOutput, Kept: KeptAside, Aux: AuxText},
	Enter: {Name: "enter", Class: ClassGoroutine, Kept: KeptAside, Aux: AuxID},
	Leave: {Name: "leave", Class: ClassGoroutine, Kept: KeptAside, Aux: AuxID},
	False: {Name: "false", Class: ClassGoroutine, Kept: KeptAside, Aux: AuxText},

	Called: {Name: "called", Class: ClassFile, Kept: KeptAside, Aux: AuxText},
	Says:   {Name: "says", Class: ClassTableRow, Kept: KeptAside, Aux: AuxText},

	Context: {Name: "context", Class: ClassTime, Kept: KeptAside, Aux: AuxID},
	Buffer:  {Name: "buffer", Class: ClassChannel, Kept: KeptAside, Aux: AuxNumber},
	Part:    {Name: "part", Class: ClassGoroutine, Kept: KeptAside, Aux: AuxID},
	Spans:   {Name: "spans", Class: ClassGoroutine, Kept: KeptAside, Aux: AuxNumber},
	Compute: {Name: "compute", Class: ClassGoroutine, Kept: KeptAside},

	Decided: {Name: "decided", Class: ClassGoroutine, Kept: KeptAside, Aux: AuxID},
	Offer:   {Name: "offer", Class: ClassGoroutine, Kept: KeptAside},
}
