// Package found draws what an exploration found.
package found
