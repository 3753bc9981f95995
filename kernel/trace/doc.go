// Package trace reads what a run recorded, checks it, puts it in order and
// gives back an [Execution], from which pictures and explanations are made.
package trace
