// Package ink is what all pictures are drawn with.
package ink
