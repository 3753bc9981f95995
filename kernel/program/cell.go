package program

import (
	"context"
	"slices"

	"threading101/kernel/explore"
	"threading101/kernel/explore/property"
	"threading101/kernel/lessons"
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/step"
)

// Cell is one cell on its way: what its magics ask for, and where it is shown.
//
// One goroutine at a time works on it. The others may call its Stop.
type Cell struct {
	Session *Session
	Number  int    // in all that names it
	ID      string // by which the front end knows it, "" if it gave none
	Code    string // the cell without our own magics
	Lesson  Lesson // what the lesson says of the cell
	Screen  Screen
	Stop    *Stop
	// Ask has the learner type a line behind a prompt; nil: nobody can be asked.
	Ask func(ctx context.Context, prompt string) (string, error)

	// Seeds are those of the cells of the program that this one continues, and its own;
	// nil if it continues none.
	Seeds []uint64
	// Folded says how many of those cells did in a run what they did before; nil: none.
	Folded func(*model.Execution) int
	// Printed is what this cell printed, of the program that it continues; nil: all of it.
	Printed func() string
	// Live takes the run of a picture that was shown, for who steps through it; nil: nobody.
	Live     func(name string, x *model.Execution, o picture.Options)
	Mark     func(note string) // puts a note on the picture, later; nil: there is none to put it on
	Result   *run.Result       // of the cell's run; nil before it
	Found    *model.Result     // of the cell's search; nil before it
	Verdicts []model.Verdict   // of %check, one for each property
	Verdict  string            // of %check: "holds", "fails"; "": nothing that is certain
	Failed   *Violation        // the first property that did not hold; nil if all did

	Orders
}

// Violation is a property that does not hold, as it was written, and a run that shows
// it, nil if there is none.
type Violation struct {
	Property string
	Run      *model.Execution
}

// Lesson is what a lesson says of one of its cells, in the cell's metadata, where the
// front end sends those with the cell's code.
type Lesson struct {
	Picture string   `json:"picture"` // "plain": runs are shown without explanations
	Hints   []string `json:"hints"`   // where to look, what is missing, what to write
	// Check is what a locked check cell says of itself.
	Check lessons.Check `json:"check"`
}

// Screen is the place below a cell where things are shown, one after the other.
type Screen interface {
	// Display shows something in several forms at once: MIME types with their data.
	Display(data, metadata map[string]any)
	// Keep is Display for what may have to change when the cell is long over: replace
	// shows something else in its place, where the front end allows it.
	Keep(data, metadata map[string]any) (replace func(data, metadata map[string]any))
	// Result shows text as the value of the cell, which graders read.
	Result(text string)
	// Warn shows text that belongs to the standard error.
	Warn(text string)
	// Board opens a place whose content changes.
	Board() Board
	// Gone reports whether the program has been ended by something that is neither
	// the cell's fault nor an interrupt: nothing is to be shown of it then.
	Gone(context.Context) bool
}

// Board is a place below a cell whose content changes while a search goes on.
type Board interface {
	Progress(explore.Progress)
	// Stop ends the showing of progress. What was shown stays.
	Stop()
	// Replace shows something instead.
	Replace(data, metadata map[string]any)
	// Remove leaves nothing behind.
	Remove()
}

// Orders is what the magics of one cell ask for.
type Orders struct {
	magic.Cell
	clock sched.Clock  // of controlled runs
	token *sched.Token // of %replay, nil without
	aim   *step.Aim    // of %step -goal, nil without

	explored   string // the magic that asks for all schedules: "explore", "check" or ""
	line       int    // and where it is
	properties []property.Property
	lines      []int     // where each property is
	points     []float64 // and what it is worth
}

// Explores reports whether all schedules of the program are to be tried.
func (o *Orders) Explores() bool { return o.explored != "" }

// question is what the cell asks about all schedules of its program.
func (o *Orders) question() Question {
	q := Question{Budget: o.Budget, Schedules: o.Schedules, Clock: sched.Free, Values: property.Values(o.Values, nil), Properties: o.properties}
	for _, v := range o.predicted() {
		if !slices.Contains(q.Values, v) {
			q.Values = append(q.Values, v)
		}
	}
	if o.Clock != "" {
		q.Clock = clockNamed(o.Clock)
	}
	return q
}

func clockNamed(name string) sched.Clock {
	if name == sched.Free.String() {
		return sched.Free
	}
	return sched.Virtual
}

// identity tells reruns of a cell from other cells: by the text without our own
// magics, and by the id that front ends with a notebook send.
func (c *Cell) identity() string { return c.ID + "\x00" + Key(c.Code) }

// at is the place of a magic in the cell.
func (c *Cell) at(magic string) model.Pos {
	return model.Pos{Cell: c.Number, Line: c.Orders.Line(magic)}
}

// misused says what is wrong with a magic.
func (c *Cell) misused(line int, name, message, hint string) *report.Report {
	return report.Word(c.Number, &magic.Error{Line: line, Word: "%" + name, Message: message, Hint: hint}, c.Session.Memory)
}
