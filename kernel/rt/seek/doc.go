// Package seek is the search's side of a run under package control.
package seek
