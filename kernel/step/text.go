package step

import (
	"fmt"
	"strings"

	"threading101/kernel/words"
)

// A state as text, a line for each thing.

// nameWidth is how wide the names of goroutines are, at most.
const nameWidth = 20

// widest is how wide the names in a state are.
func widest(st *State) (n int) {
	for _, g := range st.Goroutines {
		n = max(n, words.Width(g.Name))
	}
	return min(max(n, words.Width(words.StepTimer)), nameWidth)
}

// padded is text with blanks behind it up to a width.
func padded(text string, width int) string {
	text = words.Truncate(text, width)
	return text + strings.Repeat(" ", max(0, width-words.Width(text)))
}

// nameOf is how the goroutine with an identifier is called.
func nameOf(st *State, id string) string {
	for _, g := range st.Goroutines {
		if g.ID == id {
			return g.Name
		}
	}
	return id
}

// line is a row about a goroutine: a number, or a sign, the name, what it does, and where.
func line(st *State, sign, name, does string, at Place) string {
	return strings.TrimRight(fmt.Sprintf("%5s  %s  %s  %s", sign, padded(name, widest(st)), padded(does, 44), at), " ") + "\n"
}

// String is a place as text, "" where there is none.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return ""
	case p.In != "":
		return fmt.Sprintf("%s:%d", p.In, p.Line)
	case p.Cell > 0:
		return words.ReportPlace(p.Cell, "", p.Line)
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Steps lists steps. Those that nobody chose have a dot.
func Steps(st *State, steps []Step) string {
	var b strings.Builder
	for _, s := range steps {
		sign := fmt.Sprint(s.N)
		if !s.Chosen {
			sign += "·"
		} else {
			sign += " "
		}
		b.WriteString(line(st, sign, nameOf(st, s.Goroutine), s.Does, s.Place))
	}
	return b.String()
}

// Values lists what the shared variables hold, in one line; "" if there are none.
func Values(st *State) string {
	var all []string
	for _, v := range st.Values {
		all = append(all, v.Name+" = "+v.Value)
	}
	if len(all) == 0 {
		return ""
	}
	return "       " + words.Truncate(strings.Join(all, "   "), 100) + "\n"
}

// Choices lists what can be next.
func Choices(st *State) string {
	var b strings.Builder
	if st.Spins != "" {
		b.WriteString(st.Spins + "\n")
	}
	b.WriteString(st.Asks + "\n")
	for _, c := range st.Choices {
		b.WriteString(line(st, fmt.Sprint(c.Key)+" ", c.Name, c.Does, c.Place))
	}
	if st.MoreWays > 0 {
		b.WriteString("       " + words.StepMore(st.MoreWays) + "\n")
	}
	return b.String()
}

// Why lists who cannot go on, and why.
func Why(st *State) string {
	var b strings.Builder
	for _, g := range st.Goroutines {
		if g.Is != Waits && g.Is != Aside {
			continue
		}
		b.WriteString(line(st, "", g.Name, words.StepWhy(g.Does, g.Why), g.Place))
	}
	if b.Len() == 0 {
		return words.StepNobodyWaits + "\n"
	}
	return b.String()
}

// Ended says how the run ended, what it printed, and what gives it again.
func Ended(st *State) string {
	text := ""
	if st.Output != "" {
		text = words.StepPrinted + "\n" + strings.TrimSuffix(st.Output, "\n") + "\n"
	}
	text += words.StepEnded(st.Ended.Status, words.Plain(st.Ended.Reason, mostText)) + "\n"
	for _, says := range st.Ended.Says {
		text += says + "\n"
	}
	if st.Made == 0 {
		text += words.StepNoChoices + "\n"
	}
	return text + words.StepToken(st.Token) + "\n"
}

// Text is what a state has beside its steps: the values, what can be next and why others
// cannot go on; of a run that is over, how it ended.
func Text(st *State) string {
	if st.Ended != nil {
		return Values(st) + Ended(st)
	}
	return Values(st) + Choices(st) + Why(st)
}
