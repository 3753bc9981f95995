// Package wire stands for what a search tells.
package wire
