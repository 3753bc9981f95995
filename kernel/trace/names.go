package trace

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"threading101/kernel/event"
)

// maxName is the longest name of a lane, in characters.
const maxName = 40

// argument returns the text of a goroutine's first argument, if it tells
// goroutines apart for a reader: a number or a text.
func (b *builder) argument(e *Entry) string {
	switch b.site(e.Site).Kind {
	case event.KindInt, event.KindUint, event.KindUint8, event.KindUint16, event.KindUint32, event.KindText:
		return b.value(e)
	}
	return ""
}

// names names the lanes: what the program says, else what the go statement
// runs with its first argument, else numbered in the order of creation.
func (b *builder) names() {
	bare := map[string]int{}
	for lane := range b.rows {
		if b.rows[lane].name == "" && b.rows[lane].arg == "" {
			bare[b.hint(lane)]++
		}
	}
	taken, next := namesake{}, map[string]int{}
	for lane := range b.rows {
		name := clean(b.ownName(lane))
		if hint := b.hint(lane); name == "" {
			name = hint
			if bare[hint] > 1 {
				next[hint]++
				name = fmt.Sprintf("%s %d", hint, next[hint])
			}
		}
		b.x.Goroutines[lane].Name = taken.unique(name)
	}
}

// ownName is a name for this goroutine alone, "" if there is none.
func (b *builder) ownName(lane int) string {
	r := &b.rows[lane]
	switch {
	case r.number == mainNumber:
		return "main"
	case r.name != "":
		return r.name
	case r.arg == "":
		return ""
	}
	hint := b.hint(lane)
	if _, err := strconv.Atoi(r.arg); err != nil && hint == anonymous {
		return r.arg
	}
	return hint + " " + r.arg
}

// anonymous is the hint for a function literal.
const anonymous = "func"

// hint is what the goroutine runs.
func (b *builder) hint(lane int) string {
	r := &b.rows[lane]
	if r.library {
		return "library"
	}
	if h := clean(b.site(r.site).Hint); r.site != 0 && h != "" {
		return h
	}
	if r.created < 0 {
		return b.x.Goroutines[lane].ID
	}
	return anonymous
}

// namesake counts how often each name was given.
type namesake map[string]int

// unique returns name, or "name·2" … if it is taken, and takes it.
func (n namesake) unique(name string) string {
	free := name
	for n[free] > 0 {
		n[name]++
		free = fmt.Sprintf("%s·%d", name, n[name])
	}
	n[free]++
	return free
}

// clean makes a name of any text: one line, printable, not too long.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxName {
		s = string(r[:maxName-1]) + "…"
	}
	return s
}
