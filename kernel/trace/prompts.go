package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// prompts finds where one cell of the program is over and the next begins. At the last
// one main may have stayed.
func (b *builder) prompts() {
	var open *model.Prompt // that at which main is
	end := func(event int, t int64) {
		open.Event, open.Lasted = event, t-open.Lasted
		b.x.Prompts = append(b.x.Prompts, *open)
		open = nil
	}
	var last int64
	for i := range b.x.Events {
		e := &b.x.Events[i]
		last = max(last, e.T)
		switch {
		case e.Site == nil || e.Site.Prompt == 0:
		case e.Op == event.Sleep:
			open = &model.Prompt{Cell: e.Site.Prompt, Pos: e.Pos, Lasted: e.T}
		case e.Op == event.Woke && open != nil:
			end(i+1, e.T)
		}
	}
	if open != nil && b.x.Status == model.Waiting {
		end(len(b.x.Events), last)
	}
}
