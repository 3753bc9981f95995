// Package rtfile has the functions of package os that open, name and look at files.
// Each call of the system that others can notice is one step: in a controlled run the
// scheduler decides whose is next, as it does for locks and channels.
//
//	rtfile.go    open, create, read and write a file as a whole, rename, remove
//	method.go    what is done with an open file
//	entry.go     what is known of files, and what an operation touches
//	folder.go    the folder in which a search's runs find their files
//
// It is apart from rtos so that only programs that open files are linked with it.
package rtfile

import (
	"io"
	"io/fs"
	"os"

	"threading101/kernel/event"
	"threading101/kernel/rt"
	"threading101/kernel/rt/control"
)

// plain says whether nobody notes what the program does with files of these names. What
// it does before main, which each of many runs does again, is done in their folder.
func plain(names ...string) bool {
	if rt.Recording() {
		return false
	}
	for _, name := range names {
		own(0, name)
	}
	return true
}

// special says whether a name leads to something that may wait, or is no file: a pipe,
// a terminal. It is left to Go.
func special(name string) (is bool) {
	rt.FileKnown(func() {
		info, err := os.Stat(name)
		is = err == nil && !info.Mode().IsRegular() && !info.IsDir()
	})
	return is
}

// Open is os.Open.
func Open(s uint32, name string) (*os.File, error) { return OpenFile(s, name, os.O_RDONLY, 0) }

// Create is os.Create.
func Create(s uint32, name string) (*os.File, error) {
	return OpenFile(s, name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
}

// OpenFile is os.OpenFile.
func OpenFile(s uint32, name string, flag int, perm os.FileMode) (f *os.File, err error) {
	if plain(name) {
		return os.OpenFile(name, flag, perm)
	}
	if special(name) {
		rt.FileStrays(s, name)
		return os.OpenFile(name, flag, perm)
	}
	var at *entry
	rt.FileStep(s, event.FileOpen, func() rt.FileAbout {
		at = entryAt(s, name)
		return at.about(func() []control.Use { return at.opening(flag) })
	}, func() rt.FileDone {
		was := at.size()
		f, err = os.OpenFile(name, flag, perm)
		return at.opened(f, flag, was)
	})
	return f, err
}

// ReadFile is os.ReadFile: it opens the file and reads until there is no more.
func ReadFile(s uint32, name string) ([]byte, error) {
	if plain(name) || special(name) {
		return os.ReadFile(name)
	}
	f, err := Open(s, name)
	if err != nil {
		return nil, err
	}
	defer drop(f)
	h := held(f)
	data := make([]byte, 0, room(f))
	for {
		n, err := h.read(s, data[len(data):cap(data)], false)
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// room is for how many bytes os.ReadFile makes room: the file's, and one more to find
// its end.
func room(f *os.File) (n int64) {
	rt.FileKnown(func() {
		if info, err := f.Stat(); err == nil {
			n = info.Size() + 1
		}
	})
	return max(n, 512)
}

// WriteFile is os.WriteFile: it opens the file, which makes it or leaves nothing in it,
// and then writes.
func WriteFile(s uint32, name string, data []byte, perm os.FileMode) error {
	if plain(name) || special(name) {
		return os.WriteFile(name, data, perm)
	}
	f, err := OpenFile(s, name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = opened.Write(s, f, data)
	if closing := drop(f); closing != nil && err == nil {
		err = closing
	}
	return err
}

// Rename is os.Rename.
func Rename(s uint32, from, to string) (err error) {
	if plain(from, to) {
		return os.Rename(from, to)
	}
	var old, at *entry
	rt.FileStep(s, event.FileRename, func() rt.FileAbout {
		old, at = entryAt(s, from), entryAt(s, to)
		return at.about(func() []control.Use { return append(old.naming(), at.naming()...) })
	}, func() rt.FileDone {
		tree := isFolder(from)
		err = os.Rename(from, to)
		old.renamed(tree)
		at.renamed(tree)
		return rt.FileDone{Text: old.name, Failed: err != nil, Changed: err == nil}
	})
	return err
}

// Remove is os.Remove.
func Remove(s uint32, name string) (err error) {
	if plain(name) {
		return os.Remove(name)
	}
	var at *entry
	rt.FileStep(s, event.FileRemove, func() rt.FileAbout {
		at = entryAt(s, name)
		return at.about(at.naming)
	}, func() rt.FileDone {
		tree := isFolder(name)
		err = os.Remove(name)
		at.renamed(tree)
		return rt.FileDone{Failed: err != nil, Changed: err == nil}
	})
	return err
}

// Truncate is os.Truncate.
func Truncate(s uint32, name string, size int64) (err error) {
	if plain(name) {
		return os.Truncate(name, size)
	}
	var at *entry
	rt.FileStep(s, event.FileTruncate, func() rt.FileAbout {
		at = entryAt(s, name)
		return at.about(func() []control.Use { return at.inside(event.TouchWrite) })
	}, func() rt.FileDone {
		err = os.Truncate(name, size)
		at.change()
		return rt.FileDone{Text: decimal(size), Failed: err != nil, Changed: err == nil}
	})
	return err
}

// Stat is os.Stat.
func Stat(s uint32, name string) (fs.FileInfo, error) { return look(s, name, os.Stat) }

// Lstat is os.Lstat.
func Lstat(s uint32, name string) (fs.FileInfo, error) { return look(s, name, os.Lstat) }

// ReadDir is os.ReadDir.
func ReadDir(s uint32, name string) ([]fs.DirEntry, error) {
	return look(s, name, func(name string) ([]fs.DirEntry, error) {
		ownAll(s, name)
		return os.ReadDir(name)
	})
}

// look is one of the functions that look at a name.
func look[T any](s uint32, name string, at func(string) (T, error)) (found T, err error) {
	if plain(name) {
		return at(name)
	}
	var e *entry
	rt.FileStep(s, event.FileLook, func() rt.FileAbout {
		e = entryAt(s, name)
		return e.about(e.looking)
	}, func() rt.FileDone {
		found, err = at(name)
		e.asBefore()
		return rt.FileDone{Failed: err != nil}
	})
	return found, err
}

func isFolder(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.IsDir()
}
