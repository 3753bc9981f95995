package wire

// Kind is what a note is about.
type Kind uint8

// The kinds of note that a search sends.
const (
	NoteUnrepeatable Kind = 1 + iota // the program did not do what it did before
	NoteWatched                      // no note for the learner: what is done at the site is a step
	NotePutAside                     // a loop that leaves nothing behind can go round as often as one likes
	NoteRounds                       // a loop that counts its rounds was put aside
	NoteRandom                       // held fixed: random numbers
	NoteMapOrder                     // held fixed: the order in which a map is walked
	NoteClock                        // held fixed: times between those that somebody waits for
	NoteTicks                        // all was tried in which no ticker ticks more often than the text says
	NoteSteps                        // a run was cut off after so many steps
	NoteWork                         // a run computed until time was over
	NoteEndless                      // a step did not come to its end
	NoteOutside                      // somebody waited for what no schedule brings
	NoteMany                         // more goroutines than can be followed
	NoteRead                         // a library read what races, in no step
	NotePrint                        // something was printed in no step
	NoteValues                       // values were noted in no step, while others could go on
	NoteFiles                        // a file was used that lies elsewhere, or in ways that are not known
	NoteDatabase                     // something was done to a database in no step
	NoteMadeUp                       // a database made up a value
	NoteLimit                        // a context, or a database's time limit, could break a statement off
	NoteMoments                      // what a condition reads was changed in no step of its own
	NoteCalled                       // no note for the learner: a function that is watched was called, the text is its number

	// Of runs by seed, which are recorded: package explore adds them to what it heard.
	NoteRacesPartly // races were looked for in part of a run
	NoteSeeds       // seeds were tried because all runs of a search would have been cut off

	kindsEnd
)

var kindNames = [kindsEnd]string{
	NoteUnrepeatable: "unrepeatable",
	NoteWatched:      "watched",
	NotePutAside:     "put-aside",
	NoteRounds:       "counted-rounds",
	NoteRandom:       "fixed-random",
	NoteMapOrder:     "fixed-maporder",
	NoteClock:        "fixed-clock",
	NoteTicks:        "ticks",
	NoteSteps:        "limit-steps",
	NoteWork:         "limit-work",
	NoteEndless:      "endless",
	NoteOutside:      "blocked-outside",
	NoteMany:         "many-goroutines",
	NoteRead:         "unseen-read",
	NotePrint:        "unseen-print",
	NoteValues:       "unseen-values",
	NoteFiles:        "files",
	NoteDatabase:     "unseen-database",
	NoteMadeUp:       "made-up",
	NoteLimit:        "time-limit",
	NoteMoments:      "unseen-moments",
	NoteCalled:       "called",
	NoteRacesPartly:  "races-partly",
	NoteSeeds:        "seeds",
}

// String returns the kind's name on the pipe.
func (k Kind) String() string { return kindNames[k] }

// Kinds returns all kinds.
func Kinds() (all []Kind) {
	for k := Kind(1); k < kindsEnd; k++ {
		all = append(all, k)
	}
	return all
}

// Reason is why a search ended; 0 if it did not say so.
type Reason uint8

// The reasons.
const (
	EndDone         Reason = 1 + iota // nothing is left to be tried
	EndBudget                         // time is over, or so many runs were made
	EndStopped                        // it was asked to end
	EndLimit                          // it cannot go on: a note says why
	EndUnrepeatable                   // the program did not do what it did before

	reasonsEnd
)

var reasonNames = [reasonsEnd]string{
	EndDone:         "done",
	EndBudget:       "budget",
	EndStopped:      "stopped",
	EndLimit:        "limit",
	EndUnrepeatable: "unrepeatable",
}

// String returns the reason's name on the pipe, "" for 0.
func (r Reason) String() string { return reasonNames[r] }
