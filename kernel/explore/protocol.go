package explore

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/sched"
)

// What a program that searches writes to its descriptor 3: lines of fields
// separated by tabs; the first says what the line is about. A later
// line about the same outcome, class or race replaces the earlier one: it says
// all again from time to time, and at its end.
//
//	progress  RUNS CLASSES BLOCKED ELAPSED_NS LEVEL K
//	outcome   ID STATUS "VALUE" "STDERR" "VALUES" MARKS CLASSES RUNS INTERLEAVINGS SWITCHES PREEMPTIONS SCHEDULE
//	probes    OUTCOME_ID RUNS
//	class     OUTCOME_ID INTERLEAVINGS SCHEDULE
//	race      SITE_A SITE_B "OBJECT" SCHEDULE
//	level     LEVEL K
//	note      KIND SITE "TEXT"
//	end       WHY
//
// LEVEL is a search; as a line of its own, one that is through. The classes that
// count are the last that were told: of a search that has to begin anew the
// earlier ones are void. Those of probes are runs made at random between those of a search
// that tries everything, and are not among RUNS. VALUES are joined by valueSeparator, MARKS by
// markSeparator; a dash is for no marks, no number and no switches.
const (
	valueSeparator = "\x1f"
	markSeparator  = "|"
	none           = "-"
)

// snapshot is what one process has said so far.
type snapshot struct {
	progress progress
	outcomes []found // in the order in which they were first told
	classes  []class
	races    []race
	levels   []level // that were completed
	notes    []note
	end      string // why the search ended, "" if it did not say
	bad      int    // lines that make no sense
	past     bool   // something was printed past the search: it has not tried all orders

	outcomeAt, raceAt map[string]int
}

type progress struct {
	runs, classes, blocked, elapsed uint64
	level                           level
}

// level is a search; of bound, that of at most k preemptions.
type level struct {
	name string
	k    uint64
}

// found is one way to end.
type found struct {
	id                    string
	status                model.Status
	value, stderr         string // what was printed
	values                []string
	marks                 []string // sorted
	classes, runs, probes uint64
	interleavings         *big.Int // nil if not counted
	switches, preemptions uint64
	schedule              []sched.Switch // of its shortest run
	token                 string         // of that run, if it was one by seed
}

// class is one execution that stands for all that differ in order only.
type class struct {
	outcome       string // its id
	interleavings *big.Int
	schedule      []sched.Switch
}

type race struct {
	a, b     uint32 // sites
	object   string
	schedule []sched.Switch
}

type note struct {
	kind string
	site uint32
	text string
}

// The kinds of note.
const (
	noteUnrepeatable = "unrepeatable"
	noteLimit        = "limit"
	noteRandom       = "fixed-random"
	noteMapOrder     = "fixed-maporder"
	noteClock        = "fixed-clock"
	noteMany         = "many-goroutines"
	noteOutside      = "blocked-outside"
	noteEndless      = "endless"
	noteRacesPartly  = "races-partly"
	noteWatched      = "watched" // no note for the learner: what is done at the site is a step
	notePrint        = "unseen-print"
	notePutAside     = "put-aside"
	noteSteps        = "limit-steps"
	noteSeeds        = "seeds"
	noteTicks        = "ticks"
)

// Why a search ends.
const (
	endDone         = "done"
	endBudget       = "budget"
	endStopped      = "stopped"
	endLimit        = "limit"
	endUnrepeatable = "unrepeatable"
)

// How much of one process is kept, whatever it says.
const (
	keptOutcomes = 10_000
	keptClasses  = 200
	keptRaces    = 10_000
	keptNotes    = 1_000
)

func newSnapshot() *snapshot {
	return &snapshot{outcomeAt: map[string]int{}, raceAt: map[string]int{}}
}

// hear takes one line, without its end. One that makes no sense is counted.
func (s *snapshot) hear(line string) {
	f := &fields{rest: strings.Split(line, "\t")}
	heard := map[string]func(*fields){
		"progress": s.hearProgress, "outcome": s.hearOutcome, "probes": s.hearProbes, "class": s.hearClass, "race": s.hearRace,
		"level": s.hearLevel, "note": s.hearNote, "end": s.hearEnd,
	}[f.text()]
	if heard == nil {
		s.bad++
		return
	}
	if heard(f); f.bad {
		s.bad++
	}
}

func (s *snapshot) hearProgress(f *fields) {
	p := progress{runs: f.number(), classes: f.number(), blocked: f.number(), elapsed: f.number(), level: f.level()}
	if f.done() {
		s.progress = p
	}
}

func (s *snapshot) hearOutcome(f *fields) {
	o := found{
		id: f.text(), status: f.status(), value: f.quoted(), stderr: f.quoted(), values: f.values(), marks: f.marks(),
		classes: f.number(), runs: f.number(), interleavings: f.big(),
		switches: f.number(), preemptions: f.number(), schedule: f.schedule(),
	}
	if f.done() {
		s.outcomes = put(s.outcomes, s.outcomeAt, o.id, o, keptOutcomes)
	}
}

func (s *snapshot) hearProbes(f *fields) {
	id, n := f.text(), f.number()
	at, known := s.outcomeAt[id]
	if f.bad = f.bad || !known; f.done() {
		s.outcomes[at].probes = n
	}
}

func (s *snapshot) hearClass(f *fields) {
	c := class{outcome: f.text(), interleavings: f.big(), schedule: f.schedule()}
	if !f.done() {
		return
	}
	same := func(other class) bool { return slices.Equal(other.schedule, c.schedule) }
	if again := slices.IndexFunc(s.classes, same); again >= 0 {
		s.classes = slices.Delete(s.classes, again, again+1)
	} else if len(s.classes) == keptClasses {
		s.classes = slices.Delete(s.classes, 0, 1)
	}
	s.classes = append(s.classes, c)
}

func (s *snapshot) hearRace(f *fields) {
	r := race{a: f.site(), b: f.site(), object: f.quoted(), schedule: f.schedule()}
	if f.done() {
		key := strconv.Itoa(int(r.a)) + " " + strconv.Itoa(int(r.b)) + " " + r.object
		s.races = put(s.races, s.raceAt, key, r, keptRaces)
	}
}

func (s *snapshot) hearLevel(f *fields) {
	if l := f.level(); f.done() && !slices.Contains(s.levels, l) {
		s.levels = append(s.levels, l)
	}
}

func (s *snapshot) hearNote(f *fields) {
	n := note{kind: f.text(), site: f.site(), text: f.quoted()}
	if f.done() && !slices.Contains(s.notes, n) && len(s.notes) < keptNotes {
		s.notes = append(s.notes, n)
	}
}

func (s *snapshot) hearEnd(f *fields) {
	if why := f.text(); f.done() {
		s.end = why
	}
}

// put replaces what has the key, or adds it.
func put[T any](all []T, at map[string]int, key string, one T, most int) []T {
	if i, known := at[key]; known {
		all[i] = one
		return all
	}
	if len(all) >= most {
		return all
	}
	at[key] = len(all)
	return append(all, one)
}

// completed says whether all schedules that are the search's were tried.
func (s *snapshot) completed() bool {
	return !s.past && slices.ContainsFunc(s.levels, func(l level) bool { return l.name == sched.SearchDPOR })
}

// bound is K where all schedules with at most K preemptions were tried, -1 where
// not even those without any were.
func (s *snapshot) bound() int {
	most := -1
	for _, l := range s.levels {
		if l.name == sched.SearchBound && !s.past {
			most = max(most, int(l.k))
		}
	}
	return most
}

// clone is a copy that stays as it is while s hears more.
func (s *snapshot) clone() *snapshot {
	c := *s
	c.outcomes, c.classes, c.races = slices.Clone(s.outcomes), slices.Clone(s.classes), slices.Clone(s.races)
	c.levels, c.notes = slices.Clone(s.levels), slices.Clone(s.notes)
	c.outcomeAt, c.raceAt = nil, nil
	return &c
}

// fields takes a line apart. After the first field that is not what it should be
// it is bad, and says so at the end.
type fields struct {
	rest []string
	bad  bool
}

// done says that all fields were good and none is left.
func (f *fields) done() bool {
	f.bad = f.bad || len(f.rest) > 0
	return !f.bad
}

// text is a field that is not empty.
func (f *fields) text() string {
	if len(f.rest) == 0 || f.rest[0] == "" {
		f.bad, f.rest = true, nil
		return ""
	}
	one := f.rest[0]
	f.rest = f.rest[1:]
	return one
}

func (f *fields) number() uint64 {
	n, err := strconv.ParseUint(f.text(), 10, 63)
	f.bad = f.bad || err != nil
	return n
}

func (f *fields) site() uint32 {
	n, err := strconv.ParseUint(f.text(), 10, 32)
	f.bad = f.bad || err != nil
	return uint32(n)
}

// mostDigits is how long a number of interleavings may be.
const mostDigits = 10_000

func (f *fields) big() *big.Int {
	text := f.text()
	if text == none {
		return nil
	}
	digits := strings.Trim(text, "0123456789") == "" && len(text) <= mostDigits
	if n, ok := new(big.Int).SetString(text, 10); ok && digits {
		return n
	}
	f.bad = true
	return nil
}

func (f *fields) quoted() string {
	text, err := strconv.Unquote(f.text())
	f.bad = f.bad || err != nil
	return text
}

func (f *fields) values() []string {
	text := f.quoted()
	if text == "" {
		return nil
	}
	return strings.Split(text, valueSeparator)
}

func (f *fields) marks() []string {
	text := f.text()
	if text == none {
		return nil
	}
	marks := strings.Split(text, markSeparator)
	slices.Sort(marks)
	f.bad = f.bad || marks[0] == ""
	return slices.Compact(marks)
}

func (f *fields) status() model.Status {
	switch s := model.Status(f.text()); s {
	case model.OK, model.Panicked, model.Deadlock, model.Leak, model.CutOff, model.Exited, model.Limit, model.Interrupted:
		return s
	}
	f.bad = true
	return ""
}

// level is a search and, but for bound, perhaps no number.
func (f *fields) level() level {
	l := level{name: f.text()}
	spec, ok := sched.ParseSpec("search=" + l.name)
	f.bad = f.bad || !ok || spec.Search != l.name
	if l.name == sched.SearchBound {
		l.k = f.number()
	} else if len(f.rest) > 0 {
		f.text()
	}
	return l
}

func (f *fields) schedule() []sched.Switch {
	text := f.text()
	if text == none {
		return []sched.Switch{}
	}
	s, ok := sched.ParseSpec("switches=" + text)
	f.bad = f.bad || !ok || strings.Contains(text, " ") || len(s.Switches) == 0
	return s.Switches
}
