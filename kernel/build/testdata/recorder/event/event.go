// Package event stands for the real one in tests.
package event

const One = 1
