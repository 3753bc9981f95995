package explain

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/trace"
	"threading101/kernel/words"
)

// closed says who closed the channel on which a goroutine sent and panicked.
func (s *speaker) closed() []string {
	if s.x.Status != trace.Panicked || !strings.Contains(s.x.Reason, "send on closed channel") {
		return nil
	}
	last := s.lastEvents()
	for g := range s.x.Goroutines {
		if i := s.sendBefore(last[g]); s.x.Goroutines[g].End == trace.DidPanic && i >= 0 {
			return s.closedBefore(i)
		}
	}
	return nil
}

// sendBefore is the send that a goroutine's last event, a panic, came of; -1 if
// it came of something else.
func (s *speaker) sendBefore(last int) int {
	for i := last; i >= 0; i-- {
		e := &s.x.Events[i]
		switch {
		case e.G != s.x.Events[last].G || e.Op == event.Panic:
		case e.Op == event.SendWant && e.Link < 0 && e.Object >= 0:
			return i
		default:
			return -1
		}
	}
	return -1
}

func (s *speaker) closedBefore(send int) []string {
	e := &s.x.Events[send]
	for i := range s.x.Events {
		c := &s.x.Events[i]
		if c.Op != event.Close || c.Object != e.Object {
			continue
		}
		s.sentence()
		closer, sender, value := s.name(c.G), s.name(e.G), words.Plain(e.Value, 24)
		if i > send {
			return []string{words.ExplainClosedAfter(closer, s.whenAt(i), sender, value, s.whenAt(send), s.object(e.Object))}
		}
		return []string{words.ExplainClosedBefore(closer, s.whenAt(i), sender, value, s.at(send), s.object(e.Object))}
	}
	return nil
}
