package program

import (
	"runtime/debug"
	"slices"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// draw shows the picture of a run that has goroutines, with what is to be said
// of it and how it differs from the last run of the same cell; a replay is the
// run that its token names, whatever was run before. What must be said of a run
// is said without a picture, too.
func (c *Cell) draw(x *model.Execution, replay bool, notes ...string) {
	drawn := false
	defer func() {
		if r := recover(); r != nil {
			c.Session.Log("drawing: %v\n%s", r, debug.Stack())
		}
		if text := sentences(notes); !drawn && text != "" {
			c.Tell(text)
		}
	}()
	if !picture.Worthwhile(x) {
		return
	}
	last := c.Session.runs.swap(past{c.identity(), c.Number, x, 0})
	c.Session.untold.Store(nil)
	if c.Session.pictureOff.Load() {
		return
	}
	options := picture.Options{Note: sentences(slices.DeleteFunc(slices.Clone(notes), func(s string) bool {
		return slices.Contains(words.Uncontrolled(x), s) // the picture says it already
	}))}
	if c.Folded != nil {
		options.Folded = c.Folded(x)
	}
	if last.run != nil && last.run.Mode == x.Mode && !replay {
		options.Before = c.Session.aligned(last.run, last.number, x, c.Number)
	}
	if c.bare() {
		c.Session.untold.Store(&untold{x, options})
		options.Bare = true
	}
	data, metadata := picture.Bundle(x, options)
	if data == nil {
		return
	}
	drawn = true
	defer c.live(data, x, options)
	if c.Seeds == nil || len(x.Events) > mostMarked {
		c.Screen.Display(data, metadata)
		return
	}
	replace := c.Screen.Keep(data, metadata)
	c.Mark = func(note string) {
		marked := options
		marked.Note = sentences([]string{note, options.Note})
		data, metadata := picture.Bundle(x, marked)
		replace(data, metadata)
		c.live(data, x, marked)
	}
}

// live has the run stepped through by who touches its picture.
func (c *Cell) live(bundle map[string]any, x *model.Execution, o picture.Options) {
	if c.Live != nil && bundle != nil {
		c.Live(picture.Named(bundle), x, o)
	}
}

// mostMarked is how long a run may be whose picture can be marked later: until then it
// stays in memory.
const mostMarked = 2000

// drawing makes a picture, or text only where pictures are off. A drawing that
// fails is no reason to show nothing.
func (c *Cell) drawing(make func() (data, metadata map[string]any)) (data, metadata map[string]any) {
	defer func() {
		if r := recover(); r != nil {
			c.Session.Log("drawing: %v\n%s", r, debug.Stack())
			data, metadata = map[string]any{"text/plain": words.ExploreNotDrawn}, map[string]any{}
		}
	}()
	data, metadata = make()
	if c.Session.pictureOff.Load() {
		delete(data, "image/svg+xml")
		delete(data, "text/html")
	}
	return data, metadata
}

// sentences puts what is to be said into one text.
func sentences(list []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" }), " ")
}
