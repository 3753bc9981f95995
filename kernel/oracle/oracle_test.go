package oracle

import (
	"fmt"
	"testing"
)

func TestShow(t *testing.T) {
	for seed := range uint64(8) {
		p, ends := Random(seed, Small)
		fmt.Println(p.Source(), len(ends.May), ends.States, ends.Orders, ends.Endless)
	}
	for seed := range uint64(300) {
		Random(seed, Small)
	}
}
