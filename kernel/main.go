// Command threading101 is a Jupyter kernel for learning concurrency in plain
// Go, and the command line of the same engine.
package main

import (
	"os"

	"threading101/kernel/cli"
)

func main() {
	os.Exit(cli.Main(os.Args, runtime, os.Stdin, os.Stdout, os.Stderr))
}
