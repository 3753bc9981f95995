package live

import (
	"threading101/kernel/model"
	"threading101/kernel/render/difference"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
)

// Shown is a run of which a picture was shown.
type Shown struct {
	Run     *model.Execution
	Options picture.Options
	Source  func(model.Pos) string // the text that a place is in, "" if it is not known
}

// Run is what the page steps through.
type Run struct {
	*picture.Player
	Difference string `json:"difference,omitempty"` // the run before and this one, as SVG
}

// Data is the run as the page gets it.
func (s *Shown) Data() *Run {
	if !picture.Worthwhile(s.Run) {
		return nil
	}
	p := picture.NewPlayer(s.Run, s.Options, s.Source)
	r := &Run{Player: p}
	if s.Options.Before != nil {
		r.Difference = string(difference.SVG(s.Options.Before, s.Run, ink.Paper{}))
	}
	return r
}
