package trace

import (
	"threading101/kernel/event"
	"threading101/kernel/model"
)

// prompts finds where one cell of the program is over and the next begins.
func (b *builder) prompts() {
	slept := map[int]int64{} // when main came to the prompt behind a cell
	for i := range b.x.Events {
		e := &b.x.Events[i]
		switch {
		case e.Site == nil || e.Site.Prompt == 0:
		case e.Op == event.Sleep:
			slept[e.Site.Prompt] = e.T
		case e.Op == event.Woke:
			p := model.Prompt{Cell: e.Site.Prompt, Event: i + 1, Pos: e.Pos}
			if from, ok := slept[e.Site.Prompt]; ok {
				p.Lasted = e.T - from
			}
			b.x.Prompts = append(b.x.Prompts, p)
		}
	}
}
