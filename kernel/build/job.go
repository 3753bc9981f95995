package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"threading101/kernel/build/code"
	"threading101/kernel/build/outside"
	"threading101/kernel/words"
)

// job is one request with all that was found out about it.
type job struct {
	req   Request
	dir   string    // absolute
	env   []string  // for every tool that is run
	flags flagSet   // the user's, from the request and from GOFLAGS
	race  bool      //
	src   *source   // what the folder holds now
	tc    toolchain // zero if the go command cannot say; then only it can build
	key   string    // names the binary: everything that goes into it
	bin   string    // where the binary goes

	target   *target   // set by check
	universe *universe // set by check
	volatile bool      // some package may change at any time

	info        *types.Info // set by check: of main
	members     []*member   // set by check: packages that are compiled from their source
	loose       []string    // packages that could not be rewritten, though others like them are
	left        []string    // and why
	recorderErr error       // why the recorder is not to be had, if it is not
	unrecorded  string      // why the program does not record itself, though there is something to record
	notes       []string    //
	refusal     *Result     // the answer, if nothing can be built at all
	unknown     error       // why nothing is known of the toolchain, if it is not
	asked       string      // see question
}

func (b *Builder) newJob(ctx context.Context, req Request) (*job, error) {
	dir, err := filepath.Abs(req.Dir)
	if err != nil {
		return nil, err
	}
	j := &job{req: req, dir: dir, env: b.toolEnv(req.Env)}
	if j.src, err = b.readSource(dir, req.Files); err != nil {
		return nil, err
	}
	if err := b.settle(ctx, j); err != nil {
		return nil, err
	}
	j.key = j.hash()
	j.bin = b.binaries.path(j.key)
	return j, nil
}

// settle decides on the toolchain, the race detector and cgo.
func (b *Builder) settle(ctx context.Context, j *job) error {
	tc, err := b.toolchain(ctx, j.dir, j.env)
	if err != nil {
		j.unknown = err
		return ctx.Err() // the go command may say more of what is wrong when it builds
	}
	b.useSeedModules(j, &tc)
	j.flags = parseFlags(tc.GOFLAGS, j.req.Flags)
	j.race = j.req.Race || j.flags.race
	switch {
	case j.race && !hasCompiler(tc.CC, j.env): // it needs cgo, and cgo a C compiler
		j.refusal = &Result{Exit: 1, Output: []byte(words.RaceNeedsCompiler(tc.CC))}
	case j.race && tc.CGO_ENABLED != "1":
		j.setCgo(&tc, "1")
	case !j.race && tc.CGO_ENABLED == "1" && !isSet(j.env, "CGO_ENABLED") && !b.needsCgo(ctx, j, tc):
		j.setCgo(&tc, "0")
	}
	j.tc = tc
	return nil
}

// setCgo switches cgo on or off, which changes nothing else that go env says: the go
// command need not be asked again.
func (j *job) setCgo(tc *toolchain, to string) {
	j.env = append(j.env, "CGO_ENABLED="+to)
	tc.CGO_ENABLED, tc.key = to, envKey(j.env)
}

// wantsRecorder reports whether the program is to record itself. One without
// any concurrency is built as it is: there would be nothing to draw, unless
// something was asked for.
func (j *job) wantsRecorder() bool {
	asked := len(j.req.Values)+len(j.req.Spans)+len(j.req.Always)+len(j.req.Eventually) > 0
	return j.recordable() && (asked || j.concurrent())
}

// recordable reports whether a program can record itself, if it has anything to
// record. Where nothing is known of the toolchain it is told why it does not.
func (j *job) recordable() bool {
	return !j.req.Plain && !j.req.Traced && (j.unknown != nil || j.tc.GOOS == runtime.GOOS && j.tc.GOARCH == runtime.GOARCH)
}

// concurrent reports whether main, or a package of the learner's own, may have
// more than one goroutine.
func (j *job) concurrent() bool {
	return j.src.concurrent || slices.ContainsFunc(j.ownMembers(), func(m *member) bool {
		return slices.ContainsFunc(m.files, concurrent)
	})
}

// importsOthers reports whether main imports more than the standard library.
func (j *job) importsOthers() bool {
	return slices.ContainsFunc(importsOf(j.src.files), func(path string) bool { return !j.tc.std(path) })
}

// cacheKey is the key if it says all that the binary depends on, else "". Why a
// program could not be rewritten may be over the next time: a full disk.
func (j *job) cacheKey() string {
	if j.target == nil || j.unrecorded != "" || j.volatile || j.flags.opaque || j.src.embeds || len(j.target.CgoFiles) > 0 || j.target.indirect() != "" {
		return ""
	}
	return j.key
}

func (j *job) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %v %v %v %q %q %q\n", j.dir, j.race, j.req.Plain, j.req.Traced, j.req.Flags, j.tc.key, j.tc.modules)
	fmt.Fprintf(h, "%q %q %q %q %v\n", j.req.Values, j.req.Spans, j.req.Always, j.req.Eventually, j.req.Explore)
	for _, f := range j.src.files {
		fmt.Fprintf(h, "%q %d\n", f.path, len(f.text))
		h.Write(f.text)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:12])
}

// note adds that the program runs without being recorded, and why.
func (j *job) note(why error) {
	j.unrecorded = reason(why)
	j.notes = append(j.notes, words.NotRecorded(j.unrecorded))
}

// reason is an error in one line: of what a tool printed, the first that says
// more than that it failed.
func reason(err error) string {
	head, more, _ := strings.Cut(err.Error(), "\n")
	for line := range strings.Lines(more) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return head + ": " + line
		}
	}
	return head
}

// describe adds to a result what is known of the source alone.
func (j *job) describe(r *Result) {
	files := j.src.files
	if j.target != nil {
		files = j.chosen()
	}
	used := map[string][]string{}
	outside.Used(used, asts(files), j.info)
	rewritten := map[string]bool{}
	var programs []*code.Package
	for _, m := range j.ownMembers() {
		programs = append(programs, &code.Package{Path: m.ImportPath, Name: m.pkg.Name(), Files: texts(m.files)})
		rewritten[m.ImportPath] = true
		outside.Used(used, m.asts, m.info)
	}
	r.Imports = slices.Collect(maps.Keys(used))
	r.Code = code.Of(texts(files), programs...)
	r.Uncontrolled, r.Outside = outside.Uncontrolled(used, func(path string) bool {
		return path == "unsafe" || rewritten[path] || exists(filepath.Join(j.tc.GOROOT, "src", filepath.FromSlash(path)))
	})
	_, r.Alone = used["database/sql"]
	r.Uncontrolled = append(r.Uncontrolled, j.loose...)
	slices.Sort(r.Uncontrolled)
	r.Uncontrolled = slices.Compact(r.Uncontrolled)
}

// texts are files as what hashes them has them, asts as what looks for names in them.
func texts(files []*file) (all []*code.File) {
	for _, f := range files {
		all = append(all, &code.File{AST: f.ast, Text: f.text})
	}
	return all
}

func asts(files []*file) (all []*ast.File) {
	for _, f := range files {
		all = append(all, f.ast)
	}
	return all
}
