package proxy

import (
	"strings"
	"testing"
)

const adder = `%%
var a, b int
fmt.Scan(&a)
fmt.Println("one")
fmt.Scan(&b)
fmt.Println(a + b)`

func TestStdinIsAsked(t *testing.T) {
	c := startKernel(t).client()
	n := 0
	c.answer = func() string { n++; return []string{"19", "23"}[(n-1)%2] }
	r := c.ok(adder, map[string]any{"allow_stdin": true})
	if r.stdout != "one\n42\n" || len(c.questions) != 2 {
		t.Errorf("%q after %d questions", r.stdout, len(c.questions))
	}
}

func TestStdinEndsWhereNobodyCanBeAsked(t *testing.T) {
	c := startKernel(t).client()
	r := c.ok(adder)
	if r.stdout != "one\n0\n" || !strings.Contains(r.stderr, "standard input") || len(c.questions) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestInterruptWhileAsked(t *testing.T) {
	c := startKernel(t).client()
	id := c.send(adder, map[string]any{"allow_stdin": true})
	c.until(id, "asked", func(result) bool { return len(c.questions) > 0 })
	if r := c.interrupt(id); r.status() != "error" {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%%\nfmt.Println(2)"); r.stdout != "2\n" {
		t.Errorf("afterwards: %+v", r)
	}
}

func TestGonbsOwnQuestions(t *testing.T) {
	c := startKernel(t).client()
	c.answer = func() string { return "blue" }
	r := c.ok("%with_inputs\n!read colour; echo \"it is $colour\"", map[string]any{"allow_stdin": true})
	if !strings.Contains(r.stdout, "it is blue") {
		t.Errorf("%+v", r)
	}
	if r := c.execute("%with_inputs\n!read colour"); r.status() != "error" {
		t.Errorf("without stdin: %+v", r)
	}
}
