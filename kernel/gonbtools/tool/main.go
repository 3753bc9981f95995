// Command tool is what GoNB's tools are links to, and what serves the go command from
// the seed: two packages alone, because the kernel's whole binary takes three times as
// long to start, four times in a cell.
package main

import (
	"os"

	"threading101/kernel/gonbtools"
	"threading101/kernel/seed"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == seed.Word && seed.Serves(os.Args[0]) {
		os.Exit(seed.Serve(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(gonbtools.Main(os.Args[0], os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
