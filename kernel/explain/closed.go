package explain

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// closed says who closed the channel on which a goroutine sent and panicked.
func (s *speaker) closed() []string {
	if s.x.Status != model.Panicked || !strings.Contains(s.x.Reason, "send on closed channel") {
		return nil
	}
	if i := s.failedSend(); i >= 0 {
		return s.closedBefore(i)
	}
	return nil
}

// failedSend is the last send that never came about, of a goroutine that
// panicked; -1 if there is none. What comes after it are deferred calls.
func (s *speaker) failedSend() int {
	for i := len(s.x.Events) - 1; i >= 0; i-- {
		e := &s.x.Events[i]
		if e.Object >= 0 && s.x.Goroutines[e.G].End == model.DidPanic && (e.Op == event.SendWant && e.Link < 0 || trace.FailedCase(s.x, i)) {
			return i
		}
	}
	return -1
}

// closedBefore says who closed the channel of a send that failed.
func (s *speaker) closedBefore(send int) []string {
	e := &s.x.Events[send]
	for i := range s.x.Events {
		c := &s.x.Events[i]
		if c.Op != event.Close || c.Object != e.Object {
			continue
		}
		s.sentence()
		closer, sender, value := s.name(c.G), s.name(e.G), words.Plain(e.Value, 24)
		if e.Op == event.Select {
			return []string{finding.ExplainClosedSelect(closer, s.whenAt(i), sender, s.whenAt(send), s.object(e.Object))}
		}
		if i > send {
			return []string{finding.ExplainClosedAfter(closer, s.whenAt(i), sender, value, s.whenAt(send), s.object(e.Object))}
		}
		return []string{finding.ExplainClosedBefore(closer, s.whenAt(i), sender, value, s.at(send), s.object(e.Object))}
	}
	return nil
}
