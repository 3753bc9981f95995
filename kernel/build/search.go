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

// kept finds a program that was built before, by this process or, if those of others are
// kept, by another. One that can be explored also runs.
func (b *Builder) kept(j *job) (Result, bool) {
	explored := *j
	explored.req.Explore = true
	for _, key := range []string{j.key, explored.hash()} {
		if r, ok := b.together[key]; ok {
			return r, ok
		}
		if r, ok := b.binaries.get(key); ok {
			return r, ok
		}
	}
	disk, ok := b.programsFor(j)
	if !ok {
		return Result{}, false
	}
	r, ok := disk.get(j)
	if !ok && !j.req.Explore {
		r, ok = disk.get(&explored)
	}
	if ok {
		b.binaries.put(j.key, r)
	}
	return r, ok
}

// programsFor are the programs on disk, if this one may be among them.
func (b *Builder) programsFor(j *job) (programs, bool) {
	if !b.cfg.Keep || !j.lasting() {
		return programs{}, false
	}
	recorder, err := b.unpackRuntime(&j.tc)
	return programs{filepath.Join(b.cacheIn(j.env), "programs"), filepath.Base(recorder)}, err == nil
}
