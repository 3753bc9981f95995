// Package finding has the words for what is found in a run: the kinds of explanations,
// the sentences of each (package explain finds what they are about), and the hints that
// belong to them.
package finding
