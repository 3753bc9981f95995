package main

import (
	"bytes"
	"os"
	"testing"
)

// The wrappers in rt are those that go generate writes.
func TestGenerated(t *testing.T) {
	for name, generate := range files {
		want, err := generate()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile("../../" + name); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what go generate writes (%v)", name, err)
		}
	}
}
