// Package learning has the words for what is about a course and not about one run: what a
// learner predicts and is asked, what has come of it, their copies of the lessons, and the
// room of a class.
package learning
