package trace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"threading101/kernel/event"
)

// maxName is the longest name of a lane, in characters.
const maxName = 40

// offer notes a name that the program offers, among the others by its rank.
func (r *row) offer(e *Entry) {
	name, at := printable(e.Text), len(r.names)
	if name == "" {
		return
	}
	for at > 0 && r.ranks[at-1] > e.Obj {
		at--
	}
	r.names, r.ranks = slices.Insert(r.names, at, name), slices.Insert(r.ranks, at, e.Obj)
}

// argument returns the text of a goroutine's first argument, if it tells
// goroutines apart for a reader: a number or a text.
func (b *builder) argument(e *Entry) string {
	switch b.site(e.Site).Kind {
	case event.KindInt, event.KindUint, event.KindUint8, event.KindUint16, event.KindUint32, event.KindText:
		return b.value(e)
	}
	return ""
}

// names names the lanes: after what the program says of each, that which tells
// it from its siblings; else after its first argument; else numbered in the order
// of creation.
func (b *builder) names() {
	names := b.tellApart()
	taken := namesake{}
	for lane := range b.rows {
		name := names[lane]
		if b.rows[lane].number == mainNumber {
			name = "main"
		}
		b.x.Goroutines[lane].Name = taken.unique(clean(name))
	}
}

// tellApart names each of the goroutines that run the same after what differs.
func (b *builder) tellApart() []string {
	names := make([]string, len(b.rows))
	for _, lanes := range b.siblings() {
		hint := b.hint(lanes[0])
		offers := make([][]string, len(lanes))
		for i, lane := range lanes {
			offers[i] = b.offers(lane)
		}
		b.withoutVariables(lanes, offers)
		for i, name := range shorter(hint, numbered(hint, differing(hint, offers))) {
			names[lanes[i]] = name
		}
	}
	return names
}

// withoutVariables takes the names of variables out of the offers where two siblings have
// the same: a variable of a loop, or of a function that is called again, has one name for
// all. One goroutine alone is better called after what it runs, too.
func (b *builder) withoutVariables(lanes []int, offers [][]string) {
	before := make([][]string, len(lanes))
	var names []string
	for i, lane := range lanes {
		before[i] = offers[i]
		if at := slices.Index(b.rows[lane].ranks, event.NameOfVariable); at >= 0 {
			names = append(names, offers[i][at])
			before[i] = offers[i][:at]
		}
	}
	if len(lanes) < 2 || different(names) < len(names) {
		copy(offers, before)
	}
}

// siblings are the lanes that run the same, in the order of their first.
func (b *builder) siblings() (all [][]int) {
	index := map[string]int{}
	for lane := range b.rows {
		if b.rows[lane].number == mainNumber {
			continue
		}
		hint := b.hint(lane)
		i, ok := index[hint]
		if !ok {
			i = len(all)
			index[hint], all = i, append(all, nil)
		}
		all[i] = append(all[i], lane)
	}
	return all
}

// offers are the names that a goroutine could have, the most telling first.
func (b *builder) offers(lane int) []string {
	r := &b.rows[lane]
	if len(r.names) > 0 || r.arg == "" {
		return r.names
	}
	hint := b.hint(lane)
	arg := printable(r.arg)
	if _, err := strconv.Atoi(arg); err != nil && hint == anonymous && arg != "" {
		return []string{arg}
	}
	return []string{hint + " " + arg}
}

// differing returns a name for each sibling, "" for one about which the program
// says nothing: the offer that gives no two the same name. Where one
// does not tell all apart, all that differ together may.
func differing(hint string, offers [][]string) []string {
	most := 0
	for _, o := range offers {
		most = max(most, len(o))
	}
	best, kinds := pick(offers, 0), 0
	for k := range most {
		names := pick(offers, k)
		if n := different(names); n > kinds {
			best, kinds = names, n
		}
	}
	if kinds < len(offers) {
		if together := combined(hint, offers, most); different(together) > kinds {
			return together
		}
	}
	return best
}

// pick returns offer k of each, or the last before it.
func pick(offers [][]string, k int) []string {
	names := make([]string, len(offers))
	for i, o := range offers {
		if len(o) > 0 {
			names[i] = o[min(k, len(o)-1)]
		}
	}
	return names
}

func different(names []string) int {
	seen := map[string]bool{}
	for _, name := range names {
		seen[name] = true
	}
	return len(seen)
}

// combined puts together those offers that differ between siblings, "cell 0 1".
func combined(hint string, offers [][]string, most int) []string {
	names := make([]string, len(offers))
	var told [][]string
	for k := range most {
		column := pick(offers, k)
		bare := withoutHint(hint, column)
		if different(column) == 1 || slices.ContainsFunc(told, func(t []string) bool { return slices.Equal(t, bare) }) {
			continue
		}
		told = append(told, bare)
		for i, name := range column {
			if names[i] == "" {
				names[i] = name
			} else if k < len(offers[i]) {
				names[i] += " " + strings.TrimPrefix(name, hint+" ")
			}
		}
	}
	return names
}

// withoutHint returns names without what goes before each of them.
func withoutHint(hint string, names []string) []string {
	bare := make([]string, len(names))
	for i, name := range names {
		bare[i] = strings.TrimPrefix(name, hint+" ")
	}
	return bare
}

// numbered gives numbers to those that have no name, unless others have numbers
// that the program gave them.
func numbered(hint string, names []string) []string {
	bare, taken := 0, false
	for _, name := range names {
		if name == "" {
			bare++
		}
		_, err := strconv.Atoi(strings.TrimPrefix(name, hint+" "))
		taken = taken || err == nil
	}
	n := 0
	for i, name := range names {
		if name != "" {
			continue
		}
		names[i] = hint
		if n++; bare > 1 && !taken {
			names[i] = fmt.Sprintf("%s %d", hint, n)
		}
	}
	return names
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

// printable makes one line of any text.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// clean makes a name of any text: one line, printable, not too long.
func clean(s string) string {
	s = printable(s)
	if r := []rune(s); len(r) > maxName {
		s = string(r[:maxName-1]) + "…"
	}
	return s
}
