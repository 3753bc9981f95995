// Signals waits for a signal: nothing in it moves, and yet it is not stuck.
package main

import (
	"os"
	"os/signal"

	"threading101/kernel/rt"
)

func main() {
	defer rt.Main(12)()
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	rt.R(c).Recv(15)
}
