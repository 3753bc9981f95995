package event

// Record is one event as it lies in memory: four 64-bit words in the machine's
// own byte order, 32 bytes.
type Record struct {
	T    int64  // nanoseconds since the recording began (monotonic)
	What uint64 // operation, flags, site and goroutine: see Pack
	Obj  uint64 // the object's address, or 0
	Aux  uint64 // see the table of operations
}

// RecordSize is the size of a Record in bytes.
const RecordSize = 32

// MaxSite is the highest site number a record can carry.
const MaxSite = 1<<20 - 1

// Pack makes the second word of a record: op in the top 8 bits, flags in the
// next 4, the site in the next 20, the goroutine in the low 32.
func Pack(op Op, flags uint8, site, g uint32) uint64 {
	return uint64(op)<<56 | uint64(flags&0xf)<<52 | uint64(site&MaxSite)<<32 | uint64(g)
}

// Unpack is the inverse of Pack.
func Unpack(w uint64) (op Op, flags uint8, site, g uint32) {
	return Op(w >> 56), uint8(w>>52) & 0xf, uint32(w>>32) & MaxSite, uint32(w)
}

// The layout of the shared memory: a header, the number of accesses seen at
// each site, how each of the first goroutines ended, the first HeadRecords
// records in order, a ring of the last TailRecords, then the texts, kept the
// same way (first HeadText bytes, then a ring of TailText bytes).
//
// The beginning and the end of a run are what its picture shows; what lies
// between is counted, not kept.
const (
	Magic       = 0x676e695231303154 // "T101Ring"
	HeaderSize  = 4096
	SeenSites   = 1 << 12
	HeadRecords = 1 << 14
	TailRecords = 1 << 14
	HeadText    = 1 << 18
	TailText    = 1 << 18
	RingSize    = RecordsAt + (HeadRecords+TailRecords)*RecordSize + HeadText + TailText

	SeenAt    = HeaderSize            // SeenSites 32-bit counters
	EndedAt   = SeenAt + SeenSites*4  // HeadRecords bytes
	RecordsAt = EndedAt + HeadRecords //
	TextAt    = RingSize - HeadText - TailText
)

// MemoryBound is how many accesses to shared memory are recorded at one site;
// those after it are only counted.
const MemoryBound = 256

// MaxText is the longest text recorded, in bytes; a longer one is cut at a
// character's boundary.
const MaxText = 200

// Offsets in the header; each is a 64-bit word unless said otherwise. What
// every record changes lies in one cache line.
const (
	OffMagic = 0
	OffProcs = 8  // GOMAXPROCS at the start
	OffWall  = 16 // wall clock at the start, Unix nanoseconds
	OffLock  = 64 // 32-bit spin lock of the recorder
	OffCount = 72 // records written in all; one more may be half written
	OffText  = 80 // bytes of text written in all
	OffG     = 88 // goroutines numbered so far; main is 1, 0 is nobody

	// Of a controlled run.
	OffControl = 96  // IsControlled or CannotControl
	OffStop    = 104 // why the scheduler ended the run: a [Stop]
	OffStopAt  = 112 // at which site, and whose step: site<<32 | goroutine
	OffSteps   = 120 // steps made
	OffHash    = 128 // hash of all steps
	OffClock   = 136 // virtual time that passed, in nanoseconds
	OffTrail   = 144 // TrailSize bytes: the low bits of the hash after 1, 2, 4, 8 … steps
	OffLoose   = 184 // what was met that is not controlled: bits, see [Loose]

	// Of many runs in one process.
	OffRuns         = 192 // made
	OffRunSteps     = 200 // of all
	OffRunHash      = 208 // of all their hashes
	OffRunTime      = 216 // all took, in nanoseconds
	OffRunDeadlocks = 224 // ended in a deadlock
	OffRunPanics    = 232 // ended by a panic
	OffRunStops     = 240 // were stopped for another reason
	OffSearchStop   = 248 // written from outside: 1 ends a search before its next run

	OffEnd = 256 // how a controlled run ended whose main returned: a judge.End, 0 if it did not
)

// Slot returns the byte offset of record number n (from 0).
func Slot(n uint64) int {
	if n < HeadRecords {
		return RecordsAt + int(n)*RecordSize
	}
	return RecordsAt + (HeadRecords+int((n-HeadRecords)%TailRecords))*RecordSize
}

// TextSlot returns the byte offset of byte number n of the texts (from 0).
func TextSlot(n uint64) int {
	if n < HeadText {
		return TextAt + int(n)
	}
	return TextAt + HeadText + int((n-HeadText)%TailText)
}

// SeenSlot returns the byte offset of the 32-bit number of accesses seen at a
// site. Sites that lie SeenSites apart share one. The counter is not atomic:
// where goroutines really run side by side it may count too few.
func SeenSlot(site uint32) int { return SeenAt + int(site%SeenSites)*4 }

// EndedSlot returns the byte offset of the byte that says how goroutine g ended:
// the operation, or in a controlled run what LeftAs makes of how it stood when main
// returned. It is 0 as long as neither is so; ok is false for one that has none. All those that
// begin among the first HeadRecords records have one: their end may be among
// the records that are not kept.
func EndedSlot(g uint32) (off int, ok bool) { return EndedAt + int(g), g < HeadRecords }

// left is set in that byte for one that was left when main returned.
const left = 0x80

// LeftAs is the byte of a goroutine that was left with a judge.Standing.
func LeftAs(standing uint8) uint8 { return left | standing }

// Left is the inverse of LeftAs; ok is false where the goroutine was not left.
func Left(b uint8) (standing uint8, ok bool) { return b &^ left, b&left != 0 }

// TextRef packs a reference to n bytes of text at position pos: 48 bits of
// position, 16 of length.
func TextRef(pos uint64, n int) uint64 { return pos<<16 | uint64(uint16(n)) }

// Text is the inverse of TextRef.
func Text(ref uint64) (pos uint64, n int) { return ref >> 16, int(uint16(ref)) }

// TrailSize is how many moments of a run have their hash kept.
const TrailSize = 40

// What OffControl says; 0 if Go's own scheduler decides.
const (
	IsControlled  = 1 + iota // the schedule is controlled
	CannotControl            // it was to be: the runtime is not one that the scheduler knows
)

// Stop is why the scheduler ended a controlled run itself.
type Stop uint64

// The ends that a program cannot come to by itself.
const (
	NotStopped   Stop = iota
	StopDeadlock      // nobody can go on, and nothing can change that
	StopSteps         // as many steps as are allowed
	StopSpin          // all that can go on repeat themselves and wait for what nobody will do
	StopBusy          // a goroutine computed for too long without a step that others can see
	StopReplay        // the decisions to replay do not fit this program
	StopPrompt        // main has come to its last prompt: another cell may go on from there
	StopAsked         // there is a choice that nobody has decided; what could be next is recorded
)

// Loose is what a controlled run met that its scheduler does not control.
type Loose uint64

// What may be met.
const (
	LooseGoroutine Loose = 1 << iota // a goroutine that a library started
	LooseBlocked                     // a goroutine waited in code that is not controlled
	LooseMapOrder                    // a map was walked whose keys have no order
	LooseFiles                       // a file was used as it was before the run
	LooseMadeUp                      // a database made up a value: the time, a random number
	LooseLimit                       // a context, or a database's time limit, could break a statement off
)
