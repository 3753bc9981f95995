package event

// Fact is one thing that the database says once a statement is over, or waits. It is
// recorded as its fields with a space between them: "locks 2 account 1".
type Fact struct {
	Kind FactKind
	G    uint32 // the number of the goroutine whose transaction or statement it is about
	Text string // of a transaction: which of its goroutine's; else what is locked, as people call it
}

// FactKind is what a [Fact] says.
type FactKind string

// The kinds.
const (
	Begins    FactKind = "begins"  // the statement began a transaction
	SeesNow   FactKind = "sees"    // in a transaction: it saw what was committed when it began
	SeesFirst FactKind = "keeps"   // in a transaction: it saw what was committed at the first such statement of that
	Commits   FactKind = "commits" // the transaction is over, and stays
	RollsBack FactKind = "undoes"  // the transaction is over, as if it had not been
	IsRefused FactKind = "refused" // the same, because the database has ended it
	Locks     FactKind = "locks"   // from now on the transaction has it locked
	Frees     FactKind = "frees"   // from now on not any more
	WaitsFor  FactKind = "wants"   // the statement waits for it
	LetsGo    FactKind = "lets"    // the statement that waits in that goroutine does so no longer
)
