package rtfile

import (
	"os"
	"path/filepath"
	"strconv"
	"unsafe"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// An operation on files touches several things, each an object of its own to a search:
//
//	the name      opening a file reads it; making, renaming and removing one write it
//	the content   that of a file, whatever it is called
//	the handle    an open file: from where it is read on, whether it is closed
//	the folder    which names are in it
//	the tree      the names of all folders
//
// So what is done to different files commutes, as do two reads of one. What is drawn is
// the name: a file that is opened twice has one lane.

// entry is a name of a file, whether or not it is there.
type entry struct {
	path, name string
	told       bool     // what it is called
	settled    bool     // this run has decided what has the name
	folder     *content // where it is
	seen       uint     // the names were as they were then when is was found
	is         *content // what has that name; nil: nothing
}

// content is what is in a file, or which names are in a folder.
type content struct {
	dir  bool
	made bool // by this run, from nothing
}

// handle is an open file.
type handle struct {
	*os.File
	at  *entry // by the name under which it was opened
	of  *content
	pos int64 // where our last operation left it
	bad bool  // it was found elsewhere
}

// known is what is known of files, in one run.
var known struct {
	entries  map[string]*entry
	contents map[identity]*content
	folders  map[string]*content
	handles  map[*os.File]*handle
	names    uint     // counts changes of names
	tree     *content // the object that stands for all folders
}

func init() {
	forget()
	rt.EachRun(func() {
		for f := range known.handles {
			f.Close()
		}
		forget()
		renew()
	})
}

func forget() {
	known.entries, known.contents = map[string]*entry{}, map[identity]*content{}
	known.folders, known.handles = map[string]*content{}, map[*os.File]*handle{}
	known.names, known.tree = 1, new(content)
}

// entryAt is the name that a program gives.
func entryAt(s uint32, name string) *entry {
	own(s, name)
	path := absolute(name)
	if !filepath.IsLocal(name) && apart() && !within(path) {
		rt.FileStrays(s, name)
	}
	if resolved, err := filepath.EvalSymlinks(path); err == nil && resolved != path {
		if path = resolved; apart() {
			rt.FileStrays(s, name)
		}
	}
	e := known.entries[path]
	if e == nil {
		e = &entry{path: path, name: filepath.Base(path), folder: folderAt(filepath.Dir(path))}
		known.entries[path] = e
	}
	return e
}

func folderAt(path string) *content {
	c := known.folders[path]
	if c == nil {
		c = &content{dir: true}
		known.folders[path] = c
	}
	return c
}

// about says what an operation on the name is about.
func (e *entry) about(uses func() []control.Use) rt.FileAbout {
	fresh := !e.told
	e.told = true
	return rt.FileAbout{Ptr: unsafe.Pointer(e), Name: e.name, Fresh: fresh, Uses: uses}
}

// now is what has the name.
func (e *entry) now() *content {
	if e.seen == known.names {
		return e.is
	}
	e.seen, e.is = known.names, nil
	info, err := os.Stat(e.path)
	switch {
	case err != nil:
	case info.IsDir():
		e.is = folderAt(e.path)
	default:
		e.is = contentOf(e.path, info)
	}
	return e.is
}

func contentOf(path string, info os.FileInfo) *content {
	id := identityOf(path, info)
	c := known.contents[id]
	if c == nil {
		c = new(content)
		known.contents[id] = c
	}
	return c
}

// size is how much is in what has the name, -1 if nothing has it.
func (e *entry) size() int64 {
	info, err := os.Stat(e.path)
	if err != nil {
		return -1
	}
	return info.Size()
}

func use[T any](p *T, touch event.Touch) control.Use {
	return control.Use{Ptr: unsafe.Pointer(p), Touch: touch}
}

// opening is what opening the file touches.
func (e *entry) opening(flag int) []control.Use {
	is := e.now()
	makes := flag&os.O_CREATE != 0 && (is == nil || flag&os.O_EXCL != 0)
	all := []control.Use{use(known.tree, event.TouchRead), use(e, event.TouchRead)}
	if makes {
		all[1].Touch = event.TouchWrite
		all = append(all, use(e.folder, event.TouchBump))
	}
	if is != nil && flag&os.O_TRUNC != 0 {
		all = append(all, use(is, event.TouchWrite))
	}
	return all
}

// naming is what is touched when the name gets to be that of another file, or of none.
func (e *entry) naming() []control.Use {
	tree := event.TouchRead
	all := []control.Use{use(e, event.TouchWrite), use(e.folder, event.TouchBump)}
	if is := e.now(); is != nil && is.dir {
		tree = event.TouchWrite
		all = append(all, use(is, event.TouchRead))
	}
	return append(all, use(known.tree, tree))
}

// inside is what is touched when the file is found by its name and its content is
// read or written.
func (e *entry) inside(touch event.Touch) []control.Use {
	all := []control.Use{use(known.tree, event.TouchRead), use(e, event.TouchRead)}
	if is := e.now(); is != nil {
		all = append(all, use(is, touch))
	}
	return all
}

func (e *entry) looking() []control.Use { return e.inside(event.TouchRead) }

// opened is what came of opening the file, of which so much was there before.
func (e *entry) opened(f *os.File, flag int, before int64) rt.FileDone {
	if f == nil {
		e.asBefore()
		return rt.FileDone{Failed: true}
	}
	done := rt.FileDone{Changed: before < 0}
	switch {
	case before < 0:
		e.renamed(false)
		done.Text = "new"
	case flag&os.O_TRUNC != 0 && before > 0:
		done.Text, done.Changed = "emptied", true
	}
	if flag&(os.O_WRONLY|os.O_RDWR) != 0 {
		e.change()
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return done
	}
	if before < 0 {
		delete(known.contents, identityOf(e.path, info)) // another file had it, and is gone
	}
	of := contentOf(e.path, info)
	if of.made = of.made || before < 0 || flag&os.O_TRUNC != 0; !of.made {
		e.asBefore()
	}
	if known.handles[f] = (&handle{File: f, at: e, of: of}); before < 0 && rt.Controlled() {
		control.Active.Object(unsafe.Pointer(of)) // numbered now, before anybody is asked about it
	}
	return done
}

// asBefore notes that what has the name is used. Of a run by itself it may be what an
// earlier run has left.
func (e *entry) asBefore() {
	if is := e.now(); !apart() && !e.settled && (is == nil || !is.made) {
		rt.Loose(event.LooseFiles)
	}
}

// renamed notes that names are not as they were.
func (e *entry) renamed(tree bool) {
	e.settled = true
	known.names++
	e.change()
	if tree {
		changeAll()
	}
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
