package step

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"threading101/kernel/words"
)

// Talk leads a session by lines of text: in a terminal, or where a front end asks for
// input.
type Talk struct {
	*Session
	Pipe  bool   // nobody waits for the answers: each has all that can be found out soon
	State *State // the last one; nil before Begin
	Note  string // what the last answer brought beside the state: a hint, or why it was not obeyed
	shown int    // steps that were printed
	goal  string // what was said last of it
	vain  int    // answers in a row that led nowhere
}

// mostVain is how many answers in a row may lead nowhere. Nobody is there then who reads
// what is said to them: the run is finished, and left.
const mostVain = 20

// An answer waits so long for what is being found out about the goal: a person has to be
// shown something meanwhile.
const (
	personWaits = 300 * time.Millisecond
	pipeWaits   = 20 * time.Second
)

func (t *Talk) patience() time.Duration {
	if t.Pipe {
		return pipeWaits
	}
	return personWaits
}

// Begin does what begins the session, and returns what is to be shown of it.
func (t *Talk) Begin(ctx context.Context, first Request) (text string, refused *Error) {
	if text, refused = t.do(ctx, first); refused != nil {
		return "", refused
	}
	return text, nil
}

// Answer obeys a line, and returns what is to be shown. over says that the learner has
// had enough: there is nothing more to ask.
func (t *Talk) Answer(ctx context.Context, line string) (text string, over bool) {
	line = strings.TrimSpace(line)
	r, known := t.read(line)
	t.Note = ""
	switch {
	case line == "?":
		return Why(t.State), false
	case (line == "q" || line == "") && t.State.Ended != nil:
		return "", true
	case !known:
		return t.inVain(ctx, words.StepKeys(t.State.Goal != nil))
	}
	text, refused := t.do(ctx, r)
	switch {
	case refused != nil && refused.Code == Interrupted:
		return refused.Message + "\n", true
	case refused != nil:
		return t.inVain(ctx, refused.Message)
	}
	t.vain = 0
	if g := t.State.Goal; g != nil && g.Next > 0 {
		t.Note = words.StepHint(g.Next, t.State.Choices[g.Next-1].Name) + "\n"
	}
	return text, line == "q"
}

// inVain counts an answer that led nowhere, of which something is said.
func (t *Talk) inVain(ctx context.Context, said string) (text string, over bool) {
	t.vain++
	if t.vain > mostVain {
		t.vain = 0
		text, _ = t.Answer(ctx, "q")
		return text, true
	}
	t.Note = said + "\n"
	return t.Note, false
}

// read reads a line: the number of a choice, or who goes on by name; nothing for the one
// that made the last step, or the first if there is none; or a word.
func (t *Talk) read(line string) (r Request, known bool) {
	switch first, rest, _ := strings.Cut(line, " "); first {
	case "u":
		return Request{Do: DoUndo}, true
	case "r":
		return Request{Do: DoRestart}, true
	case "q":
		return Request{Do: DoFinish, Rest: RestStays}, true
	case "x":
		return Request{Do: DoFinish, Rest: RestSeed}, true
	case "h":
		return Request{Do: DoHint}, true
	case "s":
		return Request{Do: DoSolve}, true
	case "goal":
		return Request{Do: DoGoal, Goal: strings.TrimSpace(rest)}, true
	case "from":
		return Request{Do: DoFrom, Token: strings.TrimSpace(rest)}, true
	}
	key := t.choice(line)
	return Request{Do: DoChoose, Choice: key}, key > 0
}

// choice is the key of the choice that a line names, 0 if it names none, or more than
// one: by its number, by a name or the last word of one; "" is who made the last step, else
// the first.
func (t *Talk) choice(line string) int {
	if n, err := strconv.Atoi(line); err == nil {
		return n
	}
	last := func(c Choice) bool { return c.Last }
	named := func(c Choice) bool { return c.Kind == Turn && strings.EqualFold(c.Name, line) }
	ends := func(c Choice) bool {
		return c.Kind == Turn && strings.HasSuffix(strings.ToLower(c.Name), " "+strings.ToLower(line))
	}
	if line == "" {
		return cmp.Or(t.only(last), 1)
	}
	return cmp.Or(t.only(named), t.only(ends))
}

// only is the key of the only choice of which is holds, 0 if there is none, or more than
// one.
func (t *Talk) only(is func(Choice) bool) (key int) {
	for _, c := range t.State.Choices {
		switch {
		case is(c) && key > 0:
			return 0
		case is(c):
			key = c.Key
		}
	}
	return key
}

// do obeys a request, and waits a little for what is to be known of the goal then.
func (t *Talk) do(ctx context.Context, r Request) (string, *Error) {
	reply := t.Do(ctx, r)
	if reply.Error != nil {
		return "", reply.Error
	}
	if g := reply.State.Goal; g != nil && g.Is == Searching {
		soon, cancel := context.WithTimeout(ctx, t.patience())
		if later := t.Do(soon, Request{Do: DoState}); later.Error == nil {
			reply = later
		}
		cancel()
	}
	t.State = reply.State
	return t.news(), nil
}

// news is what a state has that was not shown yet.
func (t *Talk) news() string {
	st := t.State
	if len(st.Steps) < t.shown {
		t.shown = max(0, len(st.Steps)-1)
	}
	text := Steps(st, st.Steps[t.shown:]) + Values(st)
	t.shown = len(st.Steps)
	if st.Goal != nil && st.Goal.Says != "" && st.Goal.Says != t.goal {
		text += st.Goal.Says + "\n"
		t.goal = st.Goal.Says
	}
	for _, note := range st.Notes {
		text += note + "\n"
	}
	if st.Goal != nil && st.Goal.Next > 0 {
		text += words.StepHint(st.Goal.Next, st.Choices[st.Goal.Next-1].Name) + "\n"
	}
	if st.Ended != nil {
		return text + Ended(st)
	}
	return text + Choices(st)
}

// Prompt is what stands before the learner's answer.
func (t *Talk) Prompt() string {
	if t.State.Ended != nil {
		return words.StepOverPrompt
	}
	var names []string
	for _, c := range t.State.Choices {
		name := c.Name
		if c.Kind == Case || c.Kind == Chance {
			name = c.Does
		}
		names = append(names, strconv.Itoa(c.Key)+" "+name)
	}
	return words.StepPrompt(names[:min(len(names), mostPrompted)], len(names) > mostPrompted, t.State.Goal != nil)
}

// mostPrompted is how many choices stand in a prompt.
const mostPrompted = 9

// Finish makes the rest of the run where nobody answers, and returns what is to be
// shown.
func (t *Talk) Finish(ctx context.Context) string {
	if t.State.Ended != nil {
		return ""
	}
	text, refused := t.do(ctx, Request{Do: DoFinish})
	if refused != nil {
		return refused.Message + "\n"
	}
	return words.StepFinished + "\n" + text
}

// Screen is the whole state in so many rows: as many of the last steps as there is room
// for.
func (t *Talk) Screen(rows int) string {
	st := t.State
	rest := Text(st)
	if st.Goal != nil && st.Goal.Says != "" {
		rest = st.Goal.Says + "\n" + rest
	}
	for _, note := range st.Notes {
		rest += note + "\n"
	}
	rest += t.Note
	room := max(rows-2-strings.Count(rest, "\n"), 3)
	return Steps(st, st.Steps[max(0, len(st.Steps)-room):]) + rest
}
