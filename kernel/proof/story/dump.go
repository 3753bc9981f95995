package story

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// Dump writes an Execution as text, for tests and for whoever looks for a
// mistake: everything but times.
func Dump(w io.Writer, x *model.Execution) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "run %s %s", x.Mode, x.Status)
	if x.ExitCode != 0 {
		fmt.Fprintf(b, " exit=%d", x.ExitCode)
	}
	if x.Dropped > 0 {
		fmt.Fprintf(b, " dropped=%d", x.Dropped)
	}
	if x.Skipped > 0 {
		fmt.Fprintf(b, " skipped=%d", x.Skipped)
	}
	if x.Reason != "" {
		fmt.Fprintf(b, " %q", x.Reason)
	}
	b.WriteByte('\n')
	for i := range x.Goroutines {
		fmt.Fprintf(b, "goroutine %s\n", describeGoroutine(x, i))
	}
	for _, o := range x.Objects {
		fmt.Fprintf(b, "object %s\n", describeObject(o))
	}
	for i := range x.Events {
		if x.Dropped > 0 && i == x.DroppedAt {
			fmt.Fprintf(b, "… %d dropped\n", x.Dropped)
		}
		fmt.Fprintf(b, "%s\n", Event(x, i))
	}
	for _, r := range x.Races {
		fmt.Fprintf(b, "race %s %s %s\n", r.Object, describeAccess(r.A), describeAccess(r.B))
	}
	for _, s := range x.Spans {
		fmt.Fprintf(b, "span %s\n", Span(x, s))
	}
	for _, value := range x.Values {
		fmt.Fprintf(b, "outcome %q\n", value)
	}
	for _, u := range x.Uncontrolled {
		fmt.Fprintf(b, "uncontrolled %s\n", u)
	}
	return b.Flush()
}

func describeGoroutine(x *model.Execution, i int) string {
	g := &x.Goroutines[i]
	s := fmt.Sprintf("%s %q %s", g.ID, g.Name, g.End)
	if g.Creator >= 0 {
		s += fmt.Sprintf(" by=%s", x.Goroutines[g.Creator].ID)
	}
	if g.Pos != (model.Pos{}) {
		s += " go=" + placeText(g.Pos)
	}
	if g.BlockedOn >= 0 {
		s += " on=" + x.Objects[g.BlockedOn].Name
	}
	if g.BlockedAt != (model.Pos{}) {
		s += " at=" + placeText(g.BlockedAt)
	}
	return s
}

func describeObject(o model.Object) string {
	s := fmt.Sprintf("%q %s", o.Name, className[o.Class])
	if o.Shared {
		s += " shared"
	}
	if o.Partial {
		s += " partial"
	}
	return s
}

var className = map[event.Class]string{
	event.ClassMutex: "mutex", event.ClassRWMutex: "rwmutex", event.ClassWaitGroup: "waitgroup", event.ClassChannel: "channel",
	event.ClassSelect: "channel", event.ClassCond: "cond", event.ClassOnce: "once", event.ClassMemory: "memory", event.ClassAtomic: "atomic",
	event.ClassFile: "file", event.ClassDatabase: "database", event.ClassTableRow: "row",
}

// Event is the line of event i.
func Event(x *model.Execution, i int) string {
	e := &x.Events[i]
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s %s", e.Step, x.Goroutines[e.G].ID, e.Op)
	if e.Object >= 0 {
		b.WriteString(" " + x.Objects[e.Object].Name)
	}
	if e.Value != "" {
		fmt.Fprintf(&b, " %q", e.Value)
	}
	for _, c := range e.Cases {
		b.WriteString(" " + describeCase(x, c))
	}
	for _, f := range []struct {
		set  bool
		name string
	}{{e.Flags&event.FlagClosed != 0 && e.Op == event.Recv, "closed"}, {e.Flags&event.FlagSelect != 0, "select"}, {e.Stale, "stale"}} {
		if f.set {
			b.WriteString(" " + f.name)
		}
	}
	if e.Pos != (model.Pos{}) {
		b.WriteString(" @" + placeText(e.Pos))
	}
	if e.Partner >= 0 {
		b.WriteString(" with=" + x.Goroutines[e.Partner].ID)
	}
	if e.Link >= 0 {
		fmt.Fprintf(&b, " link=%d", x.Events[e.Link].Step)
	}
	return b.String()
}

// Span is the line of a call.
func Span(x *model.Execution, s model.Span) string {
	text := fmt.Sprintf("%d %s", s.N, x.Goroutines[s.G].ID)
	if s.First >= 0 {
		text += fmt.Sprintf(" steps %d to %d", x.Events[s.First].Step, x.Events[s.Last].Step)
	}
	if s.Open {
		text += " open"
	}
	return text
}

func describeCase(x *model.Execution, c model.Case) string {
	does, name := "recv", "nil"
	if c.Send {
		does = "send"
	}
	if c.Object >= 0 {
		name = x.Objects[c.Object].Name
	}
	return does + ":" + name
}

func describeAccess(a model.Access) string {
	s := "read"
	if a.Write {
		s = "write"
	}
	return fmt.Sprintf("%s %q @%s event=%d", s, a.Goroutine, placeText(a.Pos), a.Event)
}

// placeText is "cell3:7", "main.go:7" or "7".
func placeText(p model.Pos) string {
	switch {
	case p.Cell != 0:
		return fmt.Sprintf("cell%d:%d", p.Cell, p.Line)
	case p.File != "":
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprint(p.Line)
}
