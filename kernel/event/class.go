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
	ClassFile
	ClassDatabase
	ClassTableRow // or a table, or a file that is a whole database: what a transaction locks
)

// ClassRow describes one class.
type ClassRow struct {
	Kin   Class  // the class under which all operations on such an object are found
	Thing bool   // it is about objects
	Noun  string // what such an object is called that has no name in the source
}

// Classes has one row for each class, indexed by Class.
var Classes = [...]ClassRow{
	ClassGoroutine: {Kin: ClassGoroutine},
	ClassMutex:     {Kin: ClassMutex, Thing: true, Noun: "lock"},
	ClassRWMutex:   {Kin: ClassMutex, Thing: true, Noun: "lock"}, // it is also locked like a Mutex
	ClassWaitGroup: {Kin: ClassWaitGroup, Thing: true, Noun: "group"},
	ClassChannel:   {Kin: ClassChannel, Thing: true, Noun: "channel"},
	ClassSelect:    {Kin: ClassChannel, Thing: true, Noun: "channel"}, // it is of a channel that a select uses
	ClassCond:      {Kin: ClassCond, Thing: true, Noun: "condition"},
	ClassOnce:      {Kin: ClassOnce, Thing: true, Noun: "once"},
	ClassTime:      {Kin: ClassTime},
	ClassMemory:    {Kin: ClassMemory, Thing: true, Noun: "variable"},
	ClassAtomic:    {Kin: ClassMemory, Thing: true, Noun: "variable"},
	ClassOutput:    {Kin: ClassOutput},
	ClassFile:      {Kin: ClassFile, Thing: true, Noun: "file"},
	ClassDatabase:  {Kin: ClassDatabase, Thing: true, Noun: "database"},
	ClassTableRow:  {Kin: ClassTableRow, Thing: true, Noun: "row"},
}
