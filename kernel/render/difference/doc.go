// Package difference draws two runs side by side.
package difference
