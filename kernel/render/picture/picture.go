package picture

import (
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
)

// Options say how a run is to be drawn. The zero value is a good start.
type Options struct {
	ink.Paper
	Rows   int              // most rows; 0 means 80
	Lanes  int              // most lanes; 0 means 8
	Note   string           // a sentence to put under the status
	Folded int              // so many cells of the program did what they did before: each is one row
	Hidden int              // from the event of that number on, from 1, values are hidden; 0: none. The picture is bare
	Bare   bool             // what explains the run is left out: see bare.go
	Here   int              // the number of the step that is looked at; 0: none
	Alone  bool             // of a player: its drawings stand alone, each with its style sheet, and without a source beside them
	Before *model.Execution // the previous run: the picture says and marks where this one differs
}

func (o Options) filled() Options {
	if o.Rows == 0 {
		o.Rows = 80
	}
	if o.Lanes == 0 {
		o.Lanes = 8
	}
	o.Paper, o.Rows, o.Lanes = o.Paper.Filled(), max(o.Rows, 8), max(o.Lanes, 2)
	return o
}

// Worthwhile reports whether a run has anything to draw: a goroutine besides main,
// or a main that waits for what only main could give.
func Worthwhile(ex *model.Execution) bool {
	return ex != nil && (len(ex.Goroutines) > 1 || ex.Status == model.Deadlock)
}

// Bundle returns the MIME bundle of a run and its metadata, or nil where there
// is nothing to draw: a run in which main was alone.
func Bundle(ex *model.Execution, o Options) (data, metadata map[string]any) {
	if !Worthwhile(ex) {
		return nil, nil
	}
	return Forms.Bundle(newPicture(ex, o), o.Paper)
}

// In returns a run in the form of that name, nil without a run.
func In(form string, ex *model.Execution, o Options) []byte {
	if ex == nil || len(ex.Goroutines) == 0 {
		return nil
	}
	return Forms.In(form, newPicture(ex, o), o.Paper)
}

// Text returns a run as lanes of text.
func Text(ex *model.Execution, o Options) string { return string(In("text", ex, o)) }
