package proxy

import (
	"threading101/kernel/magic"
	"threading101/kernel/report"
	"threading101/kernel/sched"
)

// orders is what our own magics ask for in one cell.
type orders struct {
	magic.Cell
	viaGonb bool         // the program's output must pass through GoNB
	clock   sched.Clock  // of controlled runs
	token   *sched.Token // of %replay, nil without
	wish    wish
}

// obey takes our own magics out of the cell, does what they say, and returns
// what is left for GoNB.
func (e *execution) obey(code string) (rest string, f *failure) {
	c, err := magic.Parse(code)
	if err != nil {
		return "", failed(report.Word(e.number, err, e.p.memory))
	}
	e.orders = orders{Cell: c, viaGonb: magic.NeedsGoNBOutput(code)}
	if c.Help {
		plain, page := magic.Help()
		e.out.show("display_data", bundle(map[string]any{"text/plain": plain, "text/html": page}))
	}
	if c.Means {
		plain, page := magic.ControlledHelp()
		e.out.show("display_data", bundle(map[string]any{"text/plain": plain, "text/html": page}))
	}
	switch c.Picture {
	case magic.PictureOn:
		e.p.pictureOff.Store(false)
	case magic.PictureOff:
		e.p.pictureOff.Store(true)
	}
	if f := e.obeyExplore(c); f != nil {
		return "", f
	}
	return c.Code, e.obeyControl(c)
}

// bundle is the content of display_data.
func bundle(data map[string]any) map[string]any {
	return map[string]any{"data": data, "metadata": map[string]any{}, "transient": map[string]any{}}
}
