package picture

import (
	"testing"

	"threading101/kernel/render/rendertest"
)

// A map has no value that could stand in a column: it gets none, beside a variable
// that has.
func TestColumnsOfValues(t *testing.T) {
	x := rendertest.Told("main start\nmain go A\nmain go B\nA start\nB start\nA store m ?\nA store n 1\nB load m ?\nB load n 1\nA end\nB end\nmain end\n")()
	p := newPicture(x, Options{})
	if len(p.vars) != 1 || p.vars[0].name != "n" {
		t.Errorf("columns %+v", p.vars)
	}
}
