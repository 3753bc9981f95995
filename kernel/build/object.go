package build

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// object is a package that was compiled from its source. It is kept until
// another is compiled in its place.
type object struct{ key, dir string }

func (o *object) path() string { return filepath.Join(o.dir, "package.a") }

// compileMembers compiles the packages of a program other than main, each after
// those it imports. One that does not compile as it was rewritten is compiled as
// it is.
func (b *Builder) compileMembers(ctx context.Context, j *job) error {
	for i, m := range j.members {
		err := b.compileMember(ctx, j, m, j.members[:i])
		if err != nil && ctx.Err() == nil && len(m.texts) > 0 {
			b.log(err)
			j.leave(m.ImportPath, m.role, err)
			m.texts = nil
			err = b.compileMember(ctx, j, m, j.members[:i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Builder) compileMember(ctx context.Context, j *job, m *member, before []*member) error {
	m.key = m.hash(j, b.runtimeDir)
	place := fmt.Sprintf("%s %v", m.ImportPath, j.race)
	o := b.objects[place]
	if o == nil || o.key != m.key || !exists(o.path()) {
		dir, err := os.MkdirTemp(b.cfg.WorkDir, "package-")
		if err != nil {
			return err
		}
		fresh := &object{m.key, dir}
		if err := b.compile(ctx, j, m, before, fresh); err != nil {
			os.RemoveAll(dir)
			return err
		}
		if o != nil {
			os.RemoveAll(o.dir)
		}
		b.objects[place], o = fresh, fresh
	}
	m.object = o.path()
	return nil
}

// hash is the key of a member: those it imports are compiled already.
func (m *member) hash(j *job, runtimeDir string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d %v %q %q %q\n", m.ImportPath, m.Export, m.role, j.race, runtimeDir, m.lang(), j.stdKey())
	for _, path := range m.Imports {
		if other := j.member(path); other != nil {
			fmt.Fprintf(h, "%q %s\n", path, other.key)
		}
	}
	for _, f := range m.files {
		text, ok := m.texts[f.path]
		if !ok {
			text = f.text
		}
		fmt.Fprintf(h, "%q %v %d\n", f.path, ok, len(text))
		h.Write(text)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:12])
}

func (b *Builder) compile(ctx context.Context, j *job, m *member, before []*member, to *object) error {
	config, err := b.importcfg(j.universe)
	if err != nil {
		return err
	}
	if config, err = withMembers(config, to.dir, before); err != nil {
		return err
	}
	names, rules, err := layOut(to.dir, m.files, m.texts, m.place)
	if err != nil {
		return err
	}
	args := j.compileArgs(compiling{path: m.ImportPath, lang: m.lang(), object: to.path(), config: config, trim: rules, files: names})
	return tool(ctx, j, "compile", args...)
}

// place is the name of a file as it stands in programs: of a module of others
// "golang.org/x/sync@v0.24.0/errgroup/errgroup.go".
func (m *member) place(file string) string {
	if m.role == own || m.Module == nil || m.Module.Version == "" {
		return file
	}
	folder := m.Module.Path + "@" + m.Module.Version + strings.TrimPrefix(m.ImportPath, m.Module.Path)
	return folder + "/" + filepath.Base(file)
}

// withMembers is the importcfg file in which the members have the places of what
// the go command compiled: what is said last holds.
func withMembers(config, tmp string, members []*member) (string, error) {
	if len(members) == 0 {
		return config, nil
	}
	text, err := os.ReadFile(config)
	if err != nil {
		return "", err
	}
	for _, m := range members {
		text = fmt.Appendf(text, "packagefile %s=%s\n", m.ImportPath, m.object)
	}
	name := filepath.Join(tmp, "importcfg")
	return name, os.WriteFile(name, text, 0o600)
}

// layOut writes the files that changed into a folder and returns all files to
// compile, and the rules by which the compiler gives every place in them the
// name that place says.
func layOut(tmp string, all []*file, texts map[string][]byte, place func(string) string) (files []string, trim string, err error) {
	var rules []string
	for _, f := range all {
		text, changed := texts[f.path]
		written := f.path
		if changed {
			written = filepath.Join(tmp, filepath.Base(f.path))
			if err := os.WriteFile(written, text, 0o600); err != nil {
				return nil, "", err
			}
		}
		if to := place(f.path); to != written {
			rules = append(rules, written+"=>"+to)
		}
		files = append(files, written)
	}
	return files, strings.Join(append(rules, tmp+"=>"), ";"), nil
}
