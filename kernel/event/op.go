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
	AtomicPut  // a sync.Map's LoadOrStore; FlagFailed when the key was there, and nothing was stored

	// Output.
	Print // Aux refers to the text

	// Files. Obj is the file by its name; Aux refers to a text, FlagFailed says that
	// it was not done.
	FileOpen     // Aux is "new" where it made the file, "emptied" where it cut what was there
	FileRead     // Aux is what was read; FlagFailed also at the end of the file
	FileWrite    // Aux is what was written
	FileClose    //
	FileSeek     // Aux is the place, in bytes
	FileTruncate // Aux is the new length, in bytes
	FileRename   // Aux is the old name
	FileRemove   //
	FileLook     // what a file is, or what a folder holds, was asked for

	// Databases. The text is the statement, and of Statement what became of it; that of
	// StatementWant begins with the number of the goroutine that is waited for, 0 if it
	// is not known, and a space.
	StatementWant // the statement was sent, and waits for what another transaction has locked
	Statement     // the statement is done; FlagFailed when it failed

	// Code that the scheduler does not control.
	Outside // the goroutine waits in it; Aux refers to the function's name
	Inside  // it came back

	// Of a select.
	Case // after the SelectWant of a select that has to wait, in controlled runs, for each of its cases: Obj the channel, FlagSends where the case sends. No step: a goroutine's last event is the SelectWant

	// Looks at what others change, and chances. Steps of a controlled run that are
	// not recorded.
	Look         // how much a channel holds
	Now          // what time it is
	NumGoroutine // how many goroutines there are
	Chance       // a random number, the order of a map
	Ended        // whether a context has ended
	Peek         // what a lock holds, in a search: to other runs it is a Load like any other

	// What was asked for beside the program itself. No steps, and not in the hash:
	// a run is the same with and without them.
	Value // main ends; Aux refers to the text of a value, one for each that was asked for, in their order
	Enter // a call of a function that is watched begins; Aux is the function's index among those watched
	Leave // it is over: it returned or panicked; Aux as for Enter
	False // a condition that is watched is not true: Obj is its index among those watched, Aux refers to what was read for it, and the goroutine made the step before

	// Of files.
	Called // the file at Obj is called as the text at Aux says. No step, and not in the hash

	// Of databases.
	Says // what the database says after the statement before, or while it waits: a [Fact]. No step, and not in the hash

	// Of contexts, in runs that Go schedules.
	Context // one that can end was made: Obj its Done channel, Aux that of the one it was made of, 0 if that never ends; FlagTimed where it has a deadline. No step

	// Of controlled runs, no steps and not in the hash.
	Buffer  // the buffer of the channel at Obj holds Aux values. Without one, a send over it and the receive are one step
	Part    // an access to the variable at Obj, at that site, is one to the variable that begins at Aux as well
	Spans   // an access to the variable at Obj, at that site, is one to the locks in the Aux bytes from there as well: it copies them, or overwrites them
	Compute // a goroutine has computed something that takes no operation, since the last event

	// Of controlled runs that were asked to keep their choices. No steps and not in the hash.
	Decided // a choice was made: Obj is the step, or which of the other choices, from 0; Aux as [PackChoice] says; FlagStays
	Offer   // where the run ended because nobody had decided: what could be next; Obj is the object, Aux as [PackOffer] says, or the text to be printed, or, at the site of one, the statement

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

// FlagKey on a Load or Store: it is one of a map, or of a library's object (see
// [Site]), and Aux the number of the element's key, 0 if it is not known or
// concerns all.
const FlagKey = FlagClosed

// FlagConnection on a StatementWant: it waits in package database/sql, until another
// call or transaction gives a connection back.
const FlagConnection = FlagClosed

// FlagOwn on a StatementWant: it waits for another transaction of the same goroutine.
const FlagOwn = FlagFailed

// FlagSends on a Case: it sends.
const FlagSends = FlagFailed

// FlagStays on a Decided: it is what a replay takes that is told nothing.
const FlagStays = FlagFailed

// FlagTimed on a Context: it has a deadline.
const FlagTimed = FlagFailed

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

// NameOfVariable is the rank of a [Name] that is a variable's: of all names the last, since
// a variable may have had many values.
const NameOfVariable = 4
