package event

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
