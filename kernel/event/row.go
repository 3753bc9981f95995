package event

// Row is all that is to be known of an operation without knowing the run it is
// part of: the scheduler, the search, the record, its order in time, its validator
// and its words read it here. What only the state of an object can tell is left to
// a rule, which the row names.
//
// To add an operation, say a semaphore's Acquire, is to add a constant for it, and
// one for its want, behind those of their kind; their rows:
//
//	AcquireWant: {
//		Name: "acquire-want", Class: ClassSemaphore,
//		Wait: Acquire, Straight: true,
//	},
//	Acquire: {
//		Name: "acquire", Class: ClassSemaphore,
//		Touch: TouchAcquire, Takes: HandPermits,
//		Leads: []Op{Release},
//	},
//
// and what they have that is new: a class, a hand, a touch and what it conflicts
// with. The tests of this package name the columns that a row lacks, those of
// package words the sentences; testdata/table.txt, which they write, shows for each
// two operations whether they commute.
type Row struct {
	Name  string // as in the JSON form of a run and on the lanes; it is in the tokens
	Class Class  // the kind of object that it acts on

	Wait     Op   // for a "want" operation: the operation that ends the waiting
	Straight bool // and nothing of the goroutine's comes between the two, not even a panic
	Wakes    []Op // the wants of other goroutines that it may bring to their end

	Touch  Touch   // how it touches its object, TouchNone if it does not
	Shared Touch   // the same, of a lock of readers and writers
	May    []Touch // the other ways, of which the object's state decides
	By     By      // who decides that
	Counts Counts  // whether it is one of the operations that a search counts

	Takes Hands // it comes after who gave with these hands
	Gives Hands // it comes before who takes with these
	Anew  bool  // what it gives takes the place of what others gave before, if its value is known
	Hold  Hold  // what becomes of the lock in its goroutine's hands
	Fails bool  // it may fail: then it gives nothing, and a lock is not got

	Leads []Op // the operations that its link may lead to
	Later bool // and those come after it, not before
	Mate  Op   // of those the one with which it belongs together for good: its link leads back

	Kept  Kept  // whether the record has it
	Shown Shown // in which step
	Aux   Aux   // how Aux of its record is to be read
	Last  bool  // its goroutine does nothing after it
}

// By is the rule by which an operation touches what it is about, where the row
// alone does not tell. The rules are in package rt, which has the objects.
type By uint8

// The rules.
const (
	ByRow       By = iota // as Touch says
	ByAccess              // a variable: a step only where somebody races for it
	ByAtomic              // an atomic, a variable as well; what is only added to may commute
	ByLock                // whether it has readers, is asked for first, or was got
	ByGroup               // how many are to be done
	ByCond                // the condition, and its lock
	ByOnce                // whether it is done
	ByChannel             // nil, closed, with a buffer or without, empty or full
	BySelect              // the channels of all cases
	ByTimer               // whether a timer fills a channel or starts a function
	ByClock               // whether time passes by itself
	ByOutput              // whether what is printed is the outcome
	ByFile                // the file, its name, and the place from which it is read and written
	ByEnd                 // who is left
	ByStatement           // whether it begins, or has waited and is over
)

// Counts says whether a search counts an operation: the number of interleavings is
// that of the orders of what is counted.
type Counts uint8

// When it is counted.
const (
	CountsAlways  Counts = iota
	CountsVisible        // where others are known to notice it
	CountsByState        // by a rule of package rt
)

// Hold is what becomes of a lock.
type Hold uint8

// What may become of it.
const (
	HoldNothing Hold = iota
	HoldToWrite      // the goroutine has it for itself
	HoldToRead       // the goroutine has it, as others may
	HoldNoWrite      // it gives back what it held to write
	HoldNoRead       // it gives back what it held to read
)

// Takes says whether the lock is taken, Reads whether it is, or was, to read.
func (h Hold) Takes() bool { return h == HoldToWrite || h == HoldToRead }

// Reads: see Takes.
func (h Hold) Reads() bool { return h == HoldToRead || h == HoldNoRead }

// Kept says whether the record of a run has an operation.
type Kept uint8

// How it is kept.
const (
	KeptAsEvent Kept = iota // it is an event of the run, and a step
	KeptAside               // it is told of others, or beside the run: no event, no step, and not in the hash
	KeptNot                 // it is a step of a controlled run, and not recorded
)

// Shown says which step of a run shows an event.
type Shown uint8

// The steps.
const (
	ShownItself  Shown = iota // its own
	ShownInNext               // the next one of its goroutine
	ShownNowhere              // none
)

// Aux says how the number beside a record is to be read.
type Aux uint8

// The ways.
const (
	AuxNothing Aux = iota
	AuxValue       // a value of the site's kind, if the flags do not say otherwise
	AuxNumber
	AuxBool
	AuxDuration // in nanoseconds
	AuxText     // a reference into the arena
	AuxID       // the number of a goroutine, the index of a function, an address
)

// Touches are all the ways in which the operation may touch its object.
func (r *Row) Touches() []Touch {
	var all []Touch
	for _, t := range [...]Touch{r.Touch, r.Shared} {
		if t != TouchNone {
			all = append(all, t)
		}
	}
	return append(all, r.May...)
}

// Stores says whether the operation changes the value of a variable or an atomic,
// Reads whether it reads one and leaves it as it is.
func (r *Row) Stores() bool { return r.variable() && r.Touch == TouchWrite }

// Reads: see Stores.
func (r *Row) Reads() bool { return r.variable() && r.Touch == TouchRead }

func (r *Row) variable() bool { return r.By == ByAccess || r.By == ByAtomic }
