package lessons

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func put(t *testing.T, path, source string) {
	t.Helper()
	book := `{"cells": [{"cell_type": "code", "source": ` + source + `, "outputs": []}], "nbformat": 4}`
	if err := os.WriteFile(path, []byte(book), 0o666); err != nil {
		t.Fatal(err)
	}
}

// course makes a course of two lessons, and a folder that is not there yet.
func course(t *testing.T) Folder {
	t.Helper()
	f := Folder{Course: t.TempDir(), Own: filepath.Join(t.TempDir(), "own")}
	put(t, filepath.Join(f.Course, "01-threads.ipynb"), `"go f()"`)
	put(t, filepath.Join(f.Course, "02-lock.ipynb"), `["mu.Lock()\n", "mu.Unlock()"]`)
	return f
}

func standings(t *testing.T, f Folder) (text string) {
	t.Helper()
	all, err := f.Lessons()
	if err != nil {
		t.Fatal(err)
	}
	names := map[Standing]string{Missing: "missing", Same: "same", Edited: "edited", Older: "older", Behind: "behind", Damaged: "damaged", Linked: "linked"}
	for _, l := range all {
		text += l.Name + " " + names[l.Standing] + "\n"
	}
	return strings.TrimSuffix(text, "\n")
}

func TestCopiesFollowTheCourseUntilTheyAreEdited(t *testing.T) {
	f := course(t)
	added, renewed, err := f.Update()
	if err != nil || len(added) != 2 || len(renewed) != 0 {
		t.Fatal(added, renewed, err)
	}
	// Outputs and other spellings of the same cells are no work of the learner's.
	book := `{"cells": [{"cell_type": "code", "source": ["go f()"], "outputs": [{"text": "x"}], "execution_count": 3}], "metadata": {"x": 1}}`
	if err := os.WriteFile(f.path("01-threads"), []byte(book), 0o666); err != nil {
		t.Fatal(err)
	}
	put(t, f.path("02-lock"), `"mine"`)
	if got := standings(t, f); got != "01-threads same\n02-lock edited" {
		t.Error(got)
	}
	put(t, filepath.Join(f.Course, "01-threads.ipynb"), `"go g()"`)
	put(t, filepath.Join(f.Course, "02-lock.ipynb"), `"better"`)
	if got := standings(t, f); got != "01-threads older\n02-lock behind" {
		t.Error(got)
	}
	added, renewed, err = f.Update()
	if err != nil || len(added) != 0 || len(renewed) != 1 || renewed[0] != "01-threads" {
		t.Error(added, renewed, err)
	}
	if got := standings(t, f); got != "01-threads same\n02-lock behind" {
		t.Error(got)
	}
	if text, _ := os.ReadFile(f.path("02-lock")); !strings.Contains(string(text), "mine") {
		t.Error("the learner's work is gone")
	}
}

// TestALessonThatTheCourseDropsStays: lesson 04 was split in two, and who had worked on
// it has it still, with and without edits.
func TestALessonThatTheCourseDropsStays(t *testing.T) {
	f := course(t)
	if _, _, err := f.Update(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(f.Course, "02-lock.ipynb"), filepath.Join(f.Course, "02a-lock.ipynb")); err != nil {
		t.Fatal(err)
	}
	added, renewed, err := f.Update()
	if err != nil || len(added) != 1 || added[0] != "02a-lock" || len(renewed) != 0 {
		t.Error(added, renewed, err)
	}
	if _, err := os.Stat(f.path("02-lock")); err != nil {
		t.Error(err)
	}
	if got := standings(t, f); got != "01-threads same\n02a-lock same" {
		t.Error(got)
	}
}

func TestResetKeepsWhatWasThere(t *testing.T) {
	f := course(t)
	if _, _, err := f.Update(); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	if kept, err := f.Reset("02-lock", now); err != nil || kept != "" {
		t.Errorf("an untouched copy is kept as %q, %v", kept, err)
	}
	for n, want := range []string{"02-lock.before-2026-11-29.ipynb", "02-lock.before-2026-11-29-2.ipynb"} {
		put(t, f.path("02-lock"), `"mine"`)
		kept, err := f.Reset("02-lock", now)
		if err != nil || kept != want {
			t.Errorf("%d: kept as %q, %v", n, kept, err)
		}
		if text, _ := os.ReadFile(filepath.Join(f.Own, want)); !strings.Contains(string(text), "mine") {
			t.Errorf("%s does not hold the learner's work", want)
		}
	}
	if got := standings(t, f); got != "01-threads same\n02-lock same" {
		t.Error(got)
	}
	if _, err := f.Reset("03-join", now); !errors.Is(err, ErrNoLesson) {
		t.Error(err)
	}
}

func TestWhatCannotBeUsed(t *testing.T) {
	f := course(t)
	if _, _, err := f.Update(); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"no JSON": "{", "no text": `{"cells": [{"source": 3}]}`} {
		if err := os.WriteFile(f.path("01-threads"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := standings(t, f); !strings.HasPrefix(got, "01-threads damaged") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if _, _, err := f.Update(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(f.Own, State), []byte("no JSON"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got := standings(t, f); !strings.HasSuffix(got, "02-lock same") {
		t.Error(got)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{file, filepath.Join(file, "below")} {
		if _, _, err := (Folder{f.Course, own}).Update(); !errors.Is(err, ErrFile) {
			t.Errorf("%s is taken for a folder: %v", own, err)
		}
	}
	if _, _, err := (Folder{t.TempDir(), f.Own}).Update(); !errors.Is(err, ErrNoCourse) {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(f.Course, "02-lock.ipynb"), []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Update(); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
}

// What the learner put there as a link is the learner's, wherever it leads to.
func TestLinksStay(t *testing.T) {
	f := course(t)
	if _, _, err := f.Update(); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "book.ipynb")
	for _, leads := range []string{filepath.Join(f.Course, "02-lock.ipynb"), elsewhere} {
		if err := os.Remove(f.path("02-lock")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(leads, f.path("02-lock")); err != nil {
			t.Fatal(err)
		}
		if added, renewed, err := f.Update(); err != nil || len(added)+len(renewed) > 0 {
			t.Error(added, renewed, err)
		}
		if got := standings(t, f); got != "01-threads same\n02-lock linked" {
			t.Error(got)
		}
		kept, err := f.Reset("02-lock", time.Now())
		if to, _ := os.Readlink(filepath.Join(f.Own, kept)); err != nil || to != leads {
			t.Errorf("kept as %q, which leads to %q, %v", kept, to, err)
		}
	}
	if _, err := os.Lstat(elsewhere); err == nil {
		t.Error("a reset wrote where the link led")
	}
}

// The notebooks of the course are nobody's copies, by whatever name they are called.
func TestTheCourseIsNoFolderOfALearner(t *testing.T) {
	f := course(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(f.Course, link); err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{f.Course, f.Course + "/.", link} {
		f.Own = own
		if _, _, err := f.Update(); !errors.Is(err, ErrCourse) {
			t.Errorf("%s: %v", own, err)
		}
		if _, err := f.Reset("02-lock", time.Now()); !errors.Is(err, ErrCourse) {
			t.Errorf("%s: %v", own, err)
		}
	}
	if left, _ := os.ReadDir(f.Course); len(left) != 2 {
		t.Errorf("the course holds %v", left)
	}
}
