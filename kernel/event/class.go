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

// ClassRow describes one class.
type ClassRow struct {
	Kin   Class // the class under which all operations on such an object are found
	Thing bool  // it is about objects
}

// Classes has one row for each class, indexed by Class.
var Classes = [...]ClassRow{
	ClassGoroutine: {Kin: ClassGoroutine},
	ClassMutex:     {Kin: ClassMutex, Thing: true},
	ClassRWMutex:   {Kin: ClassMutex, Thing: true}, // it is also locked like a Mutex
	ClassWaitGroup: {Kin: ClassWaitGroup, Thing: true},
	ClassChannel:   {Kin: ClassChannel, Thing: true},
	ClassSelect:    {Kin: ClassChannel, Thing: true}, // it is of a channel that a select uses
	ClassCond:      {Kin: ClassCond, Thing: true},
	ClassOnce:      {Kin: ClassOnce, Thing: true},
	ClassTime:      {Kin: ClassTime},
	ClassMemory:    {Kin: ClassMemory, Thing: true},
	ClassAtomic:    {Kin: ClassMemory, Thing: true},
	ClassOutput:    {Kin: ClassOutput},
}
