package build

import (
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"threading101/kernel/build/bundle"
	"threading101/kernel/instrument/syntax"
)

// The proofs have hundreds of small programs, and to link one takes three times as long
// as to compile it. Each is rewritten and compiled as ever, but as a package of its own,
// and many are linked into one executable, which does what the program does by whose
// name it is called.
//
// Those that come together have all packages in common, the recorder's too, and nothing
// of them runs before main: in the executable is what each has alone, and the others,
// which are never called.

// Together builds the programs of several requests, those of them that can share an
// executable: Build then finds them. The others it leaves to Build. A program is known
// by what it is called: Result.Binary, or Request.Output, which is to be absolute.
func (b *Builder) Together(ctx context.Context, requests []Request) error {
	if err := b.take(ctx); err != nil {
		return err
	}
	defer b.give()
	groups := map[string][]*companion{}
	for _, req := range requests {
		c, err := b.companion(ctx, req)
		if err != nil {
			return err
		}
		if c != nil {
			groups[c.group] = append(groups[c.group], c)
		}
	}
	for _, group := range groups {
		for some := range slices.Chunk(group, mostTogether) {
			if len(some) == 1 {
				continue
			}
			if err := b.linkTogether(ctx, some); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// mostTogether are linked into one: the more there are, the less it saves.
const mostTogether = 60

// companion is a program that may be linked together with others.
type companion struct {
	job    *job
	texts  map[string][]byte
	result Result
	group  string // the same of all that it may be linked with
	path   string // of the package that it is compiled as
	object string // the compiled package
}

// companion is nil if the program is to be built alone. The error is that of a context.
func (b *Builder) companion(ctx context.Context, req Request) (*companion, error) {
	j, err := b.newJob(ctx, req)
	if err != nil {
		return nil, ctx.Err()
	}
	defer j.src.forget(b.fset)
	defer b.forgetMembers(j)
	if j.refusal != nil {
		return nil, nil
	}
	pkg, err := b.check(ctx, j)
	if err != nil || pkg == nil || !j.fitsOthers(pkg) {
		return nil, ctx.Err()
	}
	main, err := b.rewriteAll(j, pkg)
	if err != nil || len(main.texts) == 0 {
		return nil, nil
	}
	imports, fits := asCompiled(j.chosen(), main.texts)
	if !fits {
		return nil, nil
	}
	c := &companion{job: j, texts: main.texts}
	c.group = fmt.Sprintf("%q %v %q %q", j.stdKey(), req.Explore, j.target.DefaultGODEBUG, bundle.Closure(j.universe.imports, imports))
	c.result = Result{Binary: j.bin, Sites: main.sites, Left: main.left(), Ledger: main.ledger(), Instrumented: true, Notes: j.notes, way: "together"}
	j.describe(&c.result)
	return c, nil
}

// fitsOthers reports whether a program is recorded, the compiler alone can compile it,
// and no package is compiled for it alone.
func (j *job) fitsOthers(pkg *checked) bool {
	return j.wantsRecorder() && j.universe.recorder && j.flags.direct && j.indirect() == "" && j.cacheKey() != "" &&
		len(j.members) == 0 && !j.race && j.unfit(pkg) == ""
}

// asCompiled is what the files import as they are compiled. It is false if something of
// them runs before main.
func asCompiled(files []*file, texts map[string][]byte) (imports []string, fits bool) {
	for _, f := range files {
		text, changed := texts[f.path]
		if !changed {
			text = f.text
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.path, text, parser.SkipObjectResolution)
		if err != nil || !bundle.BeginsInMain(parsed) {
			return nil, false
		}
		imports = append(imports, syntax.Paths(parsed)...)
	}
	return imports, true
}

// linkTogether compiles some programs and links those that compile.
func (b *Builder) linkTogether(ctx context.Context, some []*companion) error {
	tmp, err := os.MkdirTemp(b.cfg.WorkDir, "together-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	config, err := b.importcfg(some[0].job.universe)
	if err != nil {
		return err
	}
	if some = compileTogether(ctx, tmp, config, some); len(some) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	out := filepath.Join(tmp, "all")
	if err := linkAll(ctx, tmp, config, out, some); err != nil {
		return err
	}
	for _, c := range some {
		err = errors.Join(err, os.Link(out, c.job.bin))
		b.together[c.job.key] = c.result
	}
	return err
}

// compileTogether compiles programs, each as a package, on all processors. It returns
// those that compile.
func compileTogether(ctx context.Context, tmp, config string, all []*companion) []*companion {
	var work sync.WaitGroup
	slots := make(chan bool, runtime.GOMAXPROCS(0))
	for i, c := range all {
		slots <- true
		work.Go(func() {
			if c.compile(ctx, filepath.Join(tmp, fmt.Sprint(i)), config, fmt.Sprint("program/", i)) != nil {
				c.object = ""
			}
			<-slots
		})
	}
	work.Wait()
	return slices.DeleteFunc(all, func(c *companion) bool { return c.object == "" })
}

// compile compiles the program as a package.
func (c *companion) compile(ctx context.Context, dir, config, path string) error {
	j := c.job
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	files, trim, err := layOut(dir, j.chosen(), c.texts, func(path string) string { return path })
	if err != nil {
		return err
	}
	more := filepath.Join(dir, searchName)
	if err := os.WriteFile(more, j.companionText(), 0o600); err != nil {
		return err
	}
	c.path, c.object = path, filepath.Join(dir, "program.a")
	call := compiling{path: path, lang: j.target.lang(&j.tc), object: c.object, config: config, trim: trim, files: append(files, more)}
	return tool(ctx, j, "compile", j.compileArgs(call)...)
}

// companionText is one more file of the program: it lets another package call main.
func (j *job) companionText() []byte {
	text := "package main\n"
	if j.req.Explore {
		text = searchText
	}
	return []byte(text + bundle.Export)
}

// linkAll links programs with a main that calls the one by whose name it is called.
func linkAll(ctx context.Context, tmp, config, out string, all []*companion) error {
	text, err := os.ReadFile(config)
	if err != nil {
		return err
	}
	for _, c := range all {
		text = fmt.Appendf(text, "packagefile %s=%s\n", c.path, c.object)
	}
	j, config, source, object := all[0].job, filepath.Join(tmp, "importcfg"), filepath.Join(tmp, "main.go"), filepath.Join(tmp, "main.a")
	err = errors.Join(os.WriteFile(config, text, 0o600), os.WriteFile(source, mainOf(all), 0o600))
	if err == nil {
		err = tool(ctx, j, "compile", j.compileArgs(compiling{path: "main", lang: runtimeLang, object: object, config: config, files: []string{source}})...)
	}
	if err == nil {
		err = tool(ctx, j, "link", j.linkArgs(out, config, object)...)
	}
	return err
}

// mainOf is that main. It imports nothing that not every recorded program does, and so
// not os: what it is called by it reads where Linux has it.
func mainOf(all []*companion) []byte {
	var imports, cases strings.Builder
	for i, c := range all {
		fmt.Fprintf(&imports, "import p%d %q\n", i, c.path)
		names := strconv.Quote(c.job.bin)
		if c.job.req.Output != "" {
			names += ", " + strconv.Quote(c.job.req.Output)
		}
		fmt.Fprintf(&cases, "\tcase %s: p%d.%s()\n", names, i, bundle.Main)
	}
	return fmt.Appendf(nil, mainText, &imports, &cases)
}

const mainText = `package main

%simport "syscall"

func main() {
	switch name := called(); name {
%s	default: panic(name)
	}
}

func called() string {
	var text [4096]byte
	fd, _ := syscall.Open("/proc/self/cmdline", syscall.O_RDONLY, 0)
	n, _ := syscall.Read(fd, text[:])
	syscall.Close(fd)
	for i, c := range text[:max(n, 0)] {
		if c == 0 {
			return string(text[:i])
		}
	}
	return ""
}
`
