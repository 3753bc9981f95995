package export

import (
	"fmt"
	"regexp"
	"strings"

	"threading101/kernel/words"
)

// helperNames are all that the helper declares.
var helperNames = []string{
	"leg", "way", "turns", "turn", "away", "back", "goOn",
	"born", "newcomers", "then", "seen", "came", "waited", "received", "choices", "choice", "only", "otherwise",
}

// helper is what the woven calls call. Only one goroutine runs at a time, the one whose
// leg is the first: so whoever calls turn or away is known without a name.
const helper = `

// %[1]s
%[2]s

type leg struct {
	who         string
	mark, times int
}

var way = []leg{
%[3]s}

// %[4]s
var turns = map[string]chan bool{
%[5]s}

// %[6]s
func turn(mark int) { back(away(mark)) }

// %[7]s
func away(mark int) (who string) {
	if len(way) == 0 || way[0].mark != mark {
		return ""
	}
	if way[0].times--; way[0].times > 0 {
		return ""
	}
	who = way[0].who
	way = way[1:]
	goOn()
	return who
}

// %[8]s
func back(who string) {
	if who != "" {
		<-turns[who]
	}
}

// %[9]s
func goOn() {
	if len(way) > 0 {
		turns[way[0].who] <- true
		return
	}
	for _, turn := range turns {
		close(turn)
	}
}
`

// extras say what the parts of the helper do that not each program needs, with what they
// are filled in.
func (w *weaver) extras(newcomers, choices string) map[string][]any {
	return map[string][]any{
		"born":     {words.ExportBorn, newcomers},
		"then":     {words.ExportThen},
		"seen":     {words.ExportSeen},
		"came":     {words.ExportCame},
		"waited":   {words.ExportWaited},
		"received": {words.ExportReceived},
		"choice":   {words.ExportChoice, choices},
	}
}

// help is the end of the file: the legs, and what the woven calls call.
func (w *weaver) help(token string, legs []leg, names []string, newcomers, choices string) string {
	var way, turns strings.Builder
	for _, l := range legs {
		fmt.Fprintf(&way, "\t{%q, %d, %d},\n", names[l.g], w.marks[l.stop], l.times)
	}
	for _, name := range names {
		fmt.Fprintf(&turns, "\t%q: make(chan bool, 1),\n", name)
	}
	text := fmt.Sprintf(helper, words.ExportLine(token), words.ExportWay, &way, words.ExportTurns, &turns,
		words.ExportTurn, words.ExportAway, words.ExportBack, words.ExportGoOn)
	for _, part := range extra {
		if w.used[part.name] || part.name == "choice" && choices != "" {
			text += fmt.Sprintf(part.text, w.extras(newcomers, choices)[part.name]...)
		}
	}
	return w.renamed(text)
}

// renamed gives the helper the names that the program leaves free.
func (w *weaver) renamed(text string) string {
	for name, free := range w.names {
		text = regexp.MustCompile(`\b`+name+`\b`).ReplaceAllLiteralString(text, free)
	}
	return text
}

// extra are parts of the helper that not each program needs, by the name that calls them.
var extra = []struct{ name, text string }{
	{"born", `
// %s
var newcomers = []string{%s}

func born(f func()) func() {
	who := ""
	if len(newcomers) > 0 {
		who, newcomers = newcomers[0], newcomers[1:]
	}
	return func() {
		back(who)
		f()
		away(0)
	}
}
`},
	{"then", `
// %s
func then[T any](mark int, v T) T {
	turn(mark)
	return v
}
`},
	{"seen", `
// %s
func seen[T any](mark int, p *T) T {
	turn(mark)
	return *p
}
`},
	{"came", `
// %s
func came[T any](who string, v T) T {
	back(who)
	return v
}
`},
	{"waited", `
// %s
func waited(mark int, l sync.Locker, wait func()) {
	if len(way) == 0 || way[0].mark != mark {
		wait()
		return
	}
	l.Unlock()
	turn(mark)
	l.Lock()
	if len(way) == 0 {
		wait()
	}
}
`},
	{"received", `
// %s
func received[T any](mark, in int, c <-chan T) func(yield func(T) bool) {
	return func(yield func(T) bool) {
		for {
			turn(mark)
			who := away(in)
			v, ok := <-c
			back(who)
			if !ok || !yield(v) {
				return
			}
		}
	}
}
`},
	{"choice", `
// %s
var choices = []int{%s}

func choice() int {
	if len(choices) == 0 {
		return -1
	}
	c := choices[0]
	choices = choices[1:]
	return c
}

func only[C any](chosen, i int, c C) C {
	if chosen >= 0 && chosen != i {
		var none C
		return none
	}
	return c
}

var otherwise = func() chan bool { c := make(chan bool); close(c); return c }()
`},
}
