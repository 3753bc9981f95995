package instrument_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/instrument"
)

// programOf is a program whose functions get at what they share.
const programOf = `package main

import (
	"sync"
	"sync/atomic"
)

type account struct {
	mu      sync.Mutex
	balance int
}

var a account
var locks [2]account
var n atomic.Int64

func (x *account) get() int { return x.balance }
func (x *account) take(n int) { x.balance -= n }
func put(n int) { a.balance += n }

func main() {
	go put(1)
	f(a, &a, nil)
}

func f(v account, p *account, all []account) {
%s
}
`

// sitesOf are the sites of that program, and the line of f.
func sitesOf(t *testing.T, body string) (first int, sites []event.Site) {
	t.Helper()
	src := fmt.Sprintf(programOf, body)
	p, err := theKit(t).Check("in.go", []byte(src), "")
	if err != nil {
		t.Fatal(err)
	}
	_, sites, _, err = instrument.File(p.Fset, p.File, p.Src, p.Pkg, p.Info, 1, instrument.Options{})
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(src, "func f(")
	return strings.Count(before, "\n") + 1, sites
}

// TestConditions: of each read it is known what depends on it. Lines are counted
// from that of f, whose body begins in line 1.
func TestConditions(t *testing.T) {
	const whole = 9 // the line of f's end
	for _, test := range []struct {
		name, body string
		want       string // "line: lines calls", of the reads that something depends on
	}{
		{"if", "if a.balance > 1 {\nput(1)\n}\nput(2)", "1: 1-3"},
		{"if, and a call that is nowhere else", "if a.balance > 1 {\na.take(1)\n}", "1: 1-3 (*account).take"},
		{"else", "if a.balance > 1 {\n} else {\na.take(1)\n}", "1: 1-4 (*account).take"},
		{"leaves", "if a.balance < 1 {\nreturn\n}\na.take(1)\n\n\n\n", "1: 1-9 (*account).take"},
		{"loop", "for a.balance < 1 {\n}\na.take(1)\n\n\n\n\n", "1: 1-9 (*account).take"},
		{"switch", "switch a.balance {\ncase 1:\na.take(1)\n}", "1: 1-4 (*account).take"},
		{"case", "switch {\ncase a.balance > 1:\na.take(1)\n}", "2: 1-4 (*account).take"},
		{"a variable", "b := a.balance\nif b > 1 {\na.take(b)\n}", "1: 2-4 (*account).take kept"},
		{"a truth", "ok := a.balance > 1\nif ok {\na.take(1)\n}", "1: 2-4 (*account).take"},
		{"header", "if b := a.balance; b > 1 {\na.take(b)\n}", "1: 1-3 (*account).take kept"},
		{"a variable, changed before", "b := a.balance\na.take(1)\nif b > 1 {\nreturn\n}\n\n\n", "1: 3-9 kept"},
		{"two", "b := a.balance\nif b > 1 {\n}\nif b > 2 {\n}", "1: 2-3 4-5 kept"},
		{"an atomic", "if n.Load() > 1 {\na.take(1)\n}", "1: 1-3 (*account).take"},
		{"a result", "if a.get() > 1 {\na.take(1)\n}", "get: (*account).take"},
		{"a result in a variable", "b := a.get()\nif b > 1 {\na.take(1)\n}", "get: (*account).take"},
		{"a result that is not tested", "println(a.get())\na.take(1)", ""},
		{"only read", "println(a.balance)\na.take(1)", ""},
		{"a function literal in it", "if func() bool { println(a.balance); return true }() {\na.take(1)\n}", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := test.body + strings.Repeat("\n", whole-2-strings.Count(test.body, "\n"))
			first, sites := sitesOf(t, body)
			var got []string
			for _, s := range sites {
				if s.Test == nil {
					continue
				}
				line := fmt.Sprint(s.Line - first)
				if s.Func == "(*account).get" {
					line = "get"
				}
				text := line + ":"
				for _, code := range s.Test.Code {
					text += fmt.Sprintf(" %d-%d", code.From-first, code.Until-first)
				}
				for _, call := range s.Test.Calls {
					text += " " + call
				}
				if s.Test.Kept {
					text += " kept"
				}
				got = append(got, text)
			}
			if strings.Join(got, "; ") != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestCopied: of each lock it is known whether it is a copy.
func TestCopied(t *testing.T) {
	for body, want := range map[string]bool{
		"v.mu.Lock()":                                        true,
		"p.mu.Lock()":                                        false,
		"a.mu.Lock()":                                        false,
		"locks[0].mu.Lock()":                                 false,
		"all[0].mu.Lock()":                                   false,
		"x := a; x.mu.Lock()":                                true,
		"x := *p; x.mu.Lock()":                               true,
		"x := p; x.mu.Lock()":                                false,
		"x := account{}; x.mu.Lock()":                        false,
		"var x = all[0]; x.mu.Lock()":                        true,
		"var x account; x.mu.Lock()":                         false,
		"x := &all[0].mu; x.Lock()":                          false,
		"for _, x := range all { x.mu.Lock() }":              true,
		"for i := range all { all[i].mu.Lock() }":            false,
		"func(m sync.Mutex) { m.Lock() }(p.mu)":              true,
		"func(m *sync.Mutex) { m.Lock() }(&p.mu)":            false,
		"func(m sync.Locker) { m.Lock() }(&p.mu)":            false,
		"x := locks; x[1].mu.Lock()":                         true,
		"x := struct{ *account }{p}; x.mu.Lock()":            false,
		"type two struct{ account }; var x two; x.mu.Lock()": false,
	} {
		_, sites := sitesOf(t, body)
		i := slices.IndexFunc(sites, func(s event.Site) bool { return s.Op == event.LockWant })
		if i < 0 {
			t.Errorf("%s: no lock", body)
		} else if sites[i].Copied != want {
			t.Errorf("%s: copied is %v", body, sites[i].Copied)
		}
	}
}
