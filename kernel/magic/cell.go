package magic

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"threading101/kernel/predict"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// Cell is a cell with our words taken out.
type Cell struct {
	// Code is the text for GoNB. It has as many lines as the cell: those with
	// our words are empty.
	Code string
	// Directives are our words in the cell, in order.
	Directives []Directive

	Real    bool    // %real: Go's own scheduler
	Race    bool    // %race: Go's own scheduler, with the race detector
	Procs   int     // %procs N; 0 if not given
	Live    string  // %live: "auto", "on", "off", or "" if not given; for the rest of the session
	Picture Picture // %picture
	Help    bool    // %t101
	Means   bool    // %t101 controlled
	Summary bool    // %t101 progress
	Lessons string  // %t101 progress 10: what the lessons' names begin with; "" if not given

	Speed *speed.Wish // %real -procs or -repeat: the program is measured; nil if not given

	Database string // %db: "show", "reset", a choice, or "" if not given

	Room   *Room  // %room; nil if not given
	Follow string // %follow: "on", "off", or "" if not given

	Why  bool // %why
	Hint bool // %hint

	Predicts []*predict.Question // %predict, in their order

	Seed    *uint64  // %seed N; nil if not given
	Replay  string   // %replay TOKEN; "" if not given
	Lenient bool     // %replay -lenient
	Quiz    bool     // %replay -quiz
	Clock   string   // %clock: "virtual", "free", or "" if not given
	Diff    []string // %diff: nil if not given, empty for the last two runs, else two tokens

	Explore bool          // %explore
	Budget  time.Duration // of %explore; 0 if not given
	Values  []string      // %outcome: Go expressions

	Checks    []Check  // %check: what is checked; nil if not given
	Graded    bool     // %check -points: each of them has points
	Unproven  Unproven // %check -unproven; "" if not given
	Schedules int      // %check -schedules: the budget of the search; 0 if not given

	Step     bool   // %step
	StepFrom string // "TOKEN@7", "" if not given
	StepGoal string // as written, "" if not given

	Freeze  bool // %freeze: the program stops where the cell ends
	End     bool // %end: main returns
	New     bool // %new: another program begins
	Program bool // %program: show it as a file
	Export  *Export
	Remove  int // %rm CELL: the number of the cell to take out; 0 if not given
}

// Directive is one of our words with its arguments.
type Directive struct {
	Name string
	Args []string
	Line int // in the cell, from 1
}

// Picture says whether pictures are wanted from here on.
type Picture int

// The answers of %picture.
const (
	PictureAsBefore Picture = iota
	PictureOff
	PictureOn
	PicturePlain // without explanations
)

// Error is a line that Parse could not take.
type Error struct {
	Line    int    // in the cell, from 1
	Word    string // as written, with its %
	Message string // what is wrong
	Hint    string // what to try, "" if there is nothing to say
}

// Error returns "line 3: message (hint)".
func (e *Error) Error() string { return words.MagicError(e.Line, e.Message, e.Hint) }

func setRace(c *Cell, _ Directive) error { c.Race = true; return nil }
func setHelp(c *Cell, d Directive) error {
	switch {
	case len(d.Args) == 0:
		c.Help = true
	case d.Args[0] == progressPage:
		c.Summary, c.Lessons = true, strings.Join(d.Args[1:], "")
	case len(d.Args) > 1:
		return d.fail(words.MagicBadHelp(strings.Join(d.Args, " ")), words.MagicSeeHelp)
	case d.Args[0] == controlledPage:
		c.Means = true
	default:
		return d.fail(words.MagicBadHelp(d.Args[0]), words.MagicSeeHelp)
	}
	return nil
}

// The pages that have a name: of help, and of what the learner has done.
const (
	controlledPage = "controlled"
	progressPage   = "progress"
)

func setProcs(c *Cell, d Directive) error {
	n, err := strconv.Atoi(d.Args[0])
	if err != nil || n < 1 || n > speed.MostProcs {
		return d.fail(words.MagicBadProcs(d.Args[0], speed.MostProcs), "")
	}
	c.Procs = n
	return nil
}

func setPicture(c *Cell, d Directive) error {
	switch d.Args[0] {
	case "off":
		c.Picture = PictureOff
	case "on":
		c.Picture = PictureOn
	case "plain":
		c.Picture = PicturePlain
	default:
		return d.fail(words.MagicBadPicture(d.Args[0]), "")
	}
	return nil
}

func setDatabase(c *Cell, d Directive) error {
	c.Database = "show"
	if len(d.Args) == 0 {
		return nil
	}
	if c.Database = d.Args[0]; !slices.Contains([]string{"postgres", "sqlite", "auto", "off", "reset"}, c.Database) {
		return d.fail(words.DatabaseWhat(c.Database), "")
	}
	return nil
}

// fail makes an error at the directive.
func (d Directive) fail(message, hint string) *Error {
	return &Error{d.Line, "%" + d.Name, message, hint}
}

// IsEmpty reports whether nothing is left for GoNB once our words are out.
func (c Cell) IsEmpty() bool { return strings.TrimSpace(c.Code) == "" }
