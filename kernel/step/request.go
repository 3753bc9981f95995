package step

// Request is what somebody wants of a session: one key of a learner, as data.
type Request struct {
	Schema int    `json:"schema,omitempty"` // 1; 0 is taken for 1
	ID     int    `json:"id,omitempty"`     // any number; the reply bears it
	Do     Do     `json:"do"`
	At     int    `json:"at,omitempty"`     // the version of the state that was looked at; 0: whatever it is now
	Choice int    `json:"choice,omitempty"` // of choose: a key of State.Choices
	Rest   Rest   `json:"rest,omitempty"`   // of finish: how the rest is decided, [RestStays] if it is empty
	Seed   uint64 `json:"seed,omitempty"`   // of finish with a seed: which; 0: one is drawn
	Token  string `json:"token,omitempty"`  // of from: the run to go on from, "TOKEN" or "TOKEN@7"
	Made   int    `json:"made,omitempty"`   // of from: so many of its choices, for a token of a state that had so many
	Goal   string `json:"goal,omitempty"`   // of goal: what is to be reached; "none" for nothing
}

// Do is what is wanted.
type Do string

// What can be wanted. All of them are answered with the state that comes of it.
const (
	DoState   Do = "state"   // nothing changes; waits for what is still being found out about the goal, but for the first request of all
	DoChoose  Do = "choose"  // Choice is taken
	DoUndo    Do = "undo"    // the last choice is taken back
	DoRestart Do = "restart" // all choices are
	DoFinish  Do = "finish"  // the rest is decided without asking
	DoFrom    Do = "from"    // the choices are those of a run, up to one of its steps: what if …
	DoGoal    Do = "goal"    // something is to be reached, or something else, or nothing
	DoHint    Do = "hint"    // State.Goal.Next says which choice leads on to the goal
	DoSolve   Do = "solve"   // the choices are made that lead on to the goal, to the end of the run
)

// Rest is how a run goes on once nobody is asked.
type Rest string

// The ways.
const (
	RestStays Rest = "stay" // with whoever made the last step, else with who was started first
	RestSeed  Rest = "seed" // at random, by a seed
)

// First is the request with which a session begins: with the choices of a token's run, if
// one is named.
func First(token string) Request {
	if token != "" {
		return Request{Do: DoFrom, Token: token}
	}
	return Request{Do: DoState}
}
