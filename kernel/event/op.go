package event

// Op is what a goroutine did at one step.
type Op uint8

// The operations. A "want" operation says that the goroutine reached the call
// and may have to wait; the operation of the same family without "want" says
// that it got through. A run that ends between the two left it blocked there.
// The recorder leaves out the "want" of a lock or a channel where the goroutine
// got through at once.
const (
	None Op = iota

	// Goroutines.
	Go      // the goroutine executes a go statement; Aux is the new goroutine's number, Obj its place among those this goroutine started, from 1
	Start   // the first step of a goroutine; Aux is its first argument where the site gives a kind; no site: started by a library
	Name    // a name for the goroutine; Obj ranks it among others, from 0, Aux refers to the text
	End     // the goroutine's function returned
	Goexit  // the goroutine called runtime.Goexit
	Panic   // the goroutine unwound without returning
	Exit    // os.Exit, log.Fatal; Aux is the exit status
	Gosched // the goroutine offered the processor to others
	Never   // the goroutine, which time or a context was to start, will not begin: that was called off

	// sync.Mutex, and the writing side of sync.RWMutex.
	LockWant
	Lock
	TryLock // Aux is 1 when the lock was got, 0 otherwise
	Unlock

	// The reading side of sync.RWMutex.
	RLockWant
	RLock
	TryRLock // Aux as for TryLock
	RUnlock

	// sync.WaitGroup.
	WGAdd  // Aux is the delta
	WGDone //
	WaitWant
	Wait

	// Channels. Aux of SendWant, Send, RecvWant and Recv is the raw value where
	// the site says the element is a simple one; Recv has FlagClosed when the
	// channel was closed and empty.
	SendWant
	Send
	RecvWant
	Recv
	Close
	SelectWant // Aux is the number of cases
	Select     // Aux is the index of the chosen case in source order, default counted; its Send or Recv follows

	// sync.Cond.
	CondWant // Wait was called: the lock, whose address is Aux, is released, the goroutine waits
	CondWait // Wait returned: the lock, whose address is Aux, is held again
	Signal
	Broadcast

	// sync.Once and its relatives.
	OnceWant
	OnceDo // this goroutine runs the function
	Once   // Do returned

	// Time.
	Sleep // Aux is the duration in nanoseconds
	Woke
	Timer     // a timer or ticker was set; Aux is the duration in nanoseconds, Obj its channel, 0 if it starts a goroutine
	StopTimer // Aux is 1 when it was still to come; Obj as for Timer

	// Shared memory. Aux is the raw value where the site gives a kind.
	Load
	Store
	AtomicLoad
	AtomicStore
	AtomicAdd  // Aux is the new value
	AtomicSwap // Aux is the new value
	AtomicCAS  // Aux is the new value; FlagFailed when it did not swap

	// Output.
	Print // Aux refers to the text

	// Code that the scheduler does not control.
	Outside // the goroutine waits in it; Aux refers to the function's name
	Inside  // it came back

	// Of a select.
	Case // after the SelectWant of a select that has to wait, in controlled runs, for each of its cases: Obj the channel, FlagSends where the case sends. No step: a goroutine's last event is the SelectWant

	// Looks at what others change, and chances. Steps of a controlled run that are
	// not recorded.
	Look   // how much a channel holds
	Now    // what time it is
	Census // how many goroutines there are
	Chance // a random number, the order of a map
	Ended  // whether a context has ended

	// What was asked for beside the program itself. No steps, and not in the hash:
	// a run is the same with and without them.
	Outcome // main ends; Aux refers to the text of a value, one for each that was asked for, in their order
	Enter   // a call of a function that is watched begins; Aux is the function's index among those watched
	Leave   // it is over: it returned or panicked; Aux as for Enter

	// Of contexts, in runs that Go schedules.
	Context // one that can end was made: Obj its Done channel, Aux that of the one it was made of, 0 if that never ends; FlagTimed where it has a deadline. No step

	numOps
)

// Flags of a record.
const (
	FlagClosed uint8 = 1 << iota // a receive from a closed, empty channel
	FlagFailed                   // a compare-and-swap that did not swap
	FlagText                     // Aux refers to a text in the arena
	FlagSelect                   // the operation was a case of a select
)

// FlagNoValue on a Load, Store, Send, Recv or Start: Aux is not the value,
// whatever the site's kind.
const FlagNoValue = FlagFailed

// FlagKey on a Load or Store: it is one of a map, and Aux the number of the
// element's key, 0 if it is not known or concerns all.
const FlagKey = FlagClosed

// FlagSends on a Case: it sends.
const FlagSends = FlagFailed

// FlagTimed on a Context: it has a deadline.
const FlagTimed = FlagFailed

// Row describes one operation.
type Row struct {
	Name   string // as in the JSON form of a run and on the lanes
	Class  Class
	Wait   Op     // for a "want" operation: the operation that ends the waiting
	Phrase string // "waits for the lock": completes "goroutine A …"
}

// Class groups the operations that act on the same kind of object.
type Class uint8

// The classes.
const (
	ClassGoroutine Class = iota
	ClassMutex
	ClassRWMutex
	ClassWaitGroup
	ClassChannel
	ClassSelect
	ClassCond
	ClassOnce
	ClassTime
	ClassMemory
	ClassAtomic
	ClassOutput
)

// Table has one row for each operation, indexed by Op.
var Table = [numOps]Row{
	None:        {Name: "none"},
	Go:          {Name: "go", Class: ClassGoroutine, Phrase: "starts a goroutine"},
	Start:       {Name: "start", Class: ClassGoroutine, Phrase: "begins"},
	Name:        {Name: "name", Class: ClassGoroutine, Phrase: "is named"},
	End:         {Name: "end", Class: ClassGoroutine, Phrase: "returns"},
	Goexit:      {Name: "goexit", Class: ClassGoroutine, Phrase: "ends itself"},
	Panic:       {Name: "panic", Class: ClassGoroutine, Phrase: "panics"},
	Exit:        {Name: "exit", Class: ClassGoroutine, Phrase: "ends the program"},
	Gosched:     {Name: "gosched", Class: ClassGoroutine, Phrase: "lets others run"},
	Never:       {Name: "never", Class: ClassGoroutine, Phrase: "will not begin"},
	LockWant:    {Name: "lock-want", Class: ClassMutex, Wait: Lock, Phrase: "wants the lock"},
	Lock:        {Name: "lock", Class: ClassMutex, Phrase: "locks"},
	TryLock:     {Name: "trylock", Class: ClassMutex, Phrase: "tries to lock"},
	Unlock:      {Name: "unlock", Class: ClassMutex, Phrase: "unlocks"},
	RLockWant:   {Name: "rlock-want", Class: ClassRWMutex, Wait: RLock, Phrase: "wants to read-lock"},
	RLock:       {Name: "rlock", Class: ClassRWMutex, Phrase: "read-locks"},
	TryRLock:    {Name: "tryrlock", Class: ClassRWMutex, Phrase: "tries to read-lock"},
	RUnlock:     {Name: "runlock", Class: ClassRWMutex, Phrase: "read-unlocks"},
	WGAdd:       {Name: "wg-add", Class: ClassWaitGroup, Phrase: "adds to the group"},
	WGDone:      {Name: "wg-done", Class: ClassWaitGroup, Phrase: "is done in the group"},
	WaitWant:    {Name: "wait-want", Class: ClassWaitGroup, Wait: Wait, Phrase: "waits for the group"},
	Wait:        {Name: "wait", Class: ClassWaitGroup, Phrase: "has waited for the group"},
	SendWant:    {Name: "send-want", Class: ClassChannel, Wait: Send, Phrase: "wants to send"},
	Send:        {Name: "send", Class: ClassChannel, Phrase: "sends"},
	RecvWant:    {Name: "recv-want", Class: ClassChannel, Wait: Recv, Phrase: "wants to receive"},
	Recv:        {Name: "recv", Class: ClassChannel, Phrase: "receives"},
	Close:       {Name: "close", Class: ClassChannel, Phrase: "closes the channel"},
	SelectWant:  {Name: "select-want", Class: ClassSelect, Wait: Select, Phrase: "waits in a select"},
	Select:      {Name: "select", Class: ClassSelect, Phrase: "selects"},
	CondWant:    {Name: "cond-want", Class: ClassCond, Wait: CondWait, Phrase: "waits for the condition"},
	CondWait:    {Name: "cond-wait", Class: ClassCond, Phrase: "was woken"},
	Signal:      {Name: "signal", Class: ClassCond, Phrase: "signals"},
	Broadcast:   {Name: "broadcast", Class: ClassCond, Phrase: "broadcasts"},
	OnceWant:    {Name: "once-want", Class: ClassOnce, Wait: Once, Phrase: "wants it done once"},
	OnceDo:      {Name: "once-do", Class: ClassOnce, Phrase: "does it, once"},
	Once:        {Name: "once", Class: ClassOnce, Phrase: "knows it done"},
	Sleep:       {Name: "sleep", Class: ClassTime, Wait: Woke, Phrase: "sleeps"},
	Woke:        {Name: "woke", Class: ClassTime, Phrase: "wakes up"},
	Timer:       {Name: "timer", Class: ClassTime, Phrase: "sets a timer"},
	StopTimer:   {Name: "stop-timer", Class: ClassTime, Phrase: "stops a timer"},
	Load:        {Name: "load", Class: ClassMemory, Phrase: "reads"},
	Store:       {Name: "store", Class: ClassMemory, Phrase: "writes"},
	AtomicLoad:  {Name: "atomic-load", Class: ClassAtomic, Phrase: "reads atomically"},
	AtomicStore: {Name: "atomic-store", Class: ClassAtomic, Phrase: "writes atomically"},
	AtomicAdd:   {Name: "atomic-add", Class: ClassAtomic, Phrase: "adds atomically"},
	AtomicSwap:  {Name: "atomic-swap", Class: ClassAtomic, Phrase: "swaps atomically"},
	AtomicCAS:   {Name: "atomic-cas", Class: ClassAtomic, Phrase: "compares and swaps"},
	Print:       {Name: "print", Class: ClassOutput, Phrase: "prints"},
	Outside:     {Name: "outside", Class: ClassGoroutine, Wait: Inside, Phrase: "waits outside the scheduler"},
	Inside:      {Name: "inside", Class: ClassGoroutine, Phrase: "is back from outside"},
	Case:        {Name: "case", Class: ClassSelect, Phrase: "offers a case"},
	Look:        {Name: "look", Class: ClassChannel, Phrase: "looks how much is in the channel"},
	Now:         {Name: "now", Class: ClassTime, Phrase: "looks at the clock"},
	Census:      {Name: "census", Class: ClassGoroutine, Phrase: "counts the goroutines"},
	Chance:      {Name: "chance", Class: ClassGoroutine, Phrase: "leaves it to chance"},
	Ended:       {Name: "ended", Class: ClassTime, Phrase: "asks whether the context has ended"},
	Outcome:     {Name: "outcome", Class: ClassOutput, Phrase: "ends with a value"},
	Enter:       {Name: "enter", Class: ClassGoroutine, Phrase: "begins a call"},
	Leave:       {Name: "leave", Class: ClassGoroutine, Phrase: "ends a call"},
	Context:     {Name: "context", Class: ClassTime, Phrase: "makes a context"},
}

// String returns the operation's name in the table, "op?" if it has none.
func (op Op) String() string {
	if op >= numOps {
		return "op?"
	}
	return Table[op].Name
}

// Parse returns the operation of that name, and whether there is one.
func Parse(name string) (Op, bool) {
	for op := range Table {
		if Table[op].Name == name {
			return Op(op), true
		}
	}
	return None, false
}
