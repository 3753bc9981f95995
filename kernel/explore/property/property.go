package property

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"

	"threading101/kernel/model"
	"threading101/kernel/nearest"
	"threading101/kernel/words"
)

// Property is one thing that is to hold in all interleavings.
type Property struct {
	Name string
	Args string // as typed, "" if none

	kind    *kind
	subject subject
	at      int        // index of its expression in an outcome's values
	asks    model.Rule // what it asks of calls
}

// Needs is what a program must be built with so that a property can be checked.
type Needs struct {
	Values []string // expressions to evaluate where main ends
	Spans  []string // functions whose calls are watched, from begin to end

	Always, Eventually []string // expressions that are to be true
}

// String is the property as the learner wrote it.
func (p Property) String() string {
	if p.Args == "" {
		return p.Name
	}
	return p.Name + " " + p.Args
}

// Needs says what the property needs.
func (p Property) Needs() Needs {
	if p.kind.needs == nil {
		return Needs{}
	}
	return p.kind.needs(p.subject)
}

// Marked says that only the search can tell whether an outcome violates the
// property: a recorded run does not show it by itself.
func (p Property) Marked() bool { return p.kind.marked }

// NeedsOf is what all of them need, each thing once, in their order.
func NeedsOf(ps []Property) Needs {
	var all Needs
	for _, p := range ps {
		n := p.Needs()
		all.Values = withNew(all.Values, n.Values)
		all.Spans = withNew(all.Spans, n.Spans)
		all.Always, all.Eventually = withNew(all.Always, n.Always), withNew(all.Eventually, n.Eventually)
	}
	return all
}

// Values are the expressions that a program must evaluate where main ends: those
// that are asked for, and those that properties need, each once, in that order.
func Values(asked []string, ps []Property) []string {
	return withNew(slices.Clone(asked), NeedsOf(ps).Values)
}

func withNew(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// Among tells the property in which order the values of an outcome come, as
// model.Result.Values does. As [Parse] returns them, properties expect the
// order of [NeedsOf].
func (p Property) Among(values []string) Property {
	if p.subject.expr != "" {
		p.at = slices.Index(values, p.subject.expr)
	}
	return p
}

// Violated says whether the outcome shows that the property does not hold.
func (p Property) Violated(o *model.Outcome) bool {
	return p.kind.violated(p, o)
}

// Parse reads properties as they stand behind %check. Each of args is a word, or
// several with blanks between them. The error is for the learner.
func Parse(args []string) ([]Property, error) {
	list := split(args)
	if len(list) == 0 {
		return nil, errors.New(words.WhichProperty(Help()))
	}
	var all []Property
	for len(list) > 0 {
		p, rest, err := parseOne(list)
		if err != nil {
			return nil, err
		}
		all, list = append(all, p), rest
	}
	values := NeedsOf(all).Values
	for i := range all {
		all[i] = all[i].Among(values)
	}
	return all, nil
}

// split parts arguments that hold several words. What stands behind the name of
// a property in one argument was quoted, and stays together.
func split(args []string) (list []string) {
	for _, arg := range args {
		fields := strings.Fields(arg)
		if len(fields) < 2 {
			list = append(list, fields...)
			continue
		}
		k, rest := lookup(fields[0]), fields[1:]
		switch {
		case k != nil && k.read != nil && !slices.ContainsFunc(rest, isName):
			list = append(list, fields[0], strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(arg), fields[0])))
		case k != nil:
			list = append(list, fields...)
		default:
			list = append(list, arg)
		}
	}
	return list
}

func isName(word string) bool { return lookup(word) != nil }

// parseOne reads the first property, and returns the words after it.
func parseOne(list []string) (Property, []string, error) {
	name, rest := list[0], list[1:]
	k := lookup(name)
	if k == nil {
		return Property{}, nil, errors.New(words.UnknownProperty(firstWord(name), meant(name), Help()))
	}
	p := Property{Name: name, kind: k, at: -1}
	if k.read == nil {
		return p, rest, nil
	}
	if len(rest) == 0 || isName(rest[0]) {
		return p, nil, errors.New(words.PropertyNeeds(name, k.usage(), k.means))
	}
	p.Args, rest = k.gather(rest)
	var err error
	p.subject, err = k.read(p.Args)
	return p, rest, err
}

// meant is what was probably to be checked, "" if nobody can tell.
func meant(name string) string {
	if strings.Contains(name, "==") && similar(firstWord(name)) == "" {
		return "outcome " + name
	}
	return similar(firstWord(name))
}

func firstWord(text string) string {
	first, _, _ := strings.Cut(text, " ")
	return first
}

// gather takes as many words as belong to a property: a < b may be written with
// blanks and without.
func (k *kind) gather(list []string) (text string, rest []string) {
	text, rest = list[0], list[1:]
	if k.complete == nil {
		return text, rest
	}
	for !k.complete(text) && len(rest) > 0 && (open(text) || !isName(rest[0])) {
		text, rest = text+" "+rest[0], rest[1:]
	}
	return text, rest
}

// similar is the property that was probably meant, "" if nobody can tell.
func similar(name string) string {
	name = strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	if near := nearest.Of(name, Names()); near != "" {
		return near
	}
	for _, known := range Names() {
		if len(name) > 3 && (strings.HasPrefix(known, name) || strings.HasSuffix(known, name)) {
			return known
		}
	}
	return ""
}

// function is how one is named: work, Account.Deposit, (*Account).Deposit.
var function = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([\pL_][\pL\pN_]*\.|\(\*?[\pL_][\pL\pN_]*\)\.)?[\pL_][\pL\pN_]*$`)
})

func checkFunction(property, name string) error {
	if function().MatchString(name) {
		return nil
	}
	plain, _, _ := strings.Cut(name, "(")
	if strings.HasPrefix(name, "(") || !function().MatchString(plain) {
		plain = ""
	}
	return errors.New(words.NoFunctionName(property, name, plain))
}
