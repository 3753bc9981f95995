package rtsql

import (
	"regexp"
	"strings"
	"sync"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// A database makes up values that no schedule decides: the time, a random number, the next
// number of a sequence, which goes on from run to run. A statement that asks for one, or
// sets it as a default, is told of; a default that was set before is not seen.

// madeUp finds them in a statement. Texts, quoted names and comments come first, so
// that nothing is found in them.
var madeUp = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?is)('now')|'[^']*'|"[^"]*"|--[^\n]*|/\*.*?\*/|` +
		`\b((?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|random_normal|randomblob|gen_random_uuid|uuidv4|uuidv7|nextval)\s*\()|` +
		`\b(current_timestamp|current_date|current_time|localtimestamp|localtime)\b`)
})

// makesUp is the first of a statement, as people write it, "" if it has none that is known.
func makesUp(statement string) string {
	for _, found := range madeUp().FindAllStringSubmatch(statement, -1) {
		switch literal, call, word := found[1], found[2], found[3]; {
		case call != "":
			return strings.ToLower(strings.TrimRight(call, "( \t\r\n")) + "()"
		case literal+word != "":
			return strings.ToLower(literal + word)
		}
	}
	return ""
}

// texts are the statements that were looked into: a search sends the same ones again and
// again.
var texts sync.Map

// tellMadeUp says what the statement has the database make up.
func (s *statement) tellMadeUp(c *control.Scheduler) {
	what, known := texts.Load(s.text)
	if !known {
		what = makesUp(s.text)
		texts.Store(s.text, what)
	}
	if what != "" && !s.quiet {
		rt.Loose(event.LooseMadeUp)
		c.Observer.MakesUp(s.site, what.(string))
	}
}
