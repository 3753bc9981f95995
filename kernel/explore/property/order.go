package property

import (
	"errors"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// order: each call of A has returned before the first call of B begins.
var order = kind{
	name:     "order",
	args:     "A<B",
	example:  "order load<report",
	means:    words.Order,
	read:     readOrder,
	complete: completeOrder,
	needs:    func(s subject) Needs { return Needs{Spans: s.functions} },
	rule:     func(s subject) (first, then string) { return s.functions[0], s.functions[1] },
	mixed:    true,
	violated: func(p Property, o *model.Outcome) bool {
		return o.Has("disorder " + strings.Join(p.subject.functions, " "))
	},
	marked: true,
	fails:  always(words.OrderFails),
}

func readOrder(text string) (subject, error) {
	text = unquoted(text)
	if a, b, ok := strings.Cut(text, ">"); ok && !strings.ContainsAny(b, "<>") {
		return subject{}, errors.New(words.OrderReversed(strings.TrimSpace(a), strings.TrimSpace(b)))
	}
	names := strings.Split(text, "<")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	if len(names) > 2 {
		return subject{}, errors.New(words.OrderOfMany(names))
	}
	if len(names) < 2 || names[0] == "" || names[1] == "" {
		return subject{}, errors.New(words.OrderNeedsTwo(strings.TrimSpace(text)))
	}
	for _, name := range names {
		if err := checkFunction("order", name); err != nil {
			return subject{}, err
		}
	}
	return subject{functions: names}, nil
}

// completeOrder: "A", "A <" and a quoted text that is not closed could go on.
func completeOrder(text string) bool {
	if open(text) {
		return false
	}
	text = strings.TrimSpace(unquoted(text))
	return strings.ContainsAny(text, "<>") && !strings.HasSuffix(text, "<") && !strings.HasSuffix(text, ">")
}
