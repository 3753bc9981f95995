// Package property holds what a learner can have checked over all explored runs
// of a program.
package property
