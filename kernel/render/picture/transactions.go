package picture

import (
	"threading101/kernel/event"
	"threading101/kernel/words"
)

// A transaction of a database gets a bracket beside the lane of its goroutine, from the
// statement that begins it to the one that ends it. Of each statement in it there is said
// which state of the database it sees.

// chooseTransactions finds the transactions.
func (p *Picture) chooseTransactions() {
	for _, t := range p.Execution.Transactions {
		d := call{lane: p.laneOf[t.G], from: p.rowOfEvent(t.First), to: len(p.rows) - 1, open: t.Last < 0, undone: t.How == event.RollsBack || t.How == event.IsRefused}
		if t.Last >= 0 {
			d.to = p.rowOfEvent(t.Last)
		}
		if d.lane >= 0 && d.from >= 0 && d.to >= d.from {
			p.transactions = append(p.transactions, d)
		}
	}
}

// rowOfEvent is the row that shows an event, or stands for it; -1 if none does.
func (p *Picture) rowOfEvent(i int) int {
	if s := p.Steps.Of[i]; s >= 0 {
		return p.rowWith(s)
	}
	return -1
}

// world says which state of the database the statement of a row sees, "" if it is none in a
// transaction. One that has waited for a row sees that as it was left when it goes on.
func (p *Picture) world(r *row) string {
	if r.kind != isStep {
		return ""
	}
	e := &p.Execution.Events[r.event]
	seen := p.number(e.Seen())
	if seen == 0 {
		return ""
	}
	if let := p.number(e.Link); e.Op == event.Statement && let > seen && !e.Failed() {
		return words.WorldOf(seen, let)
	}
	return words.WorldOf(seen, 0)
}

// number is the number of the step that shows an event, 0 if none does.
func (p *Picture) number(i int) int {
	if s := p.StepOf(i); s >= 0 {
		return p.Steps.List[s].N
	}
	return 0
}
