// Package rendertest has the runs that tests draw.
package rendertest
