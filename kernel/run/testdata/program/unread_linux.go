package main

import "golang.org/x/sys/unix"

// unread asks how many bytes are in a pipe.
const unread = unix.TIOCINQ
