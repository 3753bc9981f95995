package event

// Kind says how the 64 raw bits of a recorded value are to be read.
type Kind uint8

// The kinds. KindNone: the value was not recorded.
const (
	KindNone Kind = iota
	KindInt       // signed, of any size: the recorder extends the sign to 64 bits
	KindUint      // unsigned, of 64 bits
	KindBool
	KindFloat32
	KindFloat64
	KindText // a reference into the arena, with FlagText
	KindUint8
	KindUint16
	KindUint32
	KindPointer // only whether it is nil can be said
)

// Site is a place in the learner's source where an operation is recorded. The
// instrumenter makes them; a record carries only the number, which is the
// index in the slice of sites (0 is no site).
type Site struct {
	Op     Op     // the operation, or the first of its family
	File   string // as given to the instrumenter
	Line   int    // 1-based, in File
	Col    int    // 1-based, in bytes
	Func   string // the enclosing function: "main", "(*Worker).Run"
	Object string // the object's text in the source: "mu", "acc.balance", "ch"
	Kind   Kind   // how values recorded here are read; for a go statement, the first argument
	Hint   string // for a go statement: what the goroutine runs, "Worker.Run", "worker", "func"
	Test   *Test  // of a read that a condition depends on: what is done, or not, because of it
	Given  bool   // of a channel: a library gave it, as a call's result or in a field of a type of its own
	Blind  bool   // of a write: what is written depends on nothing that was read, as in x = 5 or delete(m, k)
	Copied bool   // of a lock or a group: it is part of a value that was copied to where it is used
	RW     bool   // of a lock: it is an RWMutex
	Prompt int    // of a sleep: it is the prompt behind that cell of the program, from 1; else 0
	Inside bool   // of a read or write: a library makes it, and what it does there is taken as one step
}

// Test is what depends on a read: code that is executed, or not, because of what
// was found.
type Test struct {
	Code  []Lines  // in the same function
	Calls []string // the functions called in such code, and nowhere else, as in Site.Func
	Kept  bool     // what was read was put in a variable: it may also be calculated with
}

// Lines are some lines of a file.
type Lines struct{ From, Until int }
