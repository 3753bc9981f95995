package learning

import (
	"fmt"
	"html"
	"strings"

	"threading101/kernel/words"
)

// Emphasised is a sentence in pieces: every second one stands out.
type Emphasised []string

// Plain puts what stands out in quotes.
func (e Emphasised) Plain() string { return e.join(func(s string) string { return "“" + s + "”" }) }

// HTML puts it in italics.
func (e Emphasised) HTML() string {
	escaped := make(Emphasised, len(e))
	for i := range e {
		escaped[i] = html.EscapeString(e[i])
	}
	return escaped.join(func(s string) string { return "<em>" + s + "</em>" })
}

func (e Emphasised) join(stress func(string) string) string {
	var b strings.Builder
	for i, s := range e {
		if i%2 == 1 {
			s = stress(s)
		}
		b.WriteString(s)
	}
	return b.String()
}

// either puts texts that stand out side by side: a, b or c.
func either(all []string) (e Emphasised) {
	for i, s := range all {
		join := ""
		switch {
		case i > 0 && i == len(all)-1:
			join = " or "
		case i > 0:
			join = ", "
		}
		e = append(e, join, s)
	}
	return e
}

// PredictLabel names a question for a screen reader.
const PredictLabel = "your prediction"

// PredictPrompt asks for an answer. again is what was said before, "" if nothing was.
func PredictPrompt(kind string, options int, again string) string {
	how := "a number"
	switch kind {
	case "choice":
		how = fmt.Sprintf("1–%d, or the text", options)
	case "order":
		how = "the numbers in your order, such as " + orderLike(options)
	case "step":
		how = "the number of a step"
	}
	if again != "" {
		return fmt.Sprintf("You said “%s”. Talk to your neighbour, then answer once more (%s; Enter passes): ", again, how)
	}
	return fmt.Sprintf("Your prediction (%s; “because …” if you like; Enter passes): ", how)
}

// orderLike is an order of so many numbers, as an example.
func orderLike(n int) string {
	var all []string
	for i := n; i > 0; i-- {
		all = append(all, words.Number(i))
	}
	return strings.Join(all, " ")
}

// PredictOnceMore is said where what was typed is no answer.
func PredictOnceMore(prompt string) string { return "That is none of the answers. " + prompt }

// PredictBecausePrompt asks for a reason.
const PredictBecausePrompt = "because (Enter leaves it out): "

// PredictSaid puts what was said beside what it was. said has an answer for each round;
// was is empty if nobody knows. all says that it is about all interleavings.
func PredictSaid(said, was []string, all bool) Emphasised {
	e := Emphasised{"You said ", said[0]}
	for _, later := range said[1:] {
		e = append(e, ", then ", later)
	}
	if len(was) == 0 {
		return append(e, ".")
	}
	it := ". It was "
	if all {
		it = ". Over all interleavings it is "
	}
	right := either(was)
	right[0] = it
	return append(append(e, right...), ".")
}

// PredictBecause repeats a reason.
func PredictBecause(reason string) Emphasised { return Emphasised{"Because: ", reason} }

// PredictRun puts what a run came to beside what was said.
func PredictRun(result string) Emphasised { return Emphasised{"This run: ", result, "."} }

// PredictNotAnswered is said where nothing was said, or nobody could be asked.
const PredictNotAnswered = "Not answered."

// PredictNobody says why nobody was asked: the front end takes no input now, or further
// cells wait.
const PredictNobody = "Not answered: you are asked when you run this cell by itself."

// PredictNotKnown says that the search was too short to tell.
const PredictNotKnown = "Only some of the interleavings were tried, so it is still open."

// PredictNotTold says that neither run nor search tells the answer.
const PredictNotTold = "This cell does not tell the answer."

// PredictNoneOfThese says that no option was right.
const PredictNoneOfThese = "It was none of these."

// PredictShownBy names a run that shows what it was.
func PredictShownBy(token string) string { return "Here is a run that shows it: %replay " + token }

// PredictFileFull and PredictNoFile are reasons why an answer is not written down.
const (
	PredictFileFull = "the file is full"
	PredictNoFile   = "it is not a regular file"
)

// PredictNotKept says that answers cannot be written down.
func PredictNotKept(file string, reason error) string {
	return fmt.Sprintf("Your predictions are kept only until the kernel ends: %s cannot be written (%v).", file, reason)
}

// PredictFull says that the file has no room.
func PredictFull(file string) string {
	return fmt.Sprintf("Your predictions are kept only until the kernel ends: %s is full. Move it away, and a new one begins.", file)
}

// Errors of a %predict line. A hint stands behind a line end.

// PredictNoQuestion answers a line without a question.
const PredictNoQuestion = `%predict begins with the question in quotes` + "\n" + `hint: %predict "How many lines?" six | three | none`

// PredictOpen answers a quote or brace that does not close.
func PredictOpen(what string) string {
	return fmt.Sprintf("%%predict: %s is opened but not closed on this line", what)
}

// PredictUnknownFlag answers a flag that is none.
func PredictUnknownFlag(flag string) string {
	return fmt.Sprintf("%%predict has no %s\nhint: there are -number, -step, -order, -answer X, -because, -about KEY and -again", words.Plain(flag, 40))
}

// PredictNoAnswer answers -answer without one.
const PredictNoAnswer = "-answer of %predict takes the answer: -answer 3, or -answer {lines}"

// PredictBadAnswer answers -answer with something that nobody could say.
func PredictBadAnswer(text string) string {
	return fmt.Sprintf("-answer %s is none of the answers to this question", words.Plain(text, 60))
}

// PredictBadClaim answers what stands in braces and compares nothing.
func PredictBadClaim(text string) string {
	return fmt.Sprintf("%%predict cannot compare {%s}\nhint: {lines==6}, {status==deadlock}, {total==2 possible} and {total<=2 always} can be compared", words.Plain(text, 60))
}

// PredictClaimOfChoice answers braces where there is nothing to choose.
const PredictClaimOfChoice = "%predict: braces belong to options to choose from\nhint: with -order, write -answer {printed}"

// PredictFewOptions answers a question with nothing to choose.
const PredictFewOptions = "%predict needs at least two options, with | between them\nhint: for a number write -number, for a step -step"

// PredictManyOptions answers a question with more options than keys.
func PredictManyOptions(most int) string {
	return fmt.Sprintf("%%predict takes at most %d options", most)
}

// PredictNoOptions answers options of a question for a number.
func PredictNoOptions(kind string) string { return fmt.Sprintf("%%predict -%s takes no options", kind) }

// PredictEmptyOption answers an option without a text.
const PredictEmptyOption = "%predict: an option has no text\nhint: the options have one | between them"

// PredictTwice answers an option that is there twice.
func PredictTwice(option string) string {
	return fmt.Sprintf("%%predict has the option %s twice", words.Plain(option, 60))
}

// PredictTwiceHint says how to ask twice.
const PredictTwiceHint = "ask another question, or ask it in another cell"

// PredictBoth answers claims about all interleavings of which some are about output and
// some about values.
const PredictBoth = "%predict compares over all interleavings either what is printed or values, not both"

// Misconceptions are what wrong predictions show, by the keys that questions give them.
var Misconceptions = map[string]string{
	"lock":     "a lock protects data by itself",
	"atomic":   "a statement is one step",
	"once":     "right once is always right",
	"order":    "the order is fixed",
	"parallel": "it takes several processors to go wrong",
	"benign":   "a data race can be harmless",
	"wakeup":   "a signal waits for those who come later",
	"print":    "what a print hides is gone",
	"join":     "nobody needs to join",
	"end":      "main waits for the others",
	"sleep":    "sleeping is a way to wait",
	"go":       "a goroutine begins at once",
	"copy":     "a copy of a lock is the same lock",
	"stuck":    "Go notices every deadlock",
	"queue":    "what is sent first arrives first",
	"sent":     "what is sent is done",
	"stop":     "a goroutine that is cancelled stops by itself",
	"buffer":   "more room in a channel cures a leak",
}

// Misconception is one in words.
func Misconception(key string) string {
	if s := Misconceptions[key]; s != "" {
		return s
	}
	return words.Plain(key, 60)
}

// ProgressNone is said where nothing was predicted.
const ProgressNone = "No predictions yet. A cell with %predict asks you before it runs."

// Progress says how many predictions there were, and how many were as it was.
func Progress(questions, judged, first int) string {
	s := fmt.Sprintf("%s answered.", words.Count(questions, "question"))
	if judged > 0 {
		s += fmt.Sprintf(" %d of %d came out as you first said.", first, judged)
	}
	return s
}

// ProgressSecond says the same of second rounds.
func ProgressSecond(judged, second int) string {
	return fmt.Sprintf("In the second round, %d of %d did.", second, judged)
}

// ProgressShown is above the ideas that did not hold.
const ProgressShown = "Ideas that the runs did not agree with:"

// ProgressKey is one of them.
func ProgressKey(key string, times int) string {
	return fmt.Sprintf("%s (%s)", Misconception(key), words.Count(times, "time"))
}

// Solved says that the locked check of a lesson held for the first time.
func Solved(lesson string) string {
	return fmt.Sprintf("✔ %s: this check holds in all interleavings. It is noted for %%t101 progress.", words.Plain(lesson, 80))
}

// SolvedNotKept says that this cannot be written down.
func SolvedNotKept(file string, reason error) string {
	return fmt.Sprintf("This ✔ is kept only until the kernel ends: %s cannot be written (%v).", file, reason)
}

// ProgressSolved counts locked checks that held.
func ProgressSolved(n int) string {
	return words.Count(n, "locked check") + " held in all interleavings. %t101 progress 10 lists the lessons that begin with 10."
}

// ProgressLessons is above a list of lessons.
func ProgressLessons(solved, all int) string {
	return fmt.Sprintf("%d of %d solved. ✔: the locked check has held in all interleavings.", solved, all)
}

// ProgressNoLessons answers where no lesson can be listed.
func ProgressNoLessons(prefix, folder string) string {
	return fmt.Sprintf("No lesson with a locked check begins with %s in %s.", words.Plain(prefix, 40), words.Plain(folder, 200))
}

// The marks of a lesson in the list, for eyes and for screen readers.
const (
	ProgressMark        = "✔"
	ProgressOpen        = "·"
	ProgressSolvedLabel = "solved"
	ProgressOpenLabel   = "not solved yet"
)

// ProgressUnkept says that answers could not be written down.
const ProgressUnkept = "Your answers could not be written down: they are forgotten when the kernel ends."

// ProgressKept says where answers are kept.
func ProgressKept(file string) string {
	return "Your answers are in " + file + ", on this computer. Delete the file, and they are forgotten."
}
