package picture

import (
	"encoding/json"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
)

// Options say how a run is to be drawn. The zero value is a good start.
type Options struct {
	ink.Paper
	Rows   int              // most rows; 0 means 80
	Lanes  int              // most lanes; 0 means 8
	Note   string           // a sentence to put under the status
	Before *model.Execution // the run before: where this one parts from it is said and marked
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

// RunType is the MIME type of a run as data.
const RunType = "application/vnd.threading101.run+json"

// bundleEvents is how many events a bundle holds as data, first and last ones.
const bundleEvents = 2000

// Bundle returns the MIME bundle of a run and its metadata, or nil where there
// is nothing to draw: a run in which main was alone.
func Bundle(ex *model.Execution, o Options) (data, metadata map[string]any) {
	if !Worthwhile(ex) {
		return nil, nil
	}
	p := newPicture(ex, o.filled())
	picture := svg(p)
	run, err := json.Marshal(newRun(ex, bundleEvents))
	if err != nil { // only strings and numbers in there
		panic(err)
	}
	return map[string]any{
		"text/plain":    text(p, o.filled()),
		"image/svg+xml": string(picture),
		"text/html":     html(p, picture),
		RunType:         json.RawMessage(run),
	}, map[string]any{}
}

// Worthwhile reports whether a run has anything to draw: a goroutine besides main,
// or one that waits for what only itself could give.
func Worthwhile(ex *model.Execution) bool {
	return ex != nil && (len(ex.Goroutines) > 1 || ex.Status == model.Deadlock)
}

// Text returns the run as lanes of text.
func Text(ex *model.Execution, o Options) string {
	if ex == nil || len(ex.Goroutines) == 0 {
		return ""
	}
	return text(newPicture(ex, o.filled()), o.filled())
}

// SVG returns the run as a picture that stands alone as a file.
func SVG(ex *model.Execution, o Options) []byte {
	if ex == nil || len(ex.Goroutines) == 0 {
		return nil
	}
	return svg(newPicture(ex, o.filled()))
}

// HTML returns the run as a piece of a page, without scripts.
func HTML(ex *model.Execution, o Options) string {
	if ex == nil || len(ex.Goroutines) == 0 {
		return ""
	}
	p := newPicture(ex, o.filled())
	return html(p, svg(p))
}
