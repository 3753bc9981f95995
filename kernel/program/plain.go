package program

import (
	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// untold is a run that was shown without its explanations.
type untold struct {
	run     *model.Execution
	options picture.Options
}

// bare reports whether pictures of the cell's runs explain nothing: the cell says so, or
// its lesson does, or the session.
func (c *Cell) bare() bool {
	switch c.Picture {
	case magic.PicturePlain:
		return true
	case magic.PictureOn:
		return false
	}
	return c.Lesson.Picture == plainPicture || c.Session.plain.Load()
}

// plainPicture is how a lesson's cell asks for it.
const plainPicture = "plain"

// setPicture notes which pictures are wanted for the rest of the session. Plain ones are
// wanted for this cell only, if it has code.
func (c *Cell) setPicture() {
	switch c.Picture {
	case magic.PictureAsBefore:
		return
	case magic.PicturePlain:
		if !c.IsEmpty() {
			return
		}
		c.Session.plain.Store(true)
		c.Tell(words.PlainOn)
	default:
		c.Session.plain.Store(false)
	}
	c.Session.pictureOff.Store(c.Picture == magic.PictureOff)
}

// Why shows the last run with all that was withheld. That nothing was is no error: a
// notebook is also run where its cells' metadata do not come along.
func (c *Cell) Why() {
	u := c.Session.untold.Load()
	if u == nil {
		c.Tell(words.WhyNothing)
		return
	}
	data, metadata := picture.Bundle(u.run, u.options)
	c.Screen.Display(data, metadata)
	c.live(data, u.run, u.options)
}
