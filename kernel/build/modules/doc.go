// Package modules has what a builder knows of modules without asking the go command:
// which files decide what a program is built from, what the module cache has, and the
// modules that cells may import without a network.
package modules
