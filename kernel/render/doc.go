// Package render draws a run: an [model.Execution] goes in, and out come a
// picture in four forms that say the same: lanes of text, SVG, HTML that needs
// no script, and JSON.
//
// Time goes down, one row for each step, because a step is best told in words
// ("locks mu", "prints “A 1”") and words are horizontal; each goroutine has
// its own column, so that who did it is where it stands. Between the rows runs
// the goroutine's lane, whose look tells its state: filled while it runs,
// hatched while it waits, dotted while it sleeps. Beside them each lock has a
// lane filled with the look of whoever holds it, and each shared variable a
// column of its values.
//
// A run goes through three stages. The package trace says what counts as a
// step. [newPicture] lays out: it chooses the goroutines that get a lane, folds
// repetitions, and follows locks and values through all steps, shown or not.
// The forms only write down what was laid out, so that they cannot disagree.
//
// What an exploration found ([ExplorationBundle]) is drawn in the same four forms,
// from one layout; the verdicts of a check ([VerdictText]) and a run in columns
// ([Columns]) as text and HTML.
//
// Everything here is a function of the Execution: the same run gives the same
// bytes. No text of the learner's program reaches a form but through
// [words.Plain] and that form's own escaping.
package render
