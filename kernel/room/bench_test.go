package room_test

import (
	"fmt"
	"testing"
	"time"

	"threading101/kernel/room/seat"
	"threading101/kernel/room/wire"
)

// BenchmarkHundredOnTheWall: a hundred learners answer at once. How long until the wall has
// counted all of them, each of whom has a connection of their own?
func BenchmarkHundredOnTheWall(b *testing.B) {
	const learners = 100
	c := open(b)
	teacher, wall := c.teacher(), c.wall()
	var seats []*seat.Seat
	for i := range learners {
		seats = append(seats, c.learner(i, seat.Config{}))
	}
	c.see(teacher, "teacher", "all", func(v view) bool { return v.Here == learners })
	var worst time.Duration
	for n := range min(b.N, 50) { // a room takes so many questions from one learner
		q := lines
		q.Text = fmt.Sprint("question ", n)
		note := wire.Note{Kind: wire.Said, Lesson: "01", Cell: "01-05", Question: &q, Round: 1, Answer: "six"}
		tell(seats[0], note)
		v := c.see(teacher, "teacher", "the question", func(v view) bool { return v.has(q.Text) })
		c.do(teacher, "question", v.Questions[0].ID)
		began := time.Now()
		for _, s := range seats[1:] {
			tell(s, note)
		}
		c.see(wall, "wall", "all answers", func(v view) bool { return v.Question != nil && v.Question.Answered[0] == learners })
		worst = max(worst, time.Since(began))
	}
	b.ReportMetric(float64(worst.Milliseconds()), "ms-worst")
}

// BenchmarkTell: what a cell waits for when it tells the room of a run.
func BenchmarkTell(b *testing.B) {
	one := open(b).learner(1, seat.Config{})
	note := run("t2-code-1-aa-bb", "o", "2")
	for b.Loop() {
		tell(one, note)
	}
}
