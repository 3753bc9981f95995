package words

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Did says what the goroutine did in event i: "B prints “x”".
func Did(x *model.Execution, i int) string {
	e := &x.Events[i]
	return Name(x.Goroutines[e.G].Name) + " " + Does(ActOf(x, e, false))
}

// ActOf is what an event says that a goroutine did, or, where it had to wait there,
// was to do.
func ActOf(x *model.Execution, e *model.Event, waited bool) Act {
	a := Act{
		Op: e.Op, Waiting: waited, Main: e.G == 0,
		Object: Plain(x.ObjectName(e.Object), 24), Value: valueOf(e),
		Closed: e.Flags&event.FlagClosed != 0 && e.Op == event.Recv, Failed: e.Failed(),
		Prompt: e.Site != nil && e.Site.Prompt > 0, Behind: e.Behind, Select: e.Flags&event.FlagSelect != 0 && e.Op != event.Select,
	}
	if e.Op == event.StatementWant {
		a.Object, a.Own, a.Pool = Plain(x.ObjectName(e.Wanted()), 24), e.Flags&event.FlagOwn != 0, e.Flags&event.FlagConnection != 0
	}
	if e.Partner >= 0 && e.Partner < len(x.Goroutines) {
		a.Other = Name(x.Goroutines[e.Partner].Name)
	}
	return a
}

// ActOfStep is [ActOf] for a step, which may show more than one event.
func ActOfStep(x *model.Execution, s *model.Step) Act {
	a := ActOf(x, &x.Events[s.Event], s.Waited)
	if a.Ends = s.End >= 0; s.Met >= 0 {
		a.To = Name(x.Goroutines[x.Events[s.Met].G].Name)
	}
	return a
}

// valueOf is an event's value, short enough for a picture.
func valueOf(e *model.Event) string {
	if e.Op == event.Statement {
		return statement(e.Value, e.Failed())
	}
	return Plain(withoutLineEnd(e), 80)
}

// statement says what became of a statement, and then which it was, since a picture's row
// may have room for the beginning only: "reads 100: SELECT balance FROM account …".
func statement(text string, refused bool) string {
	const sent, became = 40, 44
	begin, end, has := strings.Cut(text, " ➜ ")
	first, _, _ := strings.Cut(begin, " ")
	begin, end = Plain(begin, sent), Plain(end, became)
	switch first = strings.ToUpper(first); {
	case refused:
		return "is refused, " + end + ": " + begin
	case has && (first == "SELECT" || first == "WITH"):
		return "reads " + end + ": " + begin
	case has && (first == "UPDATE" || first == "INSERT" || first == "DELETE"):
		return "changes " + end + ": " + begin
	}
	return "sends " + begin
}

// withoutLineEnd is an event's value without the line end that every print has, and
// most of what is written to files.
func withoutLineEnd(e *model.Event) string {
	if n := len(e.Value); lines(e.Op) && n > 0 && e.Value[n-1] == '\n' {
		return e.Value[:n-1]
	}
	return e.Value
}

// lines says whether an operation is about lines of text.
func lines(op event.Op) bool {
	return op == event.Print || op == event.FileWrite || op == event.FileRead
}
