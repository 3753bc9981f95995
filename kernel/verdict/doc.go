// Package verdict puts what came of a check into the forms that are shown: it
// joins package property, which judges, and package render, which draws.
package verdict
