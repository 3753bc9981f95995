package cell

import (
	"testing"

	"threading101/kernel/model"
)

// A place has the name of the declaration that it is in: that stays, whatever number the
// cell gets when it is executed again.
func TestLocateNamesDeclarations(t *testing.T) {
	code := "type W struct{}\n\nfunc (w *W) Run() {\n\tprintln(1)\n}\n\ntype Q[T any] struct{}\n\nfunc (q Q[T]) Put() {\n\tprintln(2)\n}\n\nfunc main() {\n\tprintln(3)\n}"
	const mainGo = "package main\n\ntype W struct{}\ntype Q[T any] struct{}\n\nfunc (w *W) Run() {\n\tprintln(1)\n}\n\nfunc (q Q[T]) Put() {\n\tprintln(2)\n}\n\nfunc main() {\n\tprintln(3)\n}\n"
	for number, m := range map[int]*Memory{3: NewMemory(), 8: NewMemory()} {
		lines := m.Begin(number, code).Map([]byte(mainGo))
		for line, want := range map[int]model.Pos{
			7: {Cell: number, Line: 4, In: "W.Run"}, 11: {Cell: number, Line: 10, In: "Put"}, 15: {Cell: number, Line: 14, In: "main"},
			1: {File: "main.go", Line: 1},
		} {
			if got := lines.Locate("main.go", line, 2); got != want {
				t.Errorf("line %d: %+v, want %+v", line, got, want)
			}
		}
		if got, want := lines.Locate("other.go", 7, 2), (model.Pos{File: "other.go", Line: 7}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}
