package proxy

import (
	"path/filepath"
	"slices"
	"strings"
	"time"

	"threading101/kernel/lessons"
	"threading101/kernel/predict"
	"threading101/kernel/render/progress"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
	"threading101/kernel/words/learning"
)

// keepSolved keeps that a lesson's locked check held, beside the predictions. A cell
// whose text is not the one that was locked, and a search that could not try all
// interleavings, solve nothing.
func (e *execution) keepSolved(code string) {
	check := e.cell.Lesson.Check
	if e.cell.Verdict != predict.Holds || !check.Of(code) {
		return
	}
	log := e.p.predictions.log
	fresh, err := log.PutSolved(predict.Solved{
		Schema: predict.Schema, Time: time.Now().UTC().Truncate(time.Second), Lesson: check.Lesson, Check: check.Sum, Verdict: predict.Holds,
	})
	if fresh {
		e.cell.Tell(learning.Solved(check.Lesson))
	}
	if err != nil {
		e.cell.Tell(learning.SolvedNotKept(log.Path(), reasonOf(err)))
	}
}

// summary shows what the learner has done so far: with lessons, or with predictions.
func (e *execution) summary() {
	if e.cell.Lessons == "" {
		e.progress()
		return
	}
	log := e.p.predictions.log
	folder := filepath.Dir(log.Path())
	tasks := lessons.Tasks(folder, e.cell.Lessons)
	if len(tasks) == 0 {
		e.cell.Tell(learning.ProgressNoLessons(e.cell.Lessons, folder))
		return
	}
	all := listed(tasks, log.Solved())
	e.cell.Screen.Display(map[string]any{"text/plain": progress.Text(all), "text/html": progress.HTML(all)}, map[string]any{})
}

// listed are the lessons, each with whether it is solved.
func listed(tasks []lessons.Task, held []predict.Solved) (all []progress.Lesson) {
	for _, t := range tasks {
		l := progress.Lesson{Title: t.Title, File: t.File, Solved: isSolved(t, held)}
		if words.Plain(l.Title, 1) == "" {
			l.Title = t.Lesson
		}
		all = append(all, l)
	}
	return all
}

// isSolved reports whether each locked check of a lesson has held.
func isSolved(t lessons.Task, held []predict.Solved) bool {
	return !slices.ContainsFunc(t.Sums, func(sum string) bool {
		return !slices.ContainsFunc(held, func(s predict.Solved) bool { return s.Lesson == t.Lesson && s.Check == sum })
	})
}

// progress shows what came of all predictions that are kept beside the notebook.
func (e *execution) progress() {
	log := e.p.predictions.log
	sum, hints, solved := predict.Sum(log.All()), log.Hints(), len(log.Solved())
	if sum.Questions == 0 && hints == 0 && solved == 0 {
		e.cell.Tell(learning.ProgressNone)
		return
	}
	lines := []string{learning.Progress(sum.Questions, sum.Judged, sum.AtFirst)}
	if sum.Second > 0 {
		lines = append(lines, learning.ProgressSecond(sum.Second, sum.AtSecond))
	}
	if len(sum.Shown) > 0 {
		lines = append(lines, learning.ProgressShown)
	}
	for _, k := range sum.Shown {
		lines = append(lines, "  "+learning.ProgressKey(k.Name, k.Times))
	}
	if hints > 0 {
		lines = append(lines, finding.ProgressHints(hints))
	}
	if solved > 0 {
		lines = append(lines, learning.ProgressSolved(solved))
	}
	where := learning.ProgressKept(log.Path())
	if e.p.predictions.unkept {
		where = learning.ProgressUnkept
	}
	e.cell.Tell(strings.Join(append(lines, where), "\n"))
}
