package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"os"
	"strings"
)

//go:embed long.txt
var longText string

// long are the programs that are run with one seed, each with its reason.
func long() (map[string]string, error) { return readList(strings.NewReader(longText), "long.txt") }

// readExceptions reads a list of programs that differ: a name and a reason on
// each line, comments behind #.
func readExceptions(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readList(f, path)
}

// readList reads what such a file holds.
func readList(r io.Reader, path string) (map[string]string, error) {
	list := map[string]string{}
	scan := bufio.NewScanner(r)
	for scan.Scan() {
		line := strings.TrimSpace(scan.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, ok := strings.Cut(line, ": ")
		if !ok {
			return nil, fmt.Errorf("%s: no reason given in %q", path, line)
		}
		list[name] = strings.TrimSpace(reason)
	}
	return list, scan.Err()
}
