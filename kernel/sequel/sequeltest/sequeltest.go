// Package sequeltest makes random programs of statements, and cuts them into cells, for
// tests of what cells do that continue one program.
package sequeltest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"threading101/kernel/sequel"
)

// Shares is in the statement by which a goroutine uses a variable for the first time
// that main has used before.
const Shares = "*= 2"

// stories are groups of statements that come in their order, and join what they start.
// %d is a number that tells one from another.
var stories = [][]string{
	{"x%[1]d := %[1]d", "x%[1]d += 2", `fmt.Println("x%[1]d is", x%[1]d)`},
	{
		"c%[1]d := make(chan int, 2)", "go func() { for i := range 3 { c%[1]d <- i }; close(c%[1]d) }()",
		`for v := range c%[1]d { fmt.Println("c%[1]d gives", v) }`,
	},
	{
		"m%[1]d, n%[1]d, g%[1]d := new(sync.Mutex), 0, new(sync.WaitGroup)",
		"for i := range 3 { g%[1]d.Go(func() { m%[1]d.Lock(); defer m%[1]d.Unlock(); n%[1]d++; fmt.Println(\"n%[1]d grows by\", i) }) }",
		"g%[1]d.Wait()", `fmt.Println("n%[1]d is", n%[1]d)`,
	},
	{"d%[1]d := make(chan bool)", "go func() { defer close(d%[1]d); time.Sleep(time.Millisecond); fmt.Println(\"d%[1]d\") }()", "<-d%[1]d"},
	{
		"v%[1]d := %[1]d", "v%[1]d++", "v%[1]d++", `fmt.Println("v%[1]d is", v%[1]d)`,
		"w%[1]d := make(chan bool)\ngo func() { v%[1]d " + Shares + "; close(w%[1]d) }()\n<-w%[1]d", `fmt.Println("v%[1]d now:", v%[1]d)`,
	},
	{
		"u%[1]d, h%[1]d := 1, new(sync.WaitGroup)", "for i := range 3 { h%[1]d.Go(func() { fmt.Println(\"u%[1]d has started\", i) }); u%[1]d++ }",
		"h%[1]d.Go(func() { u%[1]d " + Shares + " })", "h%[1]d.Wait()", `fmt.Println("u%[1]d is", u%[1]d)`,
	},
	{"err := errors.New(\"e%[1]d\")\nfmt.Println(err)"},
	{"kept := %[1]d"},
	{"again:\nfor i := range 3 { if i == 1 { continue again }; fmt.Println(\"again%[1]d\", i) }"},
	{"if y := %[1]d; y > 3 {\n\tfmt.Println(\"large\", y)\n} else {\n\tfmt.Println(\"small\", y)\n}"},
}

// Program is a random program as statements: those of its stories, mixed.
func Program(r *rand.Rand) (all []string) {
	var open [][]string
	for n := range 2 + r.IntN(4) {
		var lines []string
		for _, line := range stories[r.IntN(len(stories))] {
			lines = append(lines, strings.ReplaceAll(line, "%[1]d", fmt.Sprint(n)))
		}
		open = append(open, lines)
	}
	for len(open) > 0 {
		i := r.IntN(len(open))
		all = append(all, open[i][0])
		if open[i] = open[i][1:]; len(open[i]) == 0 {
			open = slices.Delete(open, i, i+1)
		}
	}
	return all
}

// Cells cuts statements into cells, each read as the kernel does.
func Cells(statements []string, r *rand.Rand) (all []*sequel.Moment, err error) {
	var tl sequel.Timeline
	for len(statements) > 0 {
		n := together(statements, 1+r.IntN(min(3, len(statements))))
		code := strings.Join(statements[:n], "\n")
		statements = statements[n:]
		a := tl.Next()
		c, faults := sequel.Read(len(all)+1, code, past{a})
		if c == nil || len(faults) > 0 {
			return nil, fmt.Errorf("%q: %v", code, faults)
		}
		m := &sequel.Moment{ID: fmt.Sprint(len(all)), Number: len(all) + 1, Cell: c}
		tl.Happened(a, m, false)
		all = append(all, m)
	}
	return all, nil
}

// together is how many of the first n statements can be one cell, which cannot declare
// a name or a label twice.
func together(statements []string, n int) int {
	for _, name := range []string{"err :=", "kept :=", "again:"} {
		first := true
		for i := 0; i < n; i++ {
			if !strings.HasPrefix(statements[i], name) {
				continue
			}
			if !first {
				n = i
			}
			first = false
		}
	}
	return n
}

// past is a notebook whose functions are those of the library alone.
type past struct{ sequel.Attempt }

func (past) Results(string) int { return -1 }
