package words

import (
	"fmt"
	"strings"

	"threading101/kernel/model"
)

// How a property is violated, where the end of the run does not say it.
const (
	RaceFreeFails   = "there is a data race"
	JoinedFails     = "main ends before another goroutine does"
	GoroutinesFails = "too few goroutines are started"
	NoOverlapFails  = "a call begins while another is under way"
	AtMostFails     = "more calls can be running at once"
	OrderFails      = "the second can begin before the first has returned"

	AlwaysFails     = "there is a moment at which it is not true and nobody holds a lock"
	EventuallyFails = "a run can end while it is not true"
)

// What the properties mean, one line each.
const (
	DeadlockFree = "the goroutines never all wait for each other"
	RaceFree     = "no goroutine writes a variable while another may be reading or writing it"
	LeakFree     = "when main ends, no goroutine waits for something that will never come"
	PanicFree    = "nothing panics, and no fatal error ends the program"
	Joined       = "when main ends, all goroutines have ended: none is cut off"
	Goroutines   = "when main ends, at least N goroutines have been started besides main"
	NoOverlap    = "no call of function F begins while another call of it is under way"
	AtMost       = "no more than N goroutines are ever inside function F at once"
	Order        = "every call of A has returned before the first call of B begins"
	OutcomeIs    = "main ends, and then the expression has that value: outcome total==6"
	Always       = "EXPR is true at every moment at which nobody holds a lock, from main's first line to the end: always balance >= 0"
	Eventually   = "EXPR is true in the end, when the run is over (main's end, a deadlock, a panic): eventually balance == 130"
)

// WhichProperty answers a check for nothing. help has how each property is
// written and what it means.
func WhichProperty(help [][2]string) string {
	return "check what? " + Properties(help)
}

// UnknownProperty answers a property that does not exist; near is what was
// probably meant, "" if nobody can tell.
func UnknownProperty(name, near string, help [][2]string) string {
	s := fmt.Sprintf("there is no property %q.\n", Plain(name, 60))
	if near != "" {
		return s + "hint: did you mean " + near + "?"
	}
	return s + Properties(help)
}

// Properties lists them.
func Properties(help [][2]string) string {
	var b strings.Builder
	b.WriteString("The properties are:\n")
	for _, line := range help {
		fmt.Fprintf(&b, "  %-20s %s\n", line[0], line[1])
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// PropertyNeeds answers a property without its argument.
func PropertyNeeds(name, usage, means string) string {
	return fmt.Sprintf("%s needs more: write %s. It means: %s.", name, usage, means)
}

// NoFunctionName answers what cannot be the name of a function; plain is what
// was probably meant, "" if nobody can tell.
func NoFunctionName(property, name, plain string) string {
	s := fmt.Sprintf("%s: %q is not the name of a function.\n", property, Plain(name, 60))
	if plain != "" {
		return s + "hint: write the name alone: " + plain
	}
	return s + "hint: write it as work, Account.Deposit or (*Account).Deposit"
}

// GoroutinesNumber answers what is not a number of goroutines.
func GoroutinesNumber(text string, most int) string {
	return fmt.Sprintf("goroutines: %q is not a whole number from 1 to %s.\nhint: goroutines 2 checks that two or more are started", Plain(text, 60), Number(most))
}

// AtMostNeedsBoth answers an at-most that has not both, number and function.
func AtMostNeedsBoth(text string) string {
	return fmt.Sprintf("at-most needs a number and a function, with a space between them, and %q is not both.\n"+
		"hint: at-most 2 work checks that never more than 2 calls of work are running at once", Plain(text, 60))
}

// AtMostReversed answers a function that comes before its number.
func AtMostReversed(function, number string) string {
	return fmt.Sprintf("at-most is written with the number first, then the function.\nhint: at-most %s %s", Plain(number, 60), Plain(function, 60))
}

// AtMostNumber answers what is not a number of calls.
func AtMostNumber(number, function string, most int) string {
	return fmt.Sprintf("at-most: %q is not a whole number from 1 to %s.\nhint: write how many calls may be running at once, as in at-most 2 %s",
		Plain(number, 60), Number(most), Plain(function, 60))
}

// OrderNeedsTwo answers an order of fewer than two functions.
func OrderNeedsTwo(text string) string {
	return fmt.Sprintf("order needs two functions, and %q does not name two.\nhint: order A<B means that %s", Plain(text, 60), Order)
}

// OrderOfMany answers an order of more than two.
func OrderOfMany(names []string) string {
	var pairs []string
	for i := 1; i < len(names); i++ {
		pairs = append(pairs, "order "+names[i-1]+"<"+names[i])
	}
	return "order takes two functions at a time.\nhint: write " + Plain(strings.Join(pairs, " "), 200)
}

// OrderReversed answers an order that is written the other way round.
func OrderReversed(a, b string) string {
	if a == "" || b == "" {
		return OrderNeedsTwo(a + ">" + b)
	}
	return fmt.Sprintf("order is written with <: what comes first goes on the left.\nhint: order %s<%s", Plain(b, 60), Plain(a, 60))
}

// OutcomeNeedsBoth answers an outcome that lacks the expression, or the value.
func OutcomeNeedsBoth(text string) string {
	return fmt.Sprintf("outcome needs an expression and its value, and %q is not both.\n"+
		"hint: outcome total==6 checks that total is 6 whenever main ends", Plain(text, 60))
}

// OutcomeAssigns answers an = where == is meant.
func OutcomeAssigns(left, op, right string) string {
	return fmt.Sprintf("outcome compares, and in Go %s assigns: to compare, write ==.\nhint: outcome %s==%s", op, Plain(left, 100), Plain(right, 100))
}

// OutcomeCompares answers a comparison other than ==.
func OutcomeCompares(left, op, right string) string {
	return fmt.Sprintf("outcome asks for one value, so it compares with == only.\nhint: outcome (%s%s%s)==true", Plain(left, 100), op, Plain(right, 100))
}

// OutcomeValue answers a value that Go would have to work out first.
func OutcomeValue(expr, value string) string {
	return fmt.Sprintf("outcome: the value %s is not a number, a text, true or false, and it is not evaluated.\n"+
		"hint: write it as fmt.Println prints it, for a slice outcome %s==[1 2 3]; or compare in the expression: outcome (…)==true", Plain(value, 100), Plain(expr, 100))
}

// ConditionMissing answers an always or eventually without an expression.
func ConditionMissing(property string) string {
	return property + " needs an expression that is true or false.\nhint: " + property + " balance >= 0"
}

// ConditionAssigns answers an expression that would change a variable.
func ConditionAssigns(property, left, op, right string) string {
	compared := Plain(left, 100) + " == " + OrElse(Plain(right, 100), "0")
	return fmt.Sprintf("%s looks at variables, and in Go %s changes one.\nhint: to compare, write %s %s", property, op, property, compared)
}

// ConditionOf names a condition, as it is checked.
func ConditionOf(c model.Condition) string {
	if c.AtEnd {
		return "eventually " + Plain(c.Expr, 100)
	}
	return "always " + Plain(c.Expr, 100)
}
