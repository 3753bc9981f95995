package trace

import (
	"fmt"
	"slices"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// main's number in a recording.
const mainNumber = 1

// maxID is the longest identifier made of a path. A chain of goroutines, each
// started by the one before, would fill the memory with theirs.
const maxID = 80

// goroutines makes the lanes: main first, then in the order of creation.
func (b *builder) goroutines() {
	found := map[uint32]*row{mainNumber: newRow(mainNumber)}
	creators := map[uint32]*Entry{}
	for i := range b.log.Entries {
		e := &b.log.Entries[i]
		r := rowOf(found, e.G)
		switch e.Op {
		case event.Go:
			child := rowOf(found, uint32(e.Aux))
			child.created, child.site = i, e.Site
			creators[child.number] = e
		case event.Start:
			if r.started = i; r.site == 0 {
				r.site = e.Site // that of the go statement, which was not kept
			}
			r.library = e.Site == 0 && e.G != mainNumber
			r.arg = b.argument(e)
		case event.Name:
			r.offer(e)
		}
	}
	for i := range b.log.begun {
		if e := &b.log.begun[i]; found[e.G] != nil {
			found[e.G].arg = b.argument(e)
		}
	}
	numbers := make([]uint32, 0, len(found))
	for n := range found {
		numbers = append(numbers, n)
	}
	slices.SortFunc(numbers, byCreation)
	for lane, n := range numbers {
		b.lanes[n] = lane
		b.rows = append(b.rows, *found[n])
	}
	if b.x.Unseen = int(b.log.Goroutines) - len(numbers); b.x.Unseen < 0 || b.log.Count == uint64(len(b.log.Entries)) {
		b.x.Unseen = 0
	}
	b.x.Goroutines = make([]model.Goroutine, len(numbers))
	for lane, n := range numbers {
		b.x.Goroutines[lane] = b.lane(n, creators[n])
	}
}

func rowOf(found map[uint32]*row, n uint32) *row {
	r := found[n]
	if r == nil {
		r = newRow(n)
		found[n] = r
	}
	return r
}

func newRow(n uint32) *row {
	return &row{number: n, created: -1, started: -1, last: -1, before: -1, want: -1, over: -1}
}

func byCreation(m, n uint32) int {
	switch {
	case m == n:
		return 0
	case m == mainNumber || m < n && n != mainNumber:
		return -1
	}
	return 1
}

// lane makes goroutine n; created is its go event, nil if that is not known. A creator has
// a smaller number than what it creates, so its lane is made already.
func (b *builder) lane(n uint32, created *Entry) model.Goroutine {
	g := model.Goroutine{Creator: -1, BlockedOn: -1}
	switch {
	case n == mainNumber:
		g.ID = "main"
	case created == nil || created.G >= n && created.G != mainNumber:
		g.ID = fmt.Sprintf("g%d", n)
	default:
		g.Creator = b.lanes[created.G]
		if g.ID = fmt.Sprintf("%s.%d", b.x.Goroutines[g.Creator].ID, created.Obj); len(g.ID) > maxID || b.paths[g.ID] {
			g.ID = fmt.Sprintf("g%d", n)
		}
		b.paths[g.ID] = true
		g.Pos = b.pos(created.Site)
	}
	return g
}

// pairGoroutine joins the go statement and the first step.
func (b *builder) pairGoroutine(i int, e *model.Event) {
	switch e.Op {
	case event.Go:
		child, ok := b.lanes[uint32(b.log.Entries[i].Aux)]
		if !ok || child == e.G || b.rows[child].created != i {
			return
		}
		e.Partner = child
		if start := b.rows[child].started; start > i {
			e.Link = start
		}
	case event.Start:
		if created := b.rows[e.G].created; created >= 0 && created < i && b.rows[e.G].started == i {
			b.link(i, created)
		}
	}
}
