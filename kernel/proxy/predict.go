package proxy

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"threading101/kernel/predict"
	"threading101/kernel/report"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// predictions are where the answers of this kernel's notebook are kept. They belong to
// the executor.
type predictions struct {
	log      *predict.Log
	notebook string // its name, "" if it is not known
	unkept   bool   // it was said that they cannot be written
}

// newPredictions finds the place: beside the notebook, where the server says which that
// is, else in the folder that the kernel was started in.
func newPredictions() predictions {
	folder, err := os.Getwd()
	if err != nil {
		folder = os.TempDir()
	}
	folder, notebook := besideNotebook(os.Getenv("JPY_SESSION_NAME"), folder)
	return predictions{log: predict.NewLog(filepath.Join(folder, predict.FileName)), notebook: notebook}
}

// besideNotebook is the folder of a session's notebook, and the notebook's name. A
// session that is no notebook, or whose folder is not there, is in the working folder.
func besideNotebook(session, working string) (folder, notebook string) {
	if filepath.Ext(session) != ".ipynb" {
		return working, ""
	}
	if !filepath.IsAbs(session) {
		session = filepath.Join(working, session)
	}
	folder, notebook = filepath.Split(session)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return working, notebook
	}
	return filepath.Clean(folder), notebook
}

// posed is a question of the cell that runs.
type posed struct {
	*predict.Question
	rounds  []predict.Record // what was said to it so far
	replace func(data, metadata map[string]any)
	note    string
	brief   bool // its options stand above
}

// show shows the question with what was said: in the place where it stands already.
func (q *posed) show(e *execution, result string) {
	s := predict.NewShown(q.Question, q.rounds)
	s.Run, s.Note, s.Brief = result, q.note, q.brief
	data, metadata := s.Bundle(s.Said()...)
	if q.replace == nil {
		q.replace = e.cell.Screen.Keep(data, metadata)
		return
	}
	q.replace(data, metadata)
}

// predict asks what the cell wants to have predicted. Who interrupts it has the cell not
// run.
func (e *execution) predict(ctx context.Context) *report.Report {
	if e.mayAsk() {
		e.cell.Ask = e.askAlone
	}
	for _, q := range e.cell.Predicts {
		one := &posed{Question: q, rounds: e.p.predictions.log.Of(e.p.predictions.notebook, e.cell.ID, q)}
		e.posed = append(e.posed, one)
		switch {
		case !one.due():
		case !e.mayAsk():
			if one.note = learning.PredictNobody; len(one.rounds) == 0 {
				one.show(e, "")
			}
		default:
			if f := e.poseRound(ctx, one); f != nil {
				return f
			}
		}
	}
	return nil
}

// mayAsk reports whether the learner can be asked: the front end takes input, and no
// other cell waits for this one.
func (e *execution) mayAsk() bool { return e.asks.AllowStdin && !e.asks.Silent && !e.p.queue.busy() }

// errBehind is why nobody is asked any more: another cell waits.
var errBehind = errors.New("cells wait")

// askAlone asks for a line until a cell waits behind this one: whoever sends it goes on
// without an answer, in a page that was opened again perhaps, where the question is not
// seen any more.
func (e *execution) askAlone(ctx context.Context, prompt string) (string, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	behind, over := e.p.queue.behind(), make(chan struct{})
	defer close(over)
	go func() {
		select {
		case <-behind:
			cancel(errBehind)
		case <-over:
		}
	}()
	line, err := e.typed(ctx, prompt)
	if err != nil && errors.Is(context.Cause(ctx), errBehind) {
		err = errBehind
	}
	return line, err
}

// mostRounds is how often a question is asked by itself: the answer that counts, and one
// after talking to a neighbour.
const mostRounds = 2

// due reports whether the question is to be asked: not while an answer waits for its
// run, which failed before it began.
func (q *posed) due() bool {
	n := len(q.rounds)
	if n > 0 && !q.rounds[n-1].Revealed && !q.rounds[n-1].Passed() {
		return false
	}
	return n < mostRounds || q.Again
}

// poseRound asks once and keeps the answer.
func (e *execution) poseRound(ctx context.Context, q *posed) *report.Report {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if !e.stop.Begin(cancel) {
		return report.Stopped()
	}
	defer e.stop.Idle()
	q.show(e, "")
	a, err := e.hear(ctx, q)
	switch {
	case errors.Is(err, errBehind):
		q.note = learning.PredictNobody
		q.show(e, "")
		return nil
	case err != nil:
		return report.Stopped()
	}
	r := predict.Record{
		Schema: predict.Schema, ID: newID(), Time: time.Now().UTC().Truncate(time.Second), Notebook: e.p.predictions.notebook, Cell: e.cell.ID,
		Question: *q.Question, Round: len(q.rounds) + 1, Answer: a.Text, Because: a.Because,
	}
	q.rounds = append(q.rounds, r)
	if q.note = ""; a.Passed() {
		q.note = learning.PredictNotAnswered
	}
	q.show(e, "")
	e.keepPrediction(r)
	return nil
}

// mostAsked is how often is asked for an answer that can be read. Then none was given.
const mostAsked = 3

// hear asks until something is said that answers the question, or that nothing is said.
func (e *execution) hear(ctx context.Context, q *posed) (a predict.Answer, err error) {
	said := ""
	if n := len(q.rounds); n > 0 {
		said = words.Plain(q.Shown(q.rounds[n-1].Answer), 60)
	}
	prompt := learning.PredictPrompt(string(q.Kind), len(q.Options), said)
	for asked, ask := 0, prompt; asked < mostAsked; asked, ask = asked+1, learning.PredictOnceMore(prompt) {
		typed, err := e.askAlone(ctx, ask)
		if err != nil {
			return a, err
		}
		a, ok := q.Read(typed)
		if !ok {
			continue
		}
		if q.Because && !a.Passed() && a.Because == "" {
			typed, err = e.askAlone(ctx, learning.PredictBecausePrompt)
			if a.Because = predict.ReadBecause(typed); errors.Is(err, errBehind) {
				err = nil // the answer was given
			}
		}
		return a, err
	}
	return predict.Answer{}, nil
}

// keepPrediction writes a record down. That it cannot be is said once.
func (e *execution) keepPrediction(r predict.Record) {
	e.tellAnswer(r)
	p := &e.p.predictions
	err := p.log.Put(r)
	switch {
	case err == nil || p.unkept:
		return
	case errors.Is(err, predict.ErrFull):
		e.cell.Tell(learning.PredictFull(p.log.Path()))
	default:
		e.cell.Tell(learning.PredictNotKept(p.log.Path(), reasonOf(err)))
	}
	p.unkept = true
}

// reasonOf is an error without the path, which is said already.
func reasonOf(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// reveal shows what was said beside what it was, once the cell's run or search was shown.
func (e *execution) reveal(ctx context.Context) *report.Report {
	if len(e.posed) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	e.stop.Resume()
	if !e.stop.Begin(cancel) {
		return report.Stopped()
	}
	defer e.stop.Idle()
	facts := e.facts(ctx)
	if e.stop.Interrupted() {
		return report.Stopped()
	}
	for _, q := range e.posed {
		e.revealOne(q, facts)
	}
	return nil
}

// answered reports whether something was said to the question.
func (q *posed) answered() bool {
	return slices.ContainsFunc(q.rounds, func(r predict.Record) bool { return !r.Passed() })
}

// facts are what the questions are compared with. Nothing is searched for questions that
// nobody has answered.
func (e *execution) facts(ctx context.Context) predict.Facts {
	if !slices.ContainsFunc(e.posed, (*posed).answered) {
		return predict.Facts{}
	}
	m := e.last()
	if m.built.Binary == "" || m.talksToGonb() {
		return e.cell.Facts(ctx, nil)
	}
	return e.cell.Facts(ctx, e.program(m, m.built.Binary))
}

func (e *execution) revealOne(q *posed, facts predict.Facts) {
	n := len(q.rounds)
	if n == 0 {
		return
	}
	truth, fresh := q.Truth(facts), !q.rounds[n-1].Revealed
	q.rounds[n-1].Reveal(q.Question, truth)
	if fresh {
		e.keepPrediction(q.rounds[n-1])
	}
	if !q.answered() {
		return // that stands where it was asked
	}
	shown, result := *q, ""
	shown.replace, shown.note, shown.brief = nil, noteOn(q, truth), true
	if !truth.Known {
		result = e.cell.CameTo()
	}
	shown.show(e, result)
}

// noteOn is what must be said beside what was said.
func noteOn(q *posed, t predict.Truth) string {
	switch {
	case !q.Judged():
		return ""
	case !t.Known && t.Partly:
		return learning.PredictNotKnown
	case !t.Known:
		return learning.PredictNotTold
	case len(t.Was) == 0:
		return learning.PredictNoneOfThese
	case t.All && t.Token != "":
		return learning.PredictShownBy(t.Token)
	}
	return ""
}

// questionAt completes a flag of %predict, or a fact in its braces. rest is what is
// typed of it; ok is false if that is not what the line is about.
func questionAt(line string) (matches []string, rest string, ok bool) {
	behind, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(line, "//t101:"), "%"), "predict ")
	if !ok {
		return nil, "", false
	}
	names := predict.Flags
	rest = behind[strings.LastIndexAny(behind, " \t")+1:]
	if open := strings.LastIndexByte(behind, '{'); open > strings.LastIndexByte(behind, '}') {
		names, rest = predict.FactNames(), behind[open+1:]
	}
	if rest == "" && !strings.HasSuffix(behind, "{") || strings.Count(behind, `"`)%2 == 1 {
		return nil, rest, true
	}
	for _, name := range names {
		if strings.HasPrefix(name, rest) {
			matches = append(matches, name)
		}
	}
	return matches, rest, true
}
