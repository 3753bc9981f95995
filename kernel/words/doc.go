// Package words owns every sentence a learner reads: errors with their hints,
// labels of the picture, help. One place, so that the voice stays one: short,
// concrete, kind, exact.
package words
