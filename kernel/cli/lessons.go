package cli

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"threading101/kernel/lessons"
	"threading101/kernel/nearest"
	"threading101/kernel/words/learning"
)

// manageLessons keeps a learner's own folder of the lessons.
func manageLessons(env Env, args []string) int {
	flags := flag.NewFlagSet("threading101 lessons", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	course := flags.String("course", defaultCourse(), learning.HelpCourse)
	if flags.Parse(args) != nil {
		return 2
	}
	rest := flags.Args()
	l := &lessonsCommand{env, lessons.Folder{Course: *course, Own: learning.LessonsFolder}}
	switch {
	case len(rest) == 0:
	case rest[0] == "new" && len(rest) <= 2:
		return l.in(rest[1:], l.update)
	case rest[0] == "list" && len(rest) <= 2:
		return l.in(rest[1:], l.list)
	case rest[0] == "reset" && len(rest) == 2 && filepath.Dir(rest[1]) != ".":
		return l.in([]string{filepath.Dir(rest[1])}, func() error { return l.reset(rest[1]) })
	case rest[0] == "reset" && len(rest) >= 2 && len(rest) <= 3:
		return l.in(rest[2:], func() error { return l.reset(rest[1]) })
	}
	fmt.Fprintln(env.Stderr, learning.LessonsUsage)
	return 2
}

type lessonsCommand struct {
	Env
	folder lessons.Folder
}

// in does something in the folder that is named, or in the usual one.
func (l *lessonsCommand) in(named []string, do func() error) int {
	if len(named) > 0 {
		l.folder.Own = named[0]
	}
	err := do()
	if err == nil {
		return 0
	}
	fmt.Fprintln(l.Stderr, learning.LessonsFailed(whyNot(l.folder.Own, err)))
	return 1
}

// reasons are the errors of a folder that have a sentence of their own; the first that
// fits is told.
var reasons = []struct {
	err error
	say func(folder string) string
}{
	{lessons.ErrCourse, learning.LessonsOfCourse},
	{lessons.ErrFile, learning.LessonsInFile},
	{syscall.ENOTDIR, learning.LessonsInFile},
	{fs.ErrPermission, learning.LessonsForbidden},
	{syscall.EROFS, learning.LessonsForbidden},
	{syscall.ENOSPC, learning.LessonsNoRoom},
	{syscall.EDQUOT, learning.LessonsNoRoom},
}

// whyNot is why nothing more could be done to a folder.
func whyNot(folder string, err error) string {
	if errors.Is(err, lessons.ErrBroken) {
		return err.Error() // it tells of the course
	}
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.say(folder)
		}
	}
	return err.Error()
}

func (l *lessonsCommand) update() error {
	added, renewed, err := l.folder.Update()
	if len(added)+len(renewed) > 0 || err == nil {
		fmt.Fprintln(l.Stdout, learning.LessonsReady(l.folder.Own, added, renewed))
	}
	return err
}

func (l *lessonsCommand) list() error {
	all, err := l.folder.Lessons()
	for _, one := range all {
		fmt.Fprintf(l.Stdout, "%-20s %s\n", one.Name, standings[one.Standing])
	}
	return err
}

var standings = map[lessons.Standing]string{
	lessons.Missing: learning.LessonMissing, lessons.Same: learning.LessonSame, lessons.Edited: learning.LessonEdited,
	lessons.Older: learning.LessonOlder, lessons.Behind: learning.LessonBehind, lessons.Damaged: learning.LessonDamaged,
	lessons.Linked: learning.LessonLinked,
}

// reset puts a fresh copy of a lesson into the folder, which may be named as its file is.
func (l *lessonsCommand) reset(file string) error {
	name := strings.TrimSuffix(filepath.Base(file), ".ipynb")
	kept, err := l.folder.Reset(name, time.Now())
	if errors.Is(err, lessons.ErrNoLesson) {
		return errors.New(learning.NoLesson(name, l.near(name)))
	}
	if err == nil {
		fmt.Fprintln(l.Stdout, learning.LessonReset(name, kept))
	}
	return err
}

// near is the lesson that was probably meant: one whose name is like this, or has it
// as a part; "" if there is none.
func (l *lessonsCommand) near(name string) string {
	all, _ := l.folder.Lessons()
	var names []string
	part := ""
	for _, one := range all {
		names = append(names, one.Name)
		if part == "" && name != "" && strings.Contains(one.Name, name) {
			part = one.Name
		}
	}
	return cmp.Or(nearest.Of(name, names), part)
}

// defaultCourse is the folder of the course's notebooks, beside that of the binary.
func defaultCourse() string {
	self, err := os.Executable()
	if err != nil {
		return "notebooks"
	}
	if real, err := filepath.EvalSymlinks(self); err == nil {
		self = real
	}
	return filepath.Join(filepath.Dir(filepath.Dir(self)), "notebooks")
}
