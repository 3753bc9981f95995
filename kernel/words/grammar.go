package words

import (
	"strconv"
	"strings"
)

// List joins names: "A", "A and B", "A, B and C", "A, B, C and 4 more".
func List(names []string) string {
	const most = 6
	if extra := len(names) - most; extra > 1 {
		return strings.Join(names[:most], ", ") + " and " + strconv.Itoa(extra) + " more"
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func orElse(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}

func before(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

func after(s, sep string) string {
	if s == "" {
		return ""
	}
	return s + sep
}

func verb(who []string, one, many string) string { return verb1(len(who), one, many) }

func verb1(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func was(names []string) string {
	if len(names) == 1 {
		return " was still "
	}
	return " were still "
}

func parensSpace(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func at(place string) string {
	if place == "" {
		return ""
	}
	return " at " + place
}

func someone(who string) string {
	if who == "" {
		return "a goroutine"
	}
	return who
}

func quotedBrief(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return strconv.Quote(s)
}

func firstLineOf(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// shortened cuts what somebody typed to a length that can be shown.
func shortened(text string) string {
	const most = 80
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

func joined(name, value string) string {
	if value == "" || name == "" {
		return name + value
	}
	return name + ": " + value
}
