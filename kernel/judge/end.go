package judge

// End is how a run ended whose main returned.
type End uint8

// The ends.
const (
	Unjudged End = iota
	Over         // nobody was left
	CutOff       // others were left, and something could still have happened
	Leak         // others were left, all of them waiting, and nothing could ever wake one
)

var endNames = [...]string{Unjudged: "unjudged", Over: "over", CutOff: "cut-off", Leak: "leak"}

// String returns the end's name.
func (e End) String() string {
	if int(e) < len(endNames) {
		return endNames[e]
	}
	return endNames[Unjudged]
}

// ParseEnd is the inverse of String.
func ParseEnd(name string) (e End, ok bool) {
	for i, n := range endNames {
		if n == name && End(i) != Unjudged {
			return End(i), true
		}
	}
	return Unjudged, false
}

// Facts are the standings of all who were left, counted.
type Facts struct {
	Going   int  // could go on, now or when time had passed
	Waiting int  // waited for what another goroutine could do
	Stuck   int  // waited for what nobody can do
	Outside bool // goroutines were there that nobody controls: they may do what others wait for
}

// Add adds a goroutine that was left.
func (f *Facts) Add(s Standing) {
	switch s {
	case Unborn:
	case Waiting:
		f.Waiting++
	case Stuck:
		f.Stuck++
	default:
		f.Going++
	}
}

// End is the judgement.
//
// One that could go on may do what another waits for, or start somebody who does:
// a leak is certain only where nobody could.
func (f *Facts) End() End {
	switch {
	case f.Going+f.Waiting+f.Stuck == 0:
		return Over
	case f.Going > 0 || f.Outside && f.Waiting > 0:
		return CutOff
	}
	return Leak
}

// Blocked says whether a goroutine with that standing would never have gone on, in
// a run with that end.
func (e End) Blocked(s Standing) bool {
	return s == Stuck || s == Waiting && e == Leak
}
