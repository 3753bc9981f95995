package words

import "strings"

// fill puts what was done into a sentence about an operation. {object}, {value},
// {other} and {to} stand for what is known; {object|the lock} says "the lock" where it is not,
// and what stands in [brackets] is left out where what they ask for is not known.
func (a *Act) fill(sentence string) string {
	var b strings.Builder
	for sentence != "" {
		i := strings.IndexAny(sentence, "[{")
		if i < 0 {
			b.WriteString(sentence)
			break
		}
		b.WriteString(sentence[:i])
		inside, rest := bracketed(sentence[i:])
		if sentence[i] == '{' {
			b.WriteString(a.known(inside))
		} else if a.knows(inside) {
			b.WriteString(a.fill(inside))
		}
		sentence = rest
	}
	return b.String()
}

// bracketed is what stands in the brackets with which s begins, and what follows.
func bracketed(s string) (inside, rest string) {
	end := "}"
	if s[0] == '[' {
		end = "]"
	}
	inside, rest, _ = strings.Cut(s[1:], end)
	return inside, rest
}

// known is what is known under a name, or what is said instead.
func (a *Act) known(name string) string {
	name, instead, _ := strings.Cut(name, "|")
	switch name {
	case "object":
		return orElse(a.Object, instead)
	case "value":
		return orElse(a.Value, instead)
	case "to":
		return orElse(a.To, instead)
	}
	return orElse(a.Other, instead)
}

// knows says whether what a part of a sentence asks for is known.
func (a *Act) knows(part string) bool {
	i := strings.IndexByte(part, '{')
	if i < 0 {
		return false
	}
	name, _ := bracketed(part[i:])
	return a.known(name) != ""
}
