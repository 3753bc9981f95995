// Package progress shows which lessons a learner has done.
package progress

import (
	"fmt"
	"html"
	"net/url"
	"strings"

	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// Lesson is one notebook of the course.
type Lesson struct {
	Title  string
	File   string // of the notebook, beside the one that shows it
	Solved bool   // each of its locked checks has held
}

// Text is a line for each lesson, with a mark on those that are solved.
func Text(all []Lesson) string {
	var b strings.Builder
	b.WriteString(head(all))
	for _, l := range all {
		mark, _ := l.mark()
		b.WriteString("\n" + mark + " " + l.title())
	}
	return b.String()
}

// HTML is the same with a link to each notebook.
func HTML(all []Lesson) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<p>%s</p>\n<table>\n", html.EscapeString(head(all)))
	for _, l := range all {
		mark, label := l.mark()
		fmt.Fprintf(&b, "<tr><td><span role=\"img\" aria-label=%q>%s</span></td><td style=\"text-align:left\"><a href=\"%s\">%s</a></td></tr>\n",
			label, mark, html.EscapeString((&url.URL{Path: "./" + l.File}).String()), html.EscapeString(l.title()))
	}
	b.WriteString("</table>")
	return b.String()
}

func head(all []Lesson) string {
	solved := 0
	for _, l := range all {
		if l.Solved {
			solved++
		}
	}
	return learning.ProgressLessons(solved, len(all))
}

// mark is the sign before a lesson, and what it means for those who cannot see it.
func (l Lesson) mark() (sign, label string) {
	if l.Solved {
		return learning.ProgressMark, learning.ProgressSolvedLabel
	}
	return learning.ProgressOpen, learning.ProgressOpenLabel
}

// mostTitle is how much of a title is shown.
const mostTitle = 80

func (l Lesson) title() string { return words.Plain(l.Title, mostTitle) }
