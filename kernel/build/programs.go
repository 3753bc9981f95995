package build

import (
	"bytes"
	"debug/elf"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// programs keeps on disk what was built, for other processes: a kernel that starts
// again, another one with the same lesson, a file that is run once more. A program is
// found under all that went into it, its folder's place left out: GoNB makes a new
// folder for each kernel. The names of its files, which a traceback says, are then those
// in the folder that it is asked for; so the names of both must be of one length.
//
// A file in the folder is one program. It appears whole or not at all and is never
// written to again, so that any number of kernels may use the folder at once; one that
// is damaged is no program.
type programs struct {
	dir      string
	recorder string // tells what is linked into them
}

// keepPrograms is how many programs stay, some 2 MB each, and how much they take at most:
// those that import net/http have 8.
const (
	keepPrograms     = 256
	keepProgramBytes = 512 << 20
)

// stored is what a file says of the binary that follows.
type stored struct {
	Question string
	Dir      string // the folder it was built in
	Result   Result // but for the place of the binary
}

// get puts a program that was built by any process where the job's binary belongs.
func (p programs) get(j *job) (Result, bool) {
	question := j.question(p.recorder)
	path := p.path(question)
	text, err := os.ReadFile(path)
	if err != nil {
		return Result{}, false
	}
	sum, body, _ := bytes.Cut(text, []byte("\n"))
	head, binary, _ := bytes.Cut(body, []byte("\n"))
	var known stored
	if string(sum) != sumOf(body) || json.Unmarshal(head, &known) != nil || known.Question != question {
		return Result{}, false
	}
	for _, f := range j.src.files {
		before, now := j.placedIn(known.Dir, f.path), f.path
		head, binary = bytes.ReplaceAll(head, quoted(before), quoted(now)), bytes.ReplaceAll(binary, []byte(before), []byte(now))
	}
	var placed stored
	if json.Unmarshal(head, &placed) != nil || writeProgram(j.bin, binary) != nil {
		return Result{}, false
	}
	now := time.Now()
	os.Chtimes(path, now, now) // the least recently used go first
	placed.Result.Binary, placed.Result.way = j.bin, "direct"
	return placed.Result, true
}

// put keeps a program for other processes, as soon as there is time for that.
func (p programs) put(j *job, r Result, later func(func())) {
	from := r.Binary
	r.Binary = ""
	question := j.question(p.recorder)
	head, err := json.Marshal(stored{question, j.dir, r})
	if err != nil || !filepath.IsAbs(p.dir) {
		return
	}
	path := p.path(question)
	later(func() {
		if binary, err := os.ReadFile(from); err == nil {
			body := slices.Concat(head, []byte("\n"), binary)
			keep(path, slices.Concat([]byte(sumOf(body)+"\n"), body), keepPrograms, keepProgramBytes)
		}
	})
}

func (p programs) path(question string) string { return filepath.Join(p.dir, sumOf([]byte(question))) }

// placedIn is the name that a file of the job has in another folder.
func (j *job) placedIn(dir, path string) string {
	if name, inside := strings.CutPrefix(path, j.dir+string(filepath.Separator)); inside {
		return filepath.Join(dir, name)
	}
	return path
}

// quoted is a text as it stands within a JSON one, with the marks around it.
func quoted(text string) []byte {
	b, _ := json.Marshal(text) // a string is no error
	return b
}

// writeProgram writes an executable that is not there yet. Nothing is forked meanwhile:
// while a child of ours still has it open for writing, nobody can execute it.
func writeProgram(path string, binary []byte) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	return os.WriteFile(path, binary, 0o755)
}

// lasting reports whether the program is all that the question says, in any process and
// at any time. Modules of others are not: what lies in the module cache is not looked at.
func (j *job) lasting() bool {
	placed := func(f *file) bool { return bytes.Contains(f.text, []byte(j.dir)) }
	return myself() != "" && j.unknown == nil && !j.src.broken && j.tc.CGO_ENABLED != "1" &&
		!j.importsOthers() && !slices.ContainsFunc(j.src.files, placed) && (j.src.named || !otherSource(j.dir))
}

// otherSource reports whether the folder holds a file that is none of Go's and is
// compiled or linked with them.
func otherSource(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		switch filepath.Ext(e.Name()) {
		case ".s", ".S", ".sx", ".h", ".hh", ".hpp", ".hxx", ".c", ".cc", ".cpp", ".cxx", ".m", ".f", ".F", ".for", ".f90", ".swig", ".swigcxx", ".syso":
			return true
		}
		return false
	})
}

// question is all that goes into a program, but for the place of its folder. It is asked
// once for a job: what changes while it is built is not in what was built.
func (j *job) question(recorder string) string {
	if j.asked == "" {
		j.asked = j.ask(recorder)
	}
	return j.asked
}

func (j *job) ask(recorder string) string {
	var q strings.Builder
	fmt.Fprintf(&q, "program %s %s %q %v %d\n", myself(), recorder, j.tc.key, j.tc.GOVERSION, len(j.dir))
	fmt.Fprintf(&q, "%v %v %v %q %q %q %q %q\n", j.race, j.req.Plain, j.req.Explore, j.req.Flags, j.req.Values, j.req.Spans, j.req.Always, j.req.Eventually)
	for _, path := range j.tc.installed() {
		fmt.Fprintf(&q, "%q %s\n", path, look(path))
	}
	for _, path := range j.tc.mains().Files() {
		text, err := os.ReadFile(path)
		fmt.Fprintf(&q, "%q %v %s\n", j.placedIn("", path), err == nil, sumOf(j.unnamed(text)))
	}
	for _, f := range j.src.files {
		fmt.Fprintf(&q, "%q %s\n", j.placedIn("", f.path), sumOf(f.text))
	}
	return q.String()
}

// unnamed is a go.mod file without the name of the module, which says nothing of a
// program that imports no package of it: GoNB calls it as it calls its folder.
func (j *job) unnamed(mod []byte) []byte {
	return bytes.Replace(mod, []byte("module "+filepath.Base(j.dir)+"\n"), []byte("module .\n"), 1)
}

// myself tells this program, which rewrites others, from every other version of it: Go
// notes in an executable the hash of what it was made of. "" is: it cannot be told.
var myself = sync.OnceValue(func() string {
	f, err := elf.Open("/proc/self/exe") // which is the file that runs, whatever has taken its place
	if err != nil {
		return ""
	}
	defer f.Close()
	note := f.Section(".note.go.buildid")
	if note == nil {
		return ""
	}
	id, err := note.Data()
	if err != nil {
		return ""
	}
	return sumOf(id)
})
