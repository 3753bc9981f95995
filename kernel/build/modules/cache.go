package modules

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// Cache is the folder of what was fetched of modules, laid out as a module
// proxy: see https://go.dev/ref/mod#module-cache.
type Cache string

// Whole names, for packages, the newest version of their modules that is there with
// its source. Of a newer one there may be no more than its name, where somebody has
// asked for it without using it.
func (c Cache) Whole(packages []string) (queries []string) {
	for _, p := range packages {
		for at := p; at != "." && at != "/"; at = path.Dir(at) {
			if v := c.newest(at); v != "" {
				queries = append(queries, p+"@"+v)
				break
			}
		}
	}
	return queries
}

// newest is the newest version of a module that is there with its source, "" if none is.
func (c Cache) newest(modulePath string) (newest string) {
	escaped, err := module.EscapePath(modulePath)
	if err != nil {
		return ""
	}
	entries, err := os.ReadDir(filepath.Join(string(c), filepath.FromSlash(escaped), "@v"))
	if err != nil {
		return ""
	}
	for _, e := range entries {
		v, zip := strings.CutSuffix(e.Name(), ".zip")
		if v, err := module.UnescapeVersion(v); zip && err == nil && (newest == "" || semver.Compare(v, newest) > 0) {
			newest = v
		}
	}
	return newest
}
