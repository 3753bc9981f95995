package step

// Reply answers one request: with a state, or with an error, never with both.
type Reply struct {
	Schema int    `json:"schema"`       // 1
	ID     int    `json:"id,omitempty"` // the request's
	Error  *Error `json:"error,omitempty"`
	State  *State `json:"state,omitempty"`
}

// Error says why a request was not obeyed. The session is as it was.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"` // for the learner
}

// Error implements error.
func (e *Error) Error() string { return e.Message }

// Code is the kind of an error.
type Code string

// The kinds.
const (
	Malformed   Code = "malformed"   // no JSON object, or one whose fields have other types
	TooLarge    Code = "too-large"   // longer than MaxRequest
	BadSchema   Code = "schema"      // of another version
	Unknown     Code = "unknown"     // nobody knows what Do means
	Stale       Code = "stale"       // At is not the version of the state that there is now
	NoChoice    Code = "no-choice"   // Choice is none of the choices that there are, or the run is over
	NothingDone Code = "nothing"     // there is nothing to undo
	BadToken    Code = "token"       // it is damaged, of other code, of another version, or has no such step
	BadGoal     Code = "goal"        // it is no goal, or the program cannot tell it
	NoWay       Code = "no-way"      // hint, solve: no way to the goal is known from here
	Interrupted Code = "interrupted" // the context ended
	Failed      Code = "failed"      // the program could not be run, or does not do the same again
)

// State is where the run stands that is made by hand.
type State struct {
	Version int    `json:"version"` // another one for each state of a session
	Token   string `json:"token"`   // gives the choices so far again, and then stays: see sched.Token
	Clock   string `json:"clock"`   // virtual or free
	Made    int    `json:"made"`    // choices so far
	Undo    bool   `json:"undo"`    // there is a choice to take back

	Goroutines []Goroutine `json:"goroutines"`                   // main first, then in the order in which they were started
	More       int         `json:"goroutines_omitted,omitempty"` // that can neither go on nor were chosen lately
	Steps      []Step      `json:"steps"`                        // so far, numbered as in the picture
	Earlier    int         `json:"steps_omitted,omitempty"`      // before these
	Choices    []Choice    `json:"choices"`                      // what can be next; empty once the run is over
	MoreWays   int         `json:"choices_omitted,omitempty"`    //
	Asks       string      `json:"asks,omitempty"`               // the question: "Who goes on?"
	Spins      string      `json:"spins,omitempty"`              // somebody goes round in a loop: the offer to let others go on
	Values     []Value     `json:"values"`                       // of shared variables
	Output     string      `json:"output"`                       // so far; both streams
	Cut        int         `json:"output_omitted,omitempty"`     // bytes left out at its beginning
	Ended      *End        `json:"ended"`                        // null while there are choices
	Goal       *Goal       `json:"goal"`                         // null without one
	Notes      []string    `json:"notes,omitempty"`              // what else must be known
}

// Place is a place in the learner's source. Cell is 0 outside notebooks.
type Place struct {
	Cell int    `json:"cell,omitempty"`
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`
	In   string `json:"in,omitempty"` // the declaration that it is in
}

// Goroutine is one lane.
type Goroutine struct {
	ID   string `json:"id"`   // "main", "main.1": the same as in a run's data
	Name string `json:"name"` // "A"
	Is   Is     `json:"is"`
	Does string `json:"does,omitempty"`  // Can: what it does next; Waits: what it waits for: "waits for mu"
	Why  string `json:"why,omitempty"`   // Waits: who or what is in the way: "held by A since step 4"
	From int    `json:"since,omitempty"` // Waits: the step with which the waiting began, 0 if it is not known
	By   string `json:"by,omitempty"`    // Waits: the identifier of the goroutine that is in the way, "" if there is none, or more than one
	Place
}

// Is is whether a goroutine can go on.
type Is string

// The states of a goroutine.
const (
	Can   Is = "can"
	Waits Is = "waits"
	Over  Is = "over" // it has ended
	Aside Is = "aside"
)

// Step is one step of the run.
type Step struct {
	N         int    `json:"step"`
	Goroutine string `json:"goroutine"`
	Op        string `json:"op"`
	Object    string `json:"object,omitempty"`
	Value     string `json:"value,omitempty"`
	Does      string `json:"does"`             // "locks mu"
	Chosen    bool   `json:"chosen,omitempty"` // somebody chose it; else nothing else could be
	Waited    bool   `json:"waited,omitempty"` // it began to wait there
	Place
}

// Choice is one way to go on.
type Choice struct {
	Key       int    `json:"key"`                 // from 1; a request names it
	Goroutine string `json:"goroutine,omitempty"` // whose step it is, "" of a timer
	Name      string `json:"name"`                // "A"; of a timer "timer"
	Kind      Kind   `json:"kind"`
	Op        string `json:"op,omitempty"`
	Object    string `json:"object,omitempty"`
	Does      string `json:"does"`            // "locks mu"
	Last      bool   `json:"stays,omitempty"` // it made the last step: what a replay takes that is told nothing
	Place
}

// Kind is what is chosen.
type Kind string

// The kinds of choices.
const (
	Turn    Kind = "turn"    // who goes on
	Case    Kind = "case"    // which of a select's cases
	Partner Kind = "partner" // who of several takes part in a communication
	Chance  Kind = "chance"  // a random number, the next key of a map
)

// Value is what a shared variable holds.
type Value struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	By    string `json:"by,omitempty"` // the goroutine that wrote it last, "" if none did
	Step  int    `json:"step,omitempty"`
}

// End is how the run ended.
type End struct {
	Status   string   `json:"status"` // as of a run: ok, deadlock, panic …
	Reason   string   `json:"reason,omitempty"`
	ExitCode int      `json:"exit_code,omitempty"`
	Races    int      `json:"races,omitempty"`
	Lost     bool     `json:"lost,omitempty"` // an update was lost
	Values   []string `json:"values,omitempty"`
	Says     []string `json:"says,omitempty"` // what the run shows, in sentences
}

// Goal is what is to be reached, and whether it can be.
type Goal struct {
	Text     string `json:"goal"` // as it was written
	Is       Way    `json:"is"`
	Steps    int    `json:"steps,omitempty"`    // Reached: in so many
	Shortest int    `json:"shortest,omitempty"` // the steps of the shortest run known that reaches it; 0: none is known
	Since    int    `json:"since,omitempty"`    // Unreachable: the step from which on no way leads there; 0: from the beginning
	Next     int    `json:"next,omitempty"`     // after hint: the key of the choice that leads on
	Says     string `json:"says,omitempty"`     // all that, in a sentence
}

// Way is whether a goal can be reached from a state.
type Way string

// What is known of it.
const (
	Reached     Way = "reached"     // it is
	Reachable   Way = "reachable"   // a way is known
	Unreachable Way = "unreachable" // all ways were tried
	Searching   Way = "searching"   // it is being found out; the request state waits for that
	NotKnown    Way = "unknown"     // not all ways could be tried, and none of those that were leads there
)
