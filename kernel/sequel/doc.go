// Package sequel makes one program of the cells of a notebook that continue each
// other: those that hold bare statements.
//
// [Read] takes a cell apart into its declarations, which the notebook remembers as
// those of any other cell, and its statements. [Compose] writes the program: one main,
// in which the statements of each cell stand in a block within that of the cell before,
// so that a name can be declared again, and variables live on:
//
//	func main() {
//	a := NewWorker("A")
//	const t101cell1 = 0; _ = a
//	{
//	a.Start()
//	const t101cell2 = 0
//	}
//	}
//
// The constants are the prompts between the cells (package syntax tells what they mean
// to the instrumenter); the assignments behind them keep variables used that only a
// later cell will use. Statements keep their lines, so that each place in the program
// leads back to its cell: [Text.Place].
//
// A [Timeline] is which cells the program is made of, and how far it has come: a cell
// that is run again goes back to its place in it. [File] writes the program for people.
//
// The package knows texts only; it runs nothing.
package sequel
