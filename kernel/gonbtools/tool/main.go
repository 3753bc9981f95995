// Command tool is what GoNB's tools are links to: package gonbtools alone, because the
// kernel's whole binary takes three times as long to start, four times in a cell.
package main

import (
	"os"

	"threading101/kernel/gonbtools"
)

func main() {
	os.Exit(gonbtools.Main(os.Args[0], os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
