package proxy

import (
	"context"
	"sync"
)

// typed is the lines that a program reads. What the cells before were answered they
// are answered again; only the rest is asked for.
//
// The run asks from one goroutine, and tells of prompts from another.
type typed struct {
	mu    sync.Mutex
	known []string // of the cells before
	given []string // so far
	until []int    // how many were given when each cell was over
}

// ask returns the next line: a known one, or what next says.
func (a *typed) ask(ctx context.Context, next func(context.Context) (string, error)) (string, error) {
	a.mu.Lock()
	if n := len(a.given); n < len(a.known) {
		defer a.mu.Unlock()
		a.given = append(a.given, a.known[n])
		return a.known[n], nil
	}
	a.mu.Unlock()
	line, err := next(ctx)
	if err == nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.given = append(a.given, line)
	}
	return line, err
}

// over notes that a cell is over.
func (a *typed) over() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.until = append(a.until, len(a.given))
}

// of returns what the n-th cell, from 0, was answered.
func (a *typed) of(n int) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	from, to := 0, len(a.given)
	if n > 0 && n <= len(a.until) {
		from = a.until[n-1]
	}
	if n < len(a.until) {
		to = a.until[n]
	}
	if n > len(a.until) {
		return nil
	}
	return a.given[from:to]
}
