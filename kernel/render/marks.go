package render

// begunInside is the goroutine whose call of a watched function was under way when
// event i began another call of it, -1 if none was.
func (p *picture) begunInside(i int) int {
	for b := range p.ex.Spans {
		if p.ex.FirstStep(&p.ex.Spans[b]) != i {
			continue
		}
		for a := range p.ex.Spans {
			if p.ex.Inside(&p.ex.Spans[a], &p.ex.Spans[b]) {
				return p.ex.Spans[a].G
			}
		}
	}
	return -1
}
