package build

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// answers keeps on disk what the go command said, for the next process: a question
// takes the go command a tenth of a second, and three begin every run of a file. An
// answer is found under all that the question depends on, and holds only as long as
// its witnesses, the files and folders that it was made from, are as they were.
//
// A file in the folder is one answer. It appears whole or not at all, so that any
// number of kernels may use the folder at once; one that is damaged is no answer.
type answers struct{ dir string }

// keepAnswers is how many answers stay, some 30 kB each, and how much they take at most.
const (
	keepAnswers     = 64
	keepAnswerBytes = 16 << 20
)

// answer is what one file holds, behind a line with its hash.
type answer struct {
	Question  string
	Output    []byte
	Witnesses map[string]string // path → look
}

// get returns what the go command said when it was asked that.
func (a answers) get(question string) ([]byte, bool) {
	path := a.path(question)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, false
	}
	sum, body, _ := bytes.Cut(text, []byte("\n"))
	var known answer
	if string(sum) != sumOf(body) || json.Unmarshal(body, &known) != nil || known.Question != question {
		return nil, false
	}
	for path, seen := range known.Witnesses {
		if look(path) != seen {
			return nil, false
		}
	}
	now := time.Now()
	os.Chtimes(path, now, now) // the least recently used go first
	return known.Output, true
}

// put keeps the answer to a question that was asked at that time. Where it cannot,
// the go command will be asked again; so it will where a learner's file changed
// meanwhile, or so shortly before that the change cannot be told from another.
func (a answers) put(question string, output []byte, witnesses []string, asked time.Time) {
	known := answer{question, output, map[string]string{}}
	for _, path := range witnesses {
		if changedSince(path, asked.Add(-coarsest)) {
			return
		}
		known.Witnesses[path] = look(path)
	}
	body, err := json.Marshal(known)
	if err == nil && filepath.IsAbs(a.dir) {
		keep(a.path(question), append([]byte(sumOf(body)+"\n"), body...), keepAnswers, keepAnswerBytes)
	}
}

// keep writes a file that appears whole or not at all, in a folder that keeps so many, and
// so many bytes.
func keep(path string, text []byte, most int, bytes int64) {
	dir := filepath.Dir(path)
	if os.MkdirAll(dir, 0o777) != nil {
		return
	}
	f, err := os.CreateTemp(dir, "new-*")
	if err != nil {
		return
	}
	defer os.Remove(f.Name())
	_, err = f.Write(text)
	if f.Close() == nil && err == nil && os.Rename(f.Name(), path) == nil {
		trim(dir, most, bytes)
	}
}

// coarsest is how far apart the clocks of file systems tick.
const coarsest = 2 * time.Second

// changedSince reports whether a file whose text counts is that new.
func changedSince(path string, t time.Time) bool {
	path, read := strings.CutPrefix(path, textOf)
	if !read {
		return false
	}
	newest := time.Time{}
	filepath.WalkDir(path, func(_ string, d os.DirEntry, err error) error {
		if err == nil {
			if info, err := d.Info(); err == nil && info.ModTime().After(newest) {
				newest = info.ModTime()
			}
		}
		return nil
	})
	return !newest.Before(t)
}

// trim removes the files that were not used for longest, and what a process that was
// killed has left.
func trim(dir string, most int, bytes int64) {
	entries, _ := os.ReadDir(dir)
	var files []os.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(x, y os.FileInfo) int { return y.ModTime().Compare(x.ModTime()) })
	for i, f := range files {
		if bytes -= f.Size(); i >= most || bytes < 0 && i > 0 {
			os.Remove(filepath.Join(dir, f.Name()))
		}
	}
}

func (a answers) path(question string) string { return filepath.Join(a.dir, sumOf([]byte(question))) }

func sumOf(text []byte) string { return fmt.Sprintf("%x", sha256.Sum256(text))[:24] }

// look is what can be seen of a file or a folder without reading it: a file's size
// and when it was changed, and the same of all that lies in a folder.
// "text:" before a path is for what a learner edits, perhaps twice within the same
// tick of the clock: there it is what stands in the files.
func look(path string) string {
	path, read := strings.CutPrefix(path, textOf)
	info, err := os.Stat(path)
	if err != nil {
		return "missing"
	}
	if !info.IsDir() {
		if read {
			return hashFiles(path)
		}
		return fmt.Sprint(info.Size(), info.ModTime().UnixNano())
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return "unreadable"
	}
	return lookAll(path, entries, read)
}

// textOf marks a witness whose text counts.
const textOf = "text:"

func lookAll(dir string, entries []os.DirEntry, read bool) string {
	var all bytes.Buffer
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if read {
			path = textOf + path
		}
		fmt.Fprintln(&all, e.Name(), look(path))
	}
	return sumOf(all.Bytes())
}

// answersIn is where the answers lie: beside the recorder, in Go's build cache. Where
// that is has to be known before the go command is asked anything.
func (b *Builder) answersIn(env []string) answers {
	return answers{filepath.Join(b.cacheIn(env), "answers")}
}

func (b *Builder) cacheIn(env []string) string {
	if b.cfg.CacheDir != "" {
		return b.cfg.CacheDir
	}
	return filepath.Join(buildCache(env), "threading101")
}

// OwnCache is the folder, in Go's build cache, of what this kernel keeps for its user; "" if
// there is no such cache.
func OwnCache(env []string) string {
	cache := buildCache(env)
	if cache == "" {
		return ""
	}
	return filepath.Join(cache, "threading101")
}

// buildCache is the folder of Go's build cache: where the environment says, or "go env -w"
// has said, or else where Go has it. "" is: nowhere.
func buildCache(env []string) string {
	if dir := lookup(append(strings.Split(written(env), "\n"), env...), "GOCACHE"); filepath.IsAbs(dir) {
		return dir
	}
	dir := lookup(env, "XDG_CACHE_HOME")
	switch home := lookup(env, "HOME"); {
	case home == "" && dir == "":
		return ""
	case runtime.GOOS == "darwin":
		dir = filepath.Join(home, "Library", "Caches")
	case dir == "":
		dir = filepath.Join(home, ".cache")
	}
	return filepath.Join(dir, "go-build")
}
