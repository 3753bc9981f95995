package words

import (
	"slices"
	"strconv"
	"strings"
)

// The parts from which sentences are put together. Each exists once.

// List joins names: "A", "A and B", "A, B and C". Of more than seven it names six:
// "A, B, C, D, E, F and 2 more".
func List(names []string) string { return listUpTo(6, names) }

// listUpTo is List with another limit: one name more than most is still named.
func listUpTo(most int, names []string) string {
	if extra := len(names) - most; extra > 1 {
		names = append(slices.Clone(names[:most]), Number(extra)+" more")
	}
	return Series(names, " and ")
}

// Series puts commas between names, and the conjunction before the last.
func Series(names []string, conjunction string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + conjunction + names[last]
}

// Verb chooses between the forms of a word for one and for several.
func Verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// OrElse is s, or what is said instead where s is not known.
func OrElse(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

// Before puts a separator before s, unless s is not known.
func Before(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

// After puts a separator after s, unless s is not known.
func After(s, sep string) string {
	if s == "" {
		return ""
	}
	return s + sep
}

// AtPlace is " at " and a place, "" if it is not known.
func AtPlace(place string) string { return Before(" at ", place) }

// InParens is a blank and s in parentheses, "" if s is not known.
func InParens(s string) string { return Before(" (", After(s, ")")) }

// quote puts the beginning of a text between quotation marks.
func quote(text string, width int) string { return strconv.Quote(Truncate(text, width)) }
