// Package judge says how a run ended whose main returned: with everybody done,
// with others cut off, or with others that would have waited for ever.
//
// It knows no program, only facts: how each goroutine stood at that moment
// ([Standing]). The scheduler of a controlled run knows them, judges each run of a
// search by them, and writes them into its recording. Of a run that Go scheduled
// they are worked out from the recording, as far as it tells. So whoever speaks of
// an end, the search, the record, the picture or the explanation, has it from here.
//
// The package is linked into the learner's program, and imports nothing.
package judge

// Standing is how a goroutine stood when main returned.
type Standing uint8

// The standings. Whoever is not certain that a goroutine waits calls it able.
const (
	Unknown Standing = iota
	Able             // it could go on as things were: it computed, or what it was about to do could be done; also one that looks again and again, and one in code that nobody controls
	Due              // it waited for time: it slept, or a pending alarm would bring what it waited for
	Waiting          // it waited for what only another goroutine could do
	Stuck            // it waited for what nothing ever does: a nil channel, a select without cases
	Unborn           // it was to begin once another goroutine did something, as with context.AfterFunc: nobody that waits
)

// names are the standings as the text form of a recording has them.
var names = [...]string{Unknown: "unknown", Able: "able", Due: "due", Waiting: "waiting", Stuck: "stuck", Unborn: "unborn"}

// String returns the standing's name.
func (s Standing) String() string {
	if int(s) < len(names) {
		return names[s]
	}
	return names[Unknown]
}

// Parse is the inverse of String.
func Parse(name string) (s Standing, ok bool) {
	for i, n := range names {
		if n == name && Standing(i) != Unknown {
			return Standing(i), true
		}
	}
	return Unknown, false
}
