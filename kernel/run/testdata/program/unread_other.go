//go:build !linux

package main

// unread asks how many bytes are in a pipe: FIONREAD of the BSDs and macOS.
const unread = 0x4004667f
