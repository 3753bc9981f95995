// Package outside knows what a program uses that no scheduler of ours controls: packages,
// and parts of them, through which something comes into a run or goes out of it.
package outside
