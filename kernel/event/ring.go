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

// Pack makes the second word of a record: op in the top 8 bits, flags in the
// next 4, the site in the next 20, the goroutine in the low 32.
func Pack(op Op, flags uint8, site, g uint32) uint64 {
	return uint64(op)<<56 | uint64(flags&0xf)<<52 | uint64(site&0xfffff)<<32 | uint64(g)
}

// Unpack is the inverse of Pack.
func Unpack(w uint64) (op Op, flags uint8, site, g uint32) {
	return Op(w >> 56), uint8(w>>52) & 0xf, uint32(w>>32) & 0xfffff, uint32(w)
}

// The layout of the shared memory: a header, the first HeadRecords records in
// order, a ring of the last TailRecords, then the texts, kept the same way
// (first HeadText bytes, then a ring of TailText bytes).
//
// The beginning and the end of a run are what its picture shows; what lies
// between is counted, not kept.
const (
	Magic       = 0x676e695231303154 // "T101Ring"
	HeaderSize  = 4096
	HeadRecords = 1 << 14
	TailRecords = 1 << 14
	HeadText    = 1 << 18
	TailText    = 1 << 18
	RingSize    = HeaderSize + (HeadRecords+TailRecords)*RecordSize + HeadText + TailText
)

// Offsets in the header; each is a 64-bit word unless said otherwise.
const (
	OffMagic   = 0
	OffCount   = 64  // records written in all; the last may be half written
	OffText    = 128 // bytes of text written in all
	OffG       = 192 // goroutines numbered so far
	OffSkipped = 256 // memory accesses seen but not recorded, past the per-site bound
	OffLock    = 320 // 32-bit spin lock of the recorder
	OffProcs   = 384 // GOMAXPROCS at the start
	OffWall    = 392 // wall clock at the start, Unix nanoseconds
)

// Slot returns the byte offset of record number n (from 0).
func Slot(n uint64) int {
	if n < HeadRecords {
		return HeaderSize + int(n)*RecordSize
	}
	return HeaderSize + (HeadRecords+int((n-HeadRecords)%TailRecords))*RecordSize
}

// TextRef packs a reference to n bytes of text at position pos: 48 bits of
// position, 16 of length.
func TextRef(pos uint64, n int) uint64 { return pos<<16 | uint64(uint16(n)) }
