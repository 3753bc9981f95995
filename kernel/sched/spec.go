package sched

// Spec says how a controlled run is decided.
type Spec struct {
	Seed     uint64   // of the random decisions
	Switches []Switch // when not nil: decide by these instead, and otherwise stay
	Later    []uint64 // of a program that cells continue: the seeds of the cells after the first
	Ends     bool     // of such a program: main returns after the last prompt, and does not stay there
	Marks    bool     // of such a program: it marks in its output where each prompt is
	Clock    Clock    // what sleeping means
	Steps    uint64   // the run is stopped after so many steps; 0: DefaultSteps
	Repeat   uint64   // so many runs in one process, with seeds from Seed on; 0: one run, recorded
	Backend  Backend  // how goroutines are held
	Lenient  bool     // a switch that cannot be played is passed over

	// Of a run whose choices somebody makes, or wants to know.
	Choices bool   // they are recorded
	Made    uint64 // after so many of them something else decides: Then says what
	Then    Then   //
	Rest    uint64 // the seed of ThenSeed

	// Of many runs in one process that are chosen by what was met in those before.
	Search        string   // one of the searches, "" for none
	Led           uint64   // with Switches: each run begins with them, for so many steps
	Turns         uint64   // and for so many choices of who is next: what time brings is no step
	Begun         bool     // of the decision after these it is known who goes on, and not how
	Visible       []uint32 // of a search: sites of accesses that are known to race
	Values        bool     // of a search: an outcome is the values asked for, not what is printed
	AtOnce        []uint32 // of a search: pairs of a function that is watched, and of how many calls of it at once are to be marked
	Started       []uint32 // of a search: runs with fewer goroutines than that, besides main, are to be marked
	Budget        uint64   // for so many nanoseconds; 0: until all is done. Repeat, if not 0, is how many runs at most
	Share, Shares uint64   // the Share-th, from 0, of so many processes that divide the work; Shares 0: all of it
}

// The searches: which schedules are tried.
const (
	SearchDPOR   = "dpor"   // all, but one for each order of dependent operations
	SearchBound  = "bound"  // all with no preemption, with one, with two …
	SearchSample = "sample" // some: random, pos and urw in turn
	SearchFind   = "find"   // as bound, until each outcome has a run; then as sample
	SearchPlain  = "plain"  // all, one by one: to compare with
	SearchSleep  = "sleep"  // all, left out by sleep sets only: to compare with
)

// DefaultSteps is how many steps a run may have: as many as are made in some
// ten seconds, so that a program with millions of operations ends as in plain Go.
const DefaultSteps = 50_000_000

// SearchSteps is how many steps a run of a search may have.
const SearchSteps = 20_000

// Switch is one decision that is not "stay with the goroutine that made the
// last step, or else with the one started first of those that can go on".
type Switch struct {
	Step uint64 // after so many steps; of a choice other than who is next: which one of these, from 0
	To   uint32 // the goroutine's number; or Picked + the number picked
}

// Picked and above: not a goroutine's number, but one that [Source].Pick gave.
const Picked = 1 << 31

// Clock says what sleeping means in a controlled run.
type Clock uint8

// The clocks.
const (
	// Virtual time passes only when no goroutine can go on: delays keep their
	// meaning, and take no time.
	Virtual Clock = iota
	// Free: one that sleeps can go on at any moment, since Sleep promises no order.
	Free
)

// String returns the clock's name.
func (c Clock) String() string {
	if c == Free {
		return "free"
	}
	return "virtual"
}

// Backend is how the goroutines that are not running are held.
type Backend uint8

// The backends. Both make the same runs.
const (
	Baton      Backend = iota // real goroutines, each waiting for its turn on a channel
	Coroutines                // package iter's coroutines: quick to switch, but all in one thread
)

// Returns says whether main returns after the last prompt of a program that cells
// continue: nobody would go on with it.
func (s *Spec) Returns() bool { return s.Ends || s.Switches != nil || s.Search != "" || s.Repeat != 0 }

// String returns s as one line, for [ParseSpec].
func (s Spec) String() string {
	text := "seed=" + decimal(s.Seed) + " clock=" + s.Clock.String()
	if s.Steps != 0 {
		text += " steps=" + decimal(s.Steps)
	}
	if s.Repeat != 0 {
		text += " repeat=" + decimal(s.Repeat)
	}
	if s.Backend == Coroutines {
		text += " backend=coroutines"
	}
	if s.Lenient {
		text += " lenient=1"
	}
	if s.Search != "" {
		text += " search=" + s.Search
	}
	if s.Led != 0 {
		text += " led=" + decimal(s.Led)
	}
	if s.Turns != 0 {
		text += " turns=" + decimal(s.Turns)
	}
	if s.Begun {
		text += " begun=1"
	}
	if s.Budget != 0 {
		text += " budget=" + decimal(s.Budget)
	}
	text += formatNumbers(" visible=", s.Visible) + formatNumbers(" atonce=", s.AtOnce) + formatNumbers(" started=", s.Started)
	if s.Values {
		text += " values=1"
	}
	if s.Shares != 0 {
		text += " share=" + decimal(s.Share) + " shares=" + decimal(s.Shares)
	}
	text += s.choices() + formatNumbers(" later=", s.Later)
	if s.Ends {
		text += " ends=1"
	}
	if s.Marks {
		text += " marks=1"
	}
	if s.Switches != nil {
		text += " switches=" + FormatSwitches(s.Switches)
	}
	return text
}

// choices is the part of String about choices that somebody makes.
func (s Spec) choices() (text string) {
	if s.Choices {
		text = " choices=1"
	}
	switch s.Then {
	case ThenAsk:
		text += " ask=" + decimal(s.Made)
	case ThenSeed:
		text += " rest=" + decimal(s.Rest) + " after=" + decimal(s.Made)
	}
	return text
}

// ParseSpec reads what [Spec.String] wrote.
func ParseSpec(text string) (s Spec, ok bool) {
	for text != "" {
		var field string
		field, text = cut(text, ' ')
		if key, value := cut(field, '='); !s.set(key, value) {
			return Spec{}, false
		}
	}
	return s, true
}

func (s *Spec) set(key, value string) (ok bool) {
	switch key {
	case "seed":
		s.Seed, ok = parseDecimal(value)
	case "steps":
		s.Steps, ok = parseDecimal(value)
	case "repeat":
		s.Repeat, ok = parseDecimal(value)
	case "clock":
		ok = value == "virtual" || value == "free"
		if value == "free" {
			s.Clock = Free
		}
	case "backend":
		ok = value == "coroutines"
		s.Backend = Coroutines
	case "lenient":
		ok = value == "1"
		s.Lenient = true
	case "search":
		s.Search, ok = value, IsSearch(value)
	case "led":
		s.Led, ok = parseDecimal(value)
	case "turns":
		s.Turns, ok = parseDecimal(value)
	case "begun":
		ok = value == "1"
		s.Begun = true
	case "budget":
		s.Budget, ok = parseDecimal(value)
	case "share":
		s.Share, ok = parseDecimal(value)
	case "shares":
		s.Shares, ok = parseDecimal(value)
	case "visible":
		s.Visible, ok = parseSites(value)
	case "atonce":
		s.AtOnce, ok = parseSites(value)
	case "started":
		s.Started, ok = parseSites(value)
	case "values":
		ok = value == "1"
		s.Values = true
	case "choices":
		ok = value == "1"
		s.Choices = true
	case "ask":
		s.Made, ok = parseDecimal(value)
		s.Then = ThenAsk
	case "rest":
		s.Rest, ok = parseDecimal(value)
		s.Then = ThenSeed
	case "after":
		s.Made, ok = parseDecimal(value)
	case "later":
		s.Later, ok = parseSeeds(value)
	case "ends":
		ok = value == "1"
		s.Ends = true
	case "marks":
		ok = value == "1"
		s.Marks = true
	case "switches":
		s.Switches, ok = ParseSwitches(value)
	}
	return ok
}

// IsSearch says whether a search has that name.
func IsSearch(name string) bool {
	switch name {
	case SearchDPOR, SearchBound, SearchSample, SearchFind, SearchPlain, SearchSleep:
		return true
	}
	return false
}

// formatNumbers writes numbers with dots between them, behind a key; "" if there are none.
func formatNumbers[N uint32 | uint64](key string, all []N) (text string) {
	for i, n := range all {
		if i == 0 {
			text = key
		} else {
			text += "."
		}
		text += decimal(uint64(n))
	}
	return text
}

// parseNumbers reads numbers, of which none is above most, with dots between them.
func parseNumbers[N uint32 | uint64](text string, most uint64) (all []N, ok bool) {
	for more := true; more; {
		one, rest := cut(text, '.')
		n, ok := parseDecimal(one)
		if !ok || n > most {
			return nil, false
		}
		all = append(all, N(n))
		more, text = len(one) < len(text), rest
	}
	return all, true
}

// parseSeeds reads seeds with dots between them.
func parseSeeds(text string) (all []uint64, ok bool) { return parseNumbers[uint64](text, 1<<64-1) }

// parseSites reads sites, or what has the range of them, with dots between them.
func parseSites(text string) (all []uint32, ok bool) { return parseNumbers[uint32](text, Picked-1) }
