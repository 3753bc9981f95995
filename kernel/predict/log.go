package predict

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"

	"threading101/kernel/words/learning"
)

// FileName is the file in which the answers of a folder's notebooks are kept, one JSON
// object a line.
const FileName = "predictions.jsonl"

// What is kept is bounded: a line is written at once, so it is whole whoever writes
// beside us, and a file that is too large is left as it is.
const (
	mostLine = 64 << 10
	mostFile = 4 << 20
)

// ErrFull is returned where the file has no room for another answer.
var ErrFull = errors.New(learning.PredictFileFull)

// errOther is returned where something else than a file has the name.
var errOther = errors.New(learning.PredictNoFile)

// Log keeps answers in a file, and in memory where that cannot be. It belongs to one
// goroutine; other kernels may write to the same file.
type Log struct {
	path   string
	mine   []Record // of this kernel, the latest version of each
	hints  int      // given in this kernel, and not written down
	solved []Solved // checks that held in this kernel
}

// NewLog keeps answers in the file of that path.
func NewLog(path string) *Log { return &Log{path: path} }

// Path is the file.
func (l *Log) Path() string { return l.path }

// Put keeps a record. It is remembered also where the error says that it could not be
// written.
func (l *Log) Put(r Record) error {
	r = r.short()
	if i := slices.IndexFunc(l.mine, func(o Record) bool { return o.ID == r.ID }); i >= 0 {
		l.mine[i] = r
	} else {
		l.mine = append(l.mine, r)
	}
	line, err := json.Marshal(r)
	if err != nil || len(line) >= mostLine {
		return errors.Join(err, ErrFull)
	}
	return l.write(append(line, '\n'))
}

// PutHint keeps that a hint was given.
func (l *Log) PutHint(h Hint) error {
	h.Notebook, h.Cell = cut(h.Notebook, mostName), cut(h.Cell, mostName)
	l.hints++
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	if err := l.write(append(line, '\n')); err != nil {
		return err
	}
	l.hints--
	return nil
}

// Hints is how many hints were given.
func (l *Log) Hints() int {
	n := l.hints
	for line := range bytes.Lines(l.text()) {
		var h Hint
		if json.Unmarshal(line, &h) == nil && h.Schema == Schema && h.Hint > 0 {
			n++
		}
	}
	return n
}

// write appends a line in one piece. What was broken off before it is closed by a line
// end.
func (l *Log) write(line []byte) error {
	if info, err := os.Lstat(l.path); err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: l.path, Err: errOther}
	}
	f, err := os.OpenFile(l.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case info.Size()+int64(len(line)) > mostFile:
		return ErrFull
	}
	last := make([]byte, 1)
	if n, _ := f.ReadAt(last, info.Size()-1); info.Size() > 0 && n == 1 && last[0] != '\n' {
		line = append([]byte{'\n'}, line...)
	}
	_, err = f.Write(line)
	return err
}

// All are the records of the file and those of this kernel, the latest version of each,
// in the order of their answers. Lines that are no records are passed over.
func (l *Log) All() []Record {
	var all []Record
	at := map[string]int{}
	put := func(r Record) {
		if i, known := at[r.ID]; known {
			all[i] = r
			return
		}
		at[r.ID] = len(all)
		all = append(all, r)
	}
	for line := range bytes.Lines(l.text()) {
		var r Record
		if json.Unmarshal(line, &r) == nil && r.Schema == Schema && r.ID != "" && r.Round > 0 {
			put(r)
		}
	}
	for _, r := range l.mine {
		put(r)
	}
	return all
}

// text is what the file holds.
func (l *Log) text() []byte {
	if info, err := os.Lstat(l.path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := os.Open(l.path)
	if err != nil {
		return nil
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostFile))
	if err != nil {
		return nil
	}
	return text
}

// Of are the records of a question in a cell, in the order of their rounds.
func (l *Log) Of(notebook, cell string, q *Question) []Record {
	shown := Record{Notebook: notebook, Cell: cell, Question: *q}.short()
	id := shown.Question.ID()
	all := slices.DeleteFunc(l.All(), func(r Record) bool { return !r.Of(shown.Notebook, shown.Cell, id) })
	slices.SortStableFunc(all, func(a, b Record) int { return a.Round - b.Round })
	return all
}
