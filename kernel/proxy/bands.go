package proxy

import (
	"regexp"
	"strings"
)

// bands sorts what a program prints by the cells that it is made of. What the cells
// before this one print again is not shown, as long as it is what they printed before.
//
// It is called from one goroutine.
type bands struct {
	show    func(stream, text string)
	over    func()      // is called at each prompt
	known   [][2]string // what the first cells printed; the others' output is shown
	printed [][2]string // by each cell so far, as much of it as is kept
	at      [2]int      // the cell whose output is read, on each stream
	differs int         // the first cell, from 1, that printed something else; 0 if none did
}

// mostPrinted is how much of a cell's output is compared.
const mostPrinted = 256 << 10

var streams = map[string]int{"stdout": 0, "stderr": 1}

// output takes what is printed.
func (b *bands) output(stream, text string) {
	s := streams[stream]
	b.grow(b.at[s])
	if kept := &b.printed[b.at[s]][s]; len(*kept) < mostPrinted {
		*kept += text
	}
	if b.at[s] >= len(b.known) {
		b.show(stream, text)
	}
}

// prompt is told that the n-th cell is over, as far as this stream goes.
func (b *bands) prompt(stream string, n int) {
	s := streams[stream]
	if s == 0 && b.over != nil {
		b.over()
	}
	b.grow(n - 1)
	if n <= len(b.known) && !same(b.known[n-1][s], b.printed[n-1][s]) {
		b.show(stream, b.printed[n-1][s])
		if b.differs == 0 || n < b.differs {
			b.differs = n
		}
	}
	b.at[s] = n
}

func (b *bands) grow(n int) {
	for len(b.printed) <= n {
		b.printed = append(b.printed, [2]string{})
	}
}

// of returns what the n-th cell, from 0, printed.
func (b *bands) of(n int) [2]string {
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
