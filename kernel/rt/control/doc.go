// Package control is the scheduler of a controlled run.
package control
