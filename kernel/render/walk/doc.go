// Package walk goes through a run step by step.
package walk
