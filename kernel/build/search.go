package build

import "path/filepath"

// A search is a third of the recorder, and a program that only runs does not need
// it. So it is linked into programs that are to be explored alone: they are package
// main and one file more, which imports it.

// searchText is that file.
const searchText = "package main\n\nimport _ \"threading101/kernel/rt/seek\"\n"

// searchName is the file's: no program has a file of that name.
const searchName = "threading101_search.go"

// searchFile is its path.
func (j *job) searchFile() string { return filepath.Join(j.dir, searchName) }

// searchArgument names the file as the request names the others: the go command
// wants all of them in one folder, by what is written.
func (j *job) searchArgument() string { return filepath.Join(filepath.Dir(j.req.Files[0]), searchName) }

// withSearch adds the file to those of main.
func (j *job) withSearch(files []*file) []*file {
	if j.req.Explore {
		files = append(files, &file{path: j.searchFile()})
	}
	return files
}

// kept finds a program that was built before. One that can be explored also runs.
func (b *Builder) kept(j *job) (Result, bool) {
	if r, ok := b.binaries.get(j.key); ok || j.req.Explore {
		return r, ok
	}
	explored := *j
	explored.req.Explore = true
	return b.binaries.get(explored.hash())
}
