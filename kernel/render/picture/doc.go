// Package picture draws one run: a lane for each goroutine, a row for each step.
//
// Time goes down, because a step is best told in words ("locks mu", "prints “A 1”")
// and words are horizontal. Each goroutine has its own column, so that where a step
// stands says who took it. The look of a lane says what its goroutine is doing: filled
// while it runs, hatched while it waits, dotted while it sleeps, thin before its first
// step. Beside the lanes, each lock has a lane filled with the look of whoever holds
// it, and each shared variable has a column of its values. A row of a database that a
// transaction has locked is such a lock; beside it there is said which state of the
// database a statement sees, and a bracket shows how far a transaction goes.
//
// layout.go puts the layout together, a [Picture]: lanes.go chooses the goroutines,
// fold.go the steps that get a row, rows.go fills the rows while it walks through all
// steps, shown or not; calls.go, transactions.go, race.go, link.go and parting.go add
// what is marked.
// text.go, svg*.go, html.go, page.go, markdown.go and json.go write the layout down.
//
// # Decisions
//
//   - Time to the right was rejected: prints would have to be turned, shortened or
//     moved into a list. One list of words beside narrow lanes was rejected because it
//     takes a second look to see who did what.
//   - Arrows run between the rows and down beside a lane, never across words. Straight
//     lines from send to receive crossed everything with three messages on the way.
//   - Colour is never alone. The eight lanes also have a texture each, and the bar of
//     a lock repeats the texture of its holder and says the name.
//     The palette is Okabe and Ito's, changed until each colour has a contrast of 4.5:1
//     on its paper in both themes.
//   - Markdown is for the command line only. A front end that gets a bundle chooses one
//     form of it: JupyterLab and nbconvert prefer HTML to Markdown, and Markdown to SVG.
//     Those without HTML would show a table in place of the picture.
//   - A fold cuts the paper, so that nobody reads time off it.
//   - The theme is that of the page (JupyterLab's, VS Code's), else that of the
//     reader's system. The picture has its own paper, so it can be read on any page.
//     Programs that do not know CSS variables show the light theme.
//   - Text that does not fit its lane is written over the neighbours on paper of its
//     own, or to the left, or is cut with an ellipsis.
//
// # Bounds
//
// At most 8 lanes, 80 rows, 4 locks and 3 variables. With more goroutines, main is
// drawn and those that matter most (in a circle of waiting, panicked, raced, blocked);
// the others are counted. With more rows, repetitions are folded; then the first 45 %
// and the last 30 % stay, with the lost updates, races and crashes in between. SVG
// stays under 60 KB, HTML under 100 KB, Markdown under 40 KB, text under 200 lines. The
// data in a bundle hold the first and the last 1,000 events and 1,000 goroutines, and
// say what is left out.
//
// # Not covered
//
// Time as an axis; the values of more than three variables; what is in the buffer of a
// channel; which lock Cond.Wait gives back (the one taken last is assumed); more than
// one link for each event.
//
// # What the tests keep
//
// Each situation of rendertest has its layout as a file, a line for each row. A few
// have their pictures as files too, which show every kind of mark together; the others
// have checksums in one file, so that no picture changes unnoticed. svg_test.go,
// text_test.go, html_test.go, markdown_test.go and json_test.go read the forms of every
// situation back and compare them with the layout.
package picture
