package learning

import (
	"fmt"

	"threading101/kernel/words"
)

// LessonsFolder is a learner's own folder where none is named.
const LessonsFolder = "my-lessons"

// CommandLessons and HelpCourse explain the command.
const (
	CommandLessons = "keep a folder of your own with the lessons: make it, list it, or put a fresh copy of one lesson into it"
	HelpCourse     = "the `FOLDER` that holds the course's notebooks"
	LessonsUsage   = "threading101 lessons: new, list or reset?\nhint: threading101 lessons new FOLDER, threading101 lessons list FOLDER, threading101 lessons reset 02-lock FOLDER"
)

// How a copy stands to the course.
const (
	LessonMissing = "not in this folder"
	LessonSame    = "as in the course"
	LessonEdited  = "edited by you"
	LessonOlder   = "untouched, and the course has a newer one: threading101 lessons new renews it"
	LessonBehind  = "edited by you, and the course has a newer one: threading101 lessons reset gives you that, and keeps yours"
	LessonDamaged = "cannot be read as a notebook: threading101 lessons reset replaces it, and keeps it"
	LessonLinked  = "a symbolic link, which is left as it is: threading101 lessons reset puts a copy in its place, and keeps the link"
)

// LessonsReady says what was done to a folder.
func LessonsReady(folder string, added, renewed []string) string {
	switch {
	case len(added) > 0 && len(renewed) > 0:
		return fmt.Sprintf("%s: %s added, %s renewed.", folder, words.Count(len(added), "lesson"), words.Number(len(renewed)))
	case len(added) > 0:
		return fmt.Sprintf("%s: %s added. They are yours to edit.", folder, words.Count(len(added), "lesson"))
	case len(renewed) > 0:
		return fmt.Sprintf("%s: %s renewed, which you had not edited.", folder, words.Count(len(renewed), "lesson"))
	}
	return folder + ": nothing to add; what you have edited stays as it is."
}

// LessonReset says that a lesson is fresh again, and where the old one is.
func LessonReset(name, kept string) string {
	if kept == "" {
		return name + " is as in the course."
	}
	return name + " is as in the course; yours is kept as " + kept + "."
}

// NoLesson answers a lesson that does not exist.
func NoLesson(name, near string) string {
	s := fmt.Sprintf("there is no lesson %q", name)
	if near != "" {
		s += ": " + words.DidYouMean(near)
	}
	return s
}

// LessonsFailed says why nothing more could be done to a folder.
func LessonsFailed(why string) string { return "threading101 lessons: " + why }

// LessonsOfCourse: the folder that is named is the course's.
func LessonsOfCourse(folder string) string {
	return folder + " holds the course's own notebooks, which stay as they are: name another folder."
}

// LessonsInFile: the folder that is named, or one above it, is a file.
func LessonsInFile(folder string) string {
	return folder + " is a file, or lies in one: name a folder."
}

// LessonsForbidden: the folder is read-only, or somebody else's.
func LessonsForbidden(folder string) string {
	return "you may not write in " + folder + ": name another folder."
}

// LessonsNoRoom: the disk is full.
func LessonsNoRoom(folder string) string {
	return "the disk is full: " + folder + " lacks what had no room. Make room, and give the command again; what you have edited is as it was."
}
