package main

import (
	"bytes"
	"os"
	"testing"
)

// The wrappers in rt are those that go generate writes.
func TestGenerated(t *testing.T) {
	want, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("../../zgo.go"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("zgo.go is not what go generate writes (%v)", err)
	}
}
