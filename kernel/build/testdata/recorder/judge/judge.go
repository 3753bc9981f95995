// Package judge stands for what judges ends.
package judge
