// Package render is the room of the pictures: everything that a learner sees of a
// run, or of many runs, is drawn in one of its folders. It has no code itself.
//
//	picture      one run: a lane for each goroutine, a row for each step
//	columns      one run in columns, in the manner of Lincheck, as a part of found
//	difference   two runs side by side, from where they part
//	found        what trying many schedules found, and what that means for a check
//	speedup      what a measurement on more and fewer processors came to
//	progress     which lessons a learner has done
//	walk         goes through a run step by step: who holds what, what each step says
//	ink          what all of them draw with: cells of text, elements of SVG and HTML, colours
//	rendertest   the runs that the tests draw
//
// Each picture is made in two stages. First it is laid out: what is shown, in which
// order, in which words. The layout knows nothing of text or SVG. Then each of its
// forms writes the layout down, so that the forms cannot disagree. A table in each
// folder, Forms, lists them: name, MIME type, function.
//
// Everything is a function of its input: the same run gives the same bytes. No text of
// the learner's program reaches a form but through [words.Plain] and that form's own
// escaping.
//
// # How to add a form of a picture
//
// The worked example is the page that "threading101 run -html FILE" writes: the
// picture of a run as a document of its own for a browser. These files make it up:
//
//	kernel/render/picture/page.go         the method page writes the layout down
//	kernel/render/picture/forms.go        its row in the table Forms
//	kernel/words/cli.go                   HelpHTML, what the help says of its flag
//	kernel/cli/cli.go                     -html FILE in the line of usage
//	kernel/cli/testdata/run.txtar         -html page.html, typed in a script
//	kernel/render/picture/testdata/sums   the checksums of its pictures
//
// First write a method of the layout, in a file named after the form. It gets the
// layout and the paper (how wide it is, and whether it has colours), and returns bytes:
//
//	func (p *Picture) page(paper ink.Paper) []byte
//
// What the form has to escape is escaped by one function in package ink ([ink.Escape],
// [ink.Markdown]), with a test of its own. A new danger is also a text that
// [rendertest.Hostile] prints, which changes the pictures of that situation in all
// folders.
//
// Then add a row to the table, in any place. Who is to get the form decides what it has:
//
//   - A MIME type, if notebooks are to get it with every picture. The front end then
//     shows one form of the bundle: JupyterLab takes HTML before Markdown, SVG,
//     images and text. A form of a higher rank hides the others.
//   - A flag and its help, if the command line is to write it to a file. The flag is made
//     from the table; only the line of usage is written by hand.
//   - Neither, if the command line is to print it in place of the output and the lanes,
//     as -markdown does. That flag is written by hand in kernel/cli/run.go: where flags
//     are declared (parseRun), where the program's output goes (passOn), and where the
//     run is printed (show), also one in which there is nothing to draw.
//
// That of the page is
//
//	{Name: "page", Write: (*Picture).page, Flag: "html", Help: words.HelpHTML},
//
// Then run "go test ./kernel/render/picture -update" and read what it wrote: the tests
// draw every situation in every form of the table. A form that can be read as text gets
// its ending in the function file of golden_test.go. With "-keep FOLDER" they also write
// all pictures to a folder, to be looked at.
//
// Finally, add a test that reads the form back and compares it with the layout. Examples
// are svg_test.go, text_test.go, html_test.go, markdown_test.go and json_test.go. That
// the form says what all have to say is for TestFormsAgree to hold, which fails until it
// knows the form. Learners read of a flag in README.md, under "On the command line".
//
// A form of another picture is added the same way in that picture's folder.
package render
