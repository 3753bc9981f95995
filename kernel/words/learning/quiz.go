package learning

import "fmt"

// QuizHidden stands for a value that is asked for.
const QuizHidden = "?"

// QuizAsk asks for the value of a step, which says is told in words without it.
func QuizAsk(n, of int, says string) string {
	return fmt.Sprintf("%d of %d. %s. Which value? (Enter passes) ", n, of, says)
}

// QuizOnceMore asks again.
const QuizOnceMore = "Look at the steps before it, and try once more: "

// QuizSaid puts what was said beside what it was. said is empty where nothing was.
func QuizSaid(step int, said, was string) string {
	if said == "" {
		return fmt.Sprintf("Step %d: it was %s.", step, was)
	}
	return fmt.Sprintf("Step %d: you said %s. It was %s.", step, said, was)
}

// QuizResult ends a quiz.
func QuizResult(first, of int) string { return fmt.Sprintf("%d of %d at the first try.", first, of) }

// QuizNothing is said of a run that has no values to ask for.
const QuizNothing = "This run has no values to ask for: nobody reads or writes a shared variable."

// QuizNobody says why nobody was asked, and where the values are.
const QuizNobody = "Values are hidden. You are asked for them when you run this cell by itself; without -quiz it shows them."

// QuizAnswers is above the values, which are folded.
const QuizAnswers = "The values"
