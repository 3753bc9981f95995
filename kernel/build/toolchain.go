package build

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"threading101/kernel/build/modules"
)

// toolchain is what "go env" says in one folder and environment.
type toolchain struct {
	GOROOT, GOTOOLDIR, GOVERSION, GOOS, GOARCH                          string
	GOCACHE, GOMODCACHE, GOMOD, GOWORK, GOFLAGS                         string
	GOPROXY, GONOPROXY, CGO_ENABLED, CC, GOAMD64, GOARM64, GOEXPERIMENT string

	key     string // hash of the environment that these were asked in
	modules string // hash of go.mod, go.sum, go.work and go.work.sum
}

var toolchainNames = []string{
	"GOROOT", "GOTOOLDIR", "GOVERSION", "GOOS", "GOARCH", "GOCACHE", "GOMODCACHE",
	"GOMOD", "GOWORK", "GOFLAGS", "GOPROXY", "GONOPROXY", "CGO_ENABLED", "CC",
	"GOAMD64", "GOARM64", "GOEXPERIMENT",
}

// toolchain asks go env, or remembers its answer: it can change only with the
// environment and the module files, and of folders with equal ones it is the same.
func (b *Builder) toolchain(ctx context.Context, dir string, env []string) (toolchain, error) {
	key := envKey(env)
	at := fmt.Sprintf("%s %q %s", key, dir, hashFiles(above(dir)...))
	b.mu.Lock()
	known := b.toolchains[at]
	b.mu.Unlock()
	if known == nil {
		home, err := homeOf(dir), error(nil)
		if known = b.alike(key, home); known == nil {
			known, err = b.askToolchain(ctx, at, dir, env)
		}
		if err != nil {
			return toolchain{}, err
		}
		known.key = key
		b.remember(known, at, home)
	}
	tc := *known
	tc.modules = hashFiles(tc.mains().Files()...)
	return tc, nil
}

// home is what go env heeds of where a folder lies.
type home struct {
	module string // path of go.mod; "" if there is none
	text   string // a hash of it
	other  bool   // there is more than that
}

func homeOf(dir string) (h home) {
	for _, path := range above(dir) {
		text, err := os.ReadFile(path)
		switch {
		case err != nil:
		case filepath.Base(path) == "go.work" || filepath.Dir(path) == filepath.Clean(os.TempDir()): // where it is no module's
			h.other = true
		case h.module == "":
			h.module, h.text = path, sumOf(text)
		}
	}
	return h
}

func (h home) key(env string) string { return env + " home " + h.text }

// alike is what go env would say in a folder, known from what it said in one with the
// same go.mod; nil if there was none.
func (b *Builder) alike(env string, h home) *toolchain {
	b.mu.Lock()
	defer b.mu.Unlock()
	known := b.toolchains[h.key(env)]
	if known == nil || h.other {
		return nil
	}
	tc := *known
	if h.module != "" {
		tc.GOMOD = h.module
	}
	return &tc
}

// remember keeps what go env said, for the folder and for those like it.
func (b *Builder) remember(tc *toolchain, at string, h home) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.toolchains[at] = tc
	if !h.other && (tc.GOMOD == h.module || h.module == "" && !tc.inModule()) {
		b.toolchains[h.key(tc.key)] = tc
	}
}

// above are the files by which the go command finds the module and the workspace
// that a folder is in.
func above(dir string) (files []string) {
	for {
		files = append(files, filepath.Join(dir, "go.mod"), filepath.Join(dir, "go.work"))
		parent := filepath.Dir(dir)
		if parent == dir {
			return files
		}
		dir = parent
	}
}

// askToolchain asks go env, or takes what it said to another process. at names the
// folder and the environment.
func (b *Builder) askToolchain(ctx context.Context, at, dir string, env []string) (*toolchain, error) {
	store, asked := b.answersIn(env), time.Now()
	question := fmt.Sprintf("env %q %s %q %v %v", b.cfg.GoTool, at, lookup(env, "PATH"), hasCompiler("gcc", env), hasCompiler("clang", env))
	tc := new(toolchain)
	if out, ok := store.get(question); ok && json.Unmarshal(out, tc) == nil {
		return tc, nil
	}
	out, err := b.goTool(ctx, dir, env, append([]string{"env", "-json"}, toolchainNames...)...)
	if err != nil {
		return nil, err
	}
	if err = json.Unmarshal(out, tc); err == nil {
		store.put(question, out, append(installed(b.cfg.GoTool), tc.installed()...), asked)
	}
	return tc, err
}

// installed are the files of a Go installation that change when it does.
func installed(goTool string) []string {
	if real, err := filepath.EvalSymlinks(goTool); err == nil {
		goTool = real
	}
	root := filepath.Dir(filepath.Dir(goTool))
	return []string{goTool, filepath.Join(root, "VERSION"), filepath.Join(root, "go.env")}
}

// installed are those of the one that was chosen: by go.mod, perhaps.
func (tc *toolchain) installed() []string {
	return []string{filepath.Join(tc.GOROOT, "VERSION"), filepath.Join(tc.GOROOT, "go.env"), tc.tool("compile"), tc.tool("link")}
}

func (tc *toolchain) inModule() bool    { return tc.GOMOD != "" && tc.GOMOD != os.DevNull }
func (tc *toolchain) inWorkspace() bool { return tc.GOWORK != "" && tc.GOWORK != "off" }

// mains are the modules that the learner works on.
func (tc *toolchain) mains() (m modules.Mains) {
	if tc.inModule() {
		m.Mod = tc.GOMOD
	}
	if tc.inWorkspace() {
		m.Work = tc.GOWORK
	}
	return m
}

// std reports whether the path is a package of the standard library.
func (tc *toolchain) std(path string) bool {
	if path == "C" || path == "unsafe" {
		return true
	}
	info, err := os.Stat(filepath.Join(tc.GOROOT, "src", filepath.FromSlash(path)))
	return err == nil && info.IsDir()
}

// tool returns the path of the compiler or the linker.
func (tc *toolchain) tool(name string) string { return filepath.Join(tc.GOTOOLDIR, name) }

// envKey hashes the variables that the go command heeds.
func envKey(env []string) string {
	var vars []string
	for _, v := range env {
		name, _, _ := strings.Cut(v, "=")
		switch {
		case strings.HasPrefix(name, "GONB_"), name == "GOTMPDIR":
		case strings.HasPrefix(name, "GO"), strings.HasPrefix(name, "CGO_"), strings.HasPrefix(name, "PKG_CONFIG"),
			name == "CC", name == "CXX", name == "FC", name == "AR", name == "HOME",
			name == "XDG_CONFIG_HOME", name == "XDG_CACHE_HOME":
			vars = append(vars, v)
		}
	}
	slices.Sort(vars)
	vars = append(vars, hashFiles(envFile(env))) // what "go env -w" has set
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(vars, "\x00"))))[:16]
}

// envFile is where "go env -w" writes.
func envFile(env []string) string {
	if path := lookup(env, "GOENV"); path != "" {
		return path
	}
	config := lookup(env, "XDG_CONFIG_HOME")
	switch home := lookup(env, "HOME"); {
	case runtime.GOOS == "darwin":
		config = filepath.Join(home, "Library", "Application Support")
	case config == "":
		config = filepath.Join(home, ".config")
	}
	return filepath.Join(config, "go", "env")
}

// written is what "go env -w" has set, one setting a line.
func written(env []string) string {
	text, _ := os.ReadFile(envFile(env))
	return string(text)
}

// settings are what the compiler and the linker read from their environment,
// where the go command would have put it.
func (tc *toolchain) settings() []string {
	return []string{
		"GOROOT=" + tc.GOROOT, "GOOS=" + tc.GOOS, "GOARCH=" + tc.GOARCH, "GOAMD64=" + tc.GOAMD64, "GOARM64=" + tc.GOARM64,
		"GOEXPERIMENT=" + tc.GOEXPERIMENT,
	}
}

func hashFiles(paths ...string) string {
	h := sha256.New()
	for _, path := range paths {
		text, err := os.ReadFile(path)
		fmt.Fprintf(h, "%q %v %d\n", path, err == nil, len(text))
		h.Write(text)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}
