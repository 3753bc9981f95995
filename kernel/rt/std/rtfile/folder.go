package rtfile

import (
	"io/fs"
	"os"
	"path/filepath"

	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// A program that is explored is run thousands of times, and each run must find its files
// as the first one did. So it works in a folder of its own, which begins as the working
// folder is: a link for each file, and in place of the link a copy once the program uses
// the file. Before the next run what was changed is put back. The kernel says where that
// folder is to be, and removes it.

// What is copied: files that a small program works with.
const (
	mostFiles = 100
	mostBytes = 1 << 20
	mostLinks = 1000 // for one folder
)

var folder struct {
	dir     string // "" where the program works in its working folder
	origin  string // the working folder
	entered bool
	links   map[string]bool    // names, from the folder, that are links of ours
	copies  map[string]*copied // of files, by the same
	bytes   int64
	changed map[string]bool
	all     bool // folders were changed too
}

// copied is a file of the working folder as it was.
type copied struct {
	content []byte
	info    fs.FileInfo
}

func init() { folder.dir = control.Folder }

// apart says whether the program works in a folder of its own.
func apart() bool { return folder.dir != "" }

// enter goes there, when the program first uses a file.
func enter() {
	if !apart() || folder.entered {
		return
	}
	folder.entered = true
	var err error
	if folder.origin, err = os.Getwd(); err != nil || os.MkdirAll(folder.dir, 0o700) != nil || os.Chdir(folder.dir) != nil {
		folder.dir = ""
		rt.FileStrays(0, ".")
		return
	}
	folder.dir, _ = os.Getwd()
	folder.links, folder.copies, folder.changed = map[string]bool{}, map[string]*copied{}, map[string]bool{}
	linkAll(".")
}

// linkAll makes a link for each file in a folder of the working folder.
func linkAll(name string) {
	list, _ := os.ReadDir(filepath.Join(folder.origin, name))
	if len(list) > mostLinks {
		rt.FileStrays(0, name)
		list = list[:mostLinks]
	}
	for _, e := range list {
		link(filepath.Join(name, e.Name()))
	}
}

func link(name string) {
	if os.Symlink(filepath.Join(folder.origin, name), filepath.Join(folder.dir, name)) == nil {
		folder.links[name] = true
	}
}

// absolute is a name from the root.
func absolute(name string) string {
	if path, err := filepath.Abs(name); err == nil {
		return path
	}
	return name
}

// within says whether a path leads into the program's own folder.
func within(path string) bool {
	rel, err := filepath.Rel(folder.dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// own makes the file, and the folders that lead to it, the run's own.
func own(s uint32, name string) {
	enter()
	if !apart() || !within(absolute(name)) {
		return
	}
	rel, _ := filepath.Rel(folder.dir, absolute(name))
	for i := range len(rel) + 1 {
		if i == len(rel) || rel[i] == filepath.Separator {
			ownOne(s, rel[:i])
		}
	}
}

// ownOne puts a folder, or a copy, in the place of a link.
func ownOne(s uint32, name string) {
	if !folder.links[name] {
		return
	}
	from := filepath.Join(folder.origin, name)
	info, err := os.Stat(from)
	switch {
	case err != nil:
	case info.IsDir():
		delete(folder.links, name)
		os.Remove(name)
		os.Mkdir(name, info.Mode().Perm())
		linkAll(name)
	case !info.Mode().IsRegular():
	case len(folder.copies) == mostFiles || folder.bytes+info.Size() > mostBytes:
		rt.FileStrays(s, name)
	default:
		if content, err := os.ReadFile(from); err == nil {
			delete(folder.links, name)
			folder.copies[name] = &copied{content, info}
			folder.bytes += info.Size()
			folder.copies[name].put(name)
		}
	}
}

// put writes the file as it was.
func (c *copied) put(name string) {
	path := filepath.Join(folder.dir, name)
	os.Remove(path)
	os.WriteFile(path, c.content, 0o600)
	os.Chmod(path, c.info.Mode().Perm())
	os.Chtimes(path, c.info.ModTime(), c.info.ModTime())
}

// ownAll makes all in a folder the run's own.
func ownAll(s uint32, name string) {
	own(s, name)
	if !apart() || !within(absolute(name)) {
		return
	}
	list, _ := os.ReadDir(name)
	for _, e := range list {
		own(s, filepath.Join(name, e.Name()))
	}
}

// change notes that what has the name is not as it was.
func (e *entry) change() {
	if !folder.entered || !apart() {
		return
	}
	if rel, err := filepath.Rel(folder.dir, e.path); err == nil && filepath.IsLocal(rel) {
		folder.changed[rel] = true
	}
}

// changeAll notes that folders are not as they were.
func changeAll() { folder.all = true }

// renew puts back what the last run has changed.
func renew() {
	if !folder.entered || !apart() {
		return
	}
	if folder.all {
		rebuild()
		return
	}
	for name := range folder.changed {
		os.RemoveAll(filepath.Join(folder.dir, name))
		if c := folder.copies[name]; c != nil {
			c.put(name)
		} else if folder.links[name] {
			link(name)
		}
	}
	clear(folder.changed)
}

// rebuild makes the folder anew.
func rebuild() {
	list, _ := os.ReadDir(folder.dir)
	for _, e := range list {
		os.RemoveAll(filepath.Join(folder.dir, e.Name()))
	}
	clear(folder.links)
	clear(folder.copies)
	clear(folder.changed)
	folder.bytes, folder.all = 0, false
	linkAll(".")
}
