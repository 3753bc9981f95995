package lessons

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// State is the file that says what was copied into a folder.
const State = ".threading101.json"

// Folder is a learner's folder of lessons.
type Folder struct {
	Course string // the folder of the course's notebooks
	Own    string // the learner's
}

// Standing is how a copy stands to the course.
type Standing int

// The standings.
const (
	Missing Standing = iota // the folder has no such lesson
	Same                    // as in the course
	Edited                  // the learner has worked on it
	Older                   // untouched, and the course has a newer one
	Behind                  // edited, and the course has a newer one
	Damaged                 // it cannot be read as a notebook
	Linked                  // a symbolic link: what it leads to is not ours
)

// Lesson is one lesson and its copy.
type Lesson struct {
	Name     string // "02-lock"
	Standing Standing
}

// What a folder, or the course, cannot be.
var (
	ErrNoCourse = errors.New("no lessons")     // there is nothing to copy
	ErrBroken   = errors.New("damaged course") // a lesson of the course is damaged
	ErrCourse   = errors.New("course")         // the folder is the course's own
	ErrFile     = errors.New("file")           // the folder is a file
	ErrNoLesson = errors.New("no lesson")      // of that name
)

// Lessons lists the lessons of the course, in their order, and how the copies stand.
func (f Folder) Lessons() ([]Lesson, error) {
	paths, err := filepath.Glob(filepath.Join(f.Course, "[0-9f]*.ipynb"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("%w in %s", ErrNoCourse, f.Course)
	}
	if err := f.usable(); err != nil {
		return nil, err
	}
	slices.Sort(paths)
	copied := f.state()
	var all []Lesson
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		course, err := digest(path)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
		all = append(all, Lesson{name, f.standing(name, course, copied[name])})
	}
	return all, nil
}

// usable says why the folder cannot be a learner's own. One that is not there yet can.
func (f Folder) usable() error {
	own, err := os.Stat(f.Own)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR), err == nil && !own.IsDir():
		return ErrFile
	case err != nil:
		return err
	}
	if course, err := os.Stat(f.Course); err == nil && os.SameFile(own, course) {
		return ErrCourse
	}
	return nil
}

func (f Folder) standing(name, course, copied string) Standing {
	if info, err := os.Lstat(f.path(name)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return Linked
	}
	own, err := digest(f.path(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	case err != nil:
		return Damaged
	case own == course:
		return Same
	case own == copied:
		return Older
	case copied != "" && copied != course:
		return Behind
	}
	return Edited
}

func (f Folder) path(name string) string { return filepath.Join(f.Own, name+".ipynb") }

// Update makes the folder, copies the lessons that it lacks and those that are
// untouched and older. It returns their names.
func (f Folder) Update() (added, renewed []string, err error) {
	all, err := f.Lessons()
	if err != nil {
		return nil, nil, err
	}
	if err := os.MkdirAll(f.Own, 0o777); err != nil {
		return nil, nil, err
	}
	for _, l := range all {
		switch l.Standing {
		case Missing:
			added = append(added, l.Name)
		case Older:
			renewed = append(renewed, l.Name)
		default:
			continue
		}
		if err := f.copy(l.Name); err != nil {
			return added, renewed, err
		}
	}
	return added, renewed, nil
}

// Reset puts a fresh copy of a lesson into the folder. What was there is kept beside
// it, under the name that is returned; "" if there was nothing, or nothing to keep.
func (f Folder) Reset(name string, now time.Time) (kept string, err error) {
	all, err := f.Lessons()
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(all, func(l Lesson) bool { return l.Name == name })
	if i < 0 {
		return "", ErrNoLesson
	}
	if s := all[i].Standing; s != Missing && s != Same && s != Older {
		if kept, err = f.keep(name, now); err != nil {
			return "", err
		}
	}
	if err := os.MkdirAll(f.Own, 0o777); err != nil {
		return kept, err
	}
	return kept, f.copy(name)
}

// keep renames a learner's copy, so that it stays beside the fresh one.
func (f Folder) keep(name string, now time.Time) (string, error) {
	for n := 1; ; n++ {
		kept := name + ".before-" + now.Format(time.DateOnly)
		if n > 1 {
			kept += fmt.Sprintf("-%d", n)
		}
		if _, err := os.Lstat(f.path(kept)); errors.Is(err, fs.ErrNotExist) {
			return kept + ".ipynb", os.Rename(f.path(name), f.path(kept))
		}
	}
}

// copy copies a lesson, and notes what it copied. The file is there whole or not at
// all.
func (f Folder) copy(name string) error {
	text, err := os.ReadFile(filepath.Join(f.Course, name+".ipynb"))
	if err != nil {
		return err
	}
	if err := write(f.path(name), text); err != nil {
		return err
	}
	sum, err := digest(f.path(name))
	if err != nil {
		return err
	}
	copied := f.state()
	copied[name] = sum
	text, err = json.MarshalIndent(copied, "", "\t")
	if err != nil {
		return err
	}
	return write(filepath.Join(f.Own, State), append(text, '\n'))
}

// state is what was copied, by lesson; empty where that is not known.
func (f Folder) state() map[string]string {
	copied := map[string]string{}
	if text, err := os.ReadFile(filepath.Join(f.Own, State)); err == nil && json.Unmarshal(text, &copied) != nil {
		return map[string]string{}
	}
	return copied
}

func write(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(text)
	if e := file.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(file.Name(), 0o666&^umask())
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	return err
}
