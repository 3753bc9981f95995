package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// readExceptions reads a list of programs that differ: a name and a reason on
// each line, comments behind #.
func readExceptions(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list := map[string]string{}
	scan := bufio.NewScanner(f)
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
