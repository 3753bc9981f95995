// Package lessons keeps a learner's own folder of the lessons: copies of the course's
// notebooks, in which the learner works, so that those of the course stay as they are.
//
// A copy that nobody has touched follows the course; one that was edited is the
// learner's, and is never overwritten. Which is which is told by the code and text of
// its cells, not by outputs: a file beside them, [State], has what was copied.
//
// It also knows the locked checks of notebooks: [Tasks] lists those of a folder, and
// [Check.Of] tells whether a cell is one that nobody has changed.
package lessons
