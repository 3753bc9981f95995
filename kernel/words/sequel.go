package words

import (
	"fmt"
	"strconv"
	"strings"

	"threading101/kernel/event"
)

// Cells that continue one program.

// PastDiffers names the first cell that ran differently than before, though the program
// has not changed. uncontrolled is what in it is not controlled; files says that it used
// files as they were before.
func PastDiffers(cell int, uncontrolled []string, files bool) string {
	why := "this cell makes accesses to a shared variable steps that were none"
	switch {
	case len(uncontrolled) > 0:
		why = UncontrolledInside(uncontrolled)
	case files:
		why = "it depends on " + UncontrolledMet(event.LooseFiles)
	}
	return fmt.Sprintf("From cell [%d] on the program took another way than before: %s. The run above is the new past.", cell, strings.TrimSuffix(why, "."))
}

// ProgramChanged says that the cells before run with other declarations.
const ProgramChanged = "The declarations have changed, so the program was run anew from its first cell."

// RunsAnew says so of a cell of declarations.
func RunsAnew(cells int) string {
	return "The program of " + Count(cells, "cell") + " uses this: it is run anew from its first cell."
}

// DeferredToEnd says when a deferred call of a cell is made.
const DeferredToEnd = "A deferred call at the top of a cell runs when main returns: at %end."

// DeclaredAgain says that a name means another variable from here on.
func DeclaredAgain(name string) string {
	return name + " is a new variable here. Goroutines of earlier cells keep the old " + name + "; to change that one, write " + name + " = … without the colon."
}

// InAnotherPast names the cells that must run again.
func InAnotherPast(cells []int) string {
	return "Time went back: " + cellList(cells) + Verb(len(cells), " ran in another past, and is", " ran in another past, and are") + " part of the program again once you run " + Verb(len(cells), "it.", "them.")
}

// OfAnotherPast stands on the picture of such a cell.
func OfAnotherPast(cell int) string {
	return fmt.Sprintf("This ran in another past: time has gone back to cell [%d] since. Run this cell again to see what it does now.", cell)
}

func cellList(cells []int) string {
	var names []string
	for _, n := range cells {
		names = append(names, "["+strconv.Itoa(n)+"]")
	}
	return Verb(len(cells), "cell ", "cells ") + List(names)
}

// NewProgram answers %new alone.
const NewProgram = "The next cell begins another program."

// TakenOut answers %rm with the number of a cell.
func TakenOut(cell int, others []int) string {
	s := fmt.Sprintf("Cell [%d] is no longer part of the program.", cell)
	if len(others) > 0 {
		s += " " + InAnotherPast(others)
	}
	return s
}

// Deleted says what it means for the program that cells were deleted in the page.
func Deleted(cells, others []int) string {
	return "You deleted " + cellList(cells) + ", which " + Verb(len(cells), "is", "are") + " no longer part of the program. " + InAnotherPast(others)
}

// NotInProgram answers a number that is none of the program's cells.
func NotInProgram(cell int) string { return fmt.Sprintf("cell [%d] is not part of the program", cell) }

// NotInProgramHint says how to see which are.
const NotInProgramHint = "%program shows the program, with the number of each of its cells"

// NoProgram answers a command that needs a program where there is none.
func NoProgram(word string) string {
	return "%" + word + ": there is no program that cells continue"
}

// NoProgramHint says how one begins.
const NoProgramHint = "a cell of statements without func main begins one. After a restart of the kernel, run the cells above again"

// ProgramNotWritten says that the program could not be made a file.
func ProgramNotWritten(err error) string {
	return fmt.Sprintf("the program cannot be shown as a file: %v", err)
}

// ProgramCell heads a cell in the file of a program.
func ProgramCell(n int) string { return fmt.Sprintf("// cell [%d]", n) }

// YourPrompt is the comment at the pause between two cells.
const YourPrompt = "// your prompt"

// LabelElsewhere says that a jump leads to a label that the cell does not have.
func LabelElsewhere(label string) string {
	return "label " + label + " not defined in this cell: goto, break and continue stay within one cell"
}

// OfTheProgram says what a name is that a function, or a program of its own, does not
// know.
func OfTheProgram(name string) string {
	return name + " is a variable of the program that cells of statements continue; a function, and a cell with func main, does not see it. Declare it in a cell of its own with var, or pass it as a parameter."
}
