package output

import (
	"regexp"
	"strings"
)

// Bands sorts what a program prints by the cells that it is made of. What the cells
// before this one print again is not shown, as long as it is what they printed before.
//
// It is called from one goroutine.
type Bands struct {
	Show    func(stream, text string)
	Over    func()      // is called at each prompt
	Known   [][2]string // what the first cells printed; the others' output is shown
	printed [][2]string // by each cell so far, as much of it as is kept
	at      [2]int      // the cell whose output is read, on each stream
	Differs int         // the first cell, from 1, that printed something else; 0 if none did
}

// mostPrinted is how much of a cell's output is compared.
const mostPrinted = 256 << 10

// Streams are the places of what was printed on each stream.
var Streams = map[string]int{"stdout": 0, "stderr": 1}

// Output takes what is printed.
func (b *Bands) Output(stream, text string) {
	s := Streams[stream]
	b.grow(b.at[s])
	if kept := &b.printed[b.at[s]][s]; len(*kept) < mostPrinted {
		*kept += text
	}
	if b.at[s] >= len(b.Known) {
		b.Show(stream, text)
	}
}

// Prompt is told that the n-th cell is over, as far as this stream goes.
func (b *Bands) Prompt(stream string, n int) {
	s := Streams[stream]
	if s == 0 && b.Over != nil {
		b.Over()
	}
	b.grow(n - 1)
	if n <= len(b.Known) && !same(b.Known[n-1][s], b.printed[n-1][s]) {
		b.Show(stream, b.printed[n-1][s])
		if b.Differs == 0 || n < b.Differs {
			b.Differs = n
		}
	}
	b.at[s] = n
}

func (b *Bands) grow(n int) {
	for len(b.printed) <= n {
		b.printed = append(b.printed, [2]string{})
	}
}

// Of returns what the n-th cell, from 0, printed.
func (b *Bands) Of(n int) [2]string {
	b.grow(n)
	return b.printed[n]
}

// address is one of memory as fmt prints it: another in each run.
var address = regexp.MustCompile(`0x[0-9a-f]{6,}`)

func same(a, b string) bool {
	if a == b {
		return true
	}
	return strings.Contains(a, "0x") && address.ReplaceAllString(a, "0x") == address.ReplaceAllString(b, "0x")
}
