// Package gonbtools is what GoNB finds on its PATH under the names go, goimports
// and gopls, and what it runs where it expects the program it had built.
//
// [Links] makes a folder of symlinks to a small binary of ours, package tool. Called
// under one of these names, it runs [Main]: it sends the call over a Unix socket to
// the kernel, where package server hands it to the proxy, and prints the answer.
// What is not one of GoNB's own calls goes to the real tool, unchanged, by
// exec.
//
// "go build -o X" leaves at X another symlink to that binary. GoNB runs it; by
// its name (gonb_…) we know what we are, and have the kernel run and supervise
// the program that was really built. GoNB sees no output and the exit status.
package gonbtools
