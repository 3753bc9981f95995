// Package columns puts a run in columns.
package columns
