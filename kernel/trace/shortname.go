package trace

import (
	"strings"
	"unicode/utf8"
)

// A name longer than this, in characters, has no room at the head of a lane; and
// leaving out less than that saves none.
const (
	longName  = 14
	leastLess = 3
)

// shorter leaves out of long names what all of them begin and end with, and keeps
// the part that differs: "visit …/a", "visit …/b".
func shorter(hint string, names []string) []string {
	what := hint + " "
	for _, name := range names {
		if !strings.HasPrefix(name, what) {
			what = ""
		}
	}
	values := make([]string, len(names))
	for i, name := range names {
		values[i] = strings.TrimPrefix(name, what)
	}
	if different(names) < 2 {
		return names
	}
	values = withoutBegin(what, values)
	values = withoutEnd(what, values)
	for i, v := range values {
		names[i] = what + v
	}
	return names
}

// tooLong reports whether one of the names is.
func tooLong(what string, values []string) bool {
	for _, v := range values {
		if utf8.RuneCountInString(what)+utf8.RuneCountInString(v) > longName {
			return true
		}
	}
	return false
}

// withoutBegin cuts off what all values begin with, up to the last sign between
// two words.
func withoutBegin(what string, values []string) []string {
	if !tooLong(what, values) {
		return values
	}
	alike := values[0]
	for _, v := range values {
		for !strings.HasPrefix(v, alike) {
			alike = alike[:len(alike)-1]
		}
	}
	cut := strings.LastIndexFunc(alike, between)
	return cutAll(values, cut, func(v string) string { return "…" + v[cut:] })
}

// withoutEnd cuts off what all values end with, from the first sign between two
// words on.
func withoutEnd(what string, values []string) []string {
	if !tooLong(what, values) {
		return values
	}
	alike := values[0]
	for _, v := range values {
		for !strings.HasSuffix(v, alike) {
			alike = alike[1:]
		}
	}
	at := strings.IndexFunc(alike, between)
	if at < 0 {
		return values
	}
	_, size := utf8.DecodeRuneInString(alike[at:])
	cut := len(alike) - at - size
	return cutAll(values, cut, func(v string) string { return v[:len(v)-cut] + "…" })
}

// cutAll shortens each of the values by cut bytes, if that saves any room.
func cutAll(values []string, cut int, shorten func(string) string) []string {
	if cut < leastLess {
		return values
	}
	less := make([]string, len(values))
	for i, v := range values {
		less[i] = shorten(v)
	}
	return less
}

// between reports whether r stands between the parts of a path, an address or a
// sentence.
func between(r rune) bool { return strings.ContainsRune("/\\.:?=&-, ", r) }
