package build

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"threading101/kernel/build/outside"
	"threading101/kernel/words"
)

// Besides main, a program consists of packages of the learner's own, of some that
// only put together what the scheduler knows (a group of goroutines, a weighted
// lock), and of others' that import one of these. The first are rewritten like
// main itself, the second but for what they read and write. All three are
// compiled from their source and take the place of what the go command compiled,
// in this program alone.

// role is what a package is compiled from its source for.
type role int

const (
	own     role = iota // it is the learner's: rewritten with all it reads and writes
	library             // one of outside.Rewritten: rewritten with what happens between goroutines
	between             // it imports one of these, and was compiled against another
)

// member is such a package.
type member struct {
	listed
	role
	checked

	texts  map[string][]byte // path → text, of the files that changed
	key    string            // all that the object depends on
	object string            // the compiled package
}

// isOwn reports whether a package is the learner's: of the main module, of
// another of the workspace, or of one that is replaced by a folder.
func (j *job) isOwn(p *listed) bool {
	if p.Module == nil || !j.universe.local[p.ImportPath] {
		return false
	}
	vendored := strings.Contains(filepath.ToSlash(p.Dir), "/vendor/")
	return !vendored || p.Module.Replace != nil && p.Module.Replace.Version == ""
}

// findMembers finds the packages that are to be compiled from source, parses and
// type-checks them. One with which that fails stays as it is.
func (b *Builder) findMembers(j *job) {
	failed := map[string]error{}
	for b.tryMembers(j, failed) != nil {
	}
}

// tryMembers returns an error, and adds it to those that failed before, if one
// more package cannot be had from its source.
func (b *Builder) tryMembers(j *job, failed map[string]error) error {
	b.forgetMembers(j)
	all := j.closure()
	fixed := j.fixed(all, failed)
	for _, p := range all {
		role, ok := j.roleOf(p)
		if !ok {
			continue
		}
		if err := fixed[p.ImportPath]; err != nil {
			j.leave(p.ImportPath, role, err)
			continue
		}
		m := &member{listed: *p, role: role}
		if err := b.load(j, m); err != nil {
			failed[p.ImportPath] = err
			return err
		}
		j.members = append(j.members, m)
	}
	return nil
}

// closure are the packages of the program that are neither main nor the standard
// library's, each behind those it imports.
func (j *job) closure() (all []*listed) {
	seen := map[string]bool{}
	var visit func(path string)
	visit = func(path string) {
		p, ok := j.universe.foreign[path]
		if !ok || seen[path] {
			return
		}
		seen[path] = true
		for _, imported := range p.Imports {
			visit(imported)
		}
		all = append(all, &p)
	}
	for _, path := range importsOf(j.chosen()) {
		visit(path)
	}
	return all
}

// fixed maps the packages that must stay as the go command compiled them to the
// reason: those that cannot be compiled from their source here, and all that they
// import, for that is what they were compiled against.
func (j *job) fixed(all []*listed, failed map[string]error) map[string]error {
	fixed := map[string]error{}
	for _, p := range slices.Backward(all) {
		err := failed[p.ImportPath]
		if err == nil {
			err = p.uncompilable(j.isOwn(p))
		}
		if err != nil {
			fixed[p.ImportPath] = err
		}
		if fixed[p.ImportPath] == nil {
			continue
		}
		for _, path := range p.Imports {
			if fixed[path] == nil {
				fixed[path] = errors.New(words.UnchangedFor(p.ImportPath))
			}
		}
	}
	return fixed
}

// uncompilable says why a package cannot be compiled from its source. Where it
// takes more than the compiler, the go command can still do it for packages of
// the learner's own; see indirect.
func (p *listed) uncompilable(own bool) error {
	switch {
	case len(p.CgoFiles) > 0:
		return errors.New(words.UnchangedCgo)
	case !own && p.indirect() != "":
		return errors.New(words.UnchangedHas(p.indirect()))
	}
	return nil
}

// indirect says why the compiler alone cannot compile a package, or "".
func (p *listed) indirect() string {
	switch {
	case len(p.EmbedPatterns) > 0:
		return words.UnchangedEmbeds
	case len(p.SFiles)+len(p.SysoFiles) > 0:
		return words.UnchangedForeign
	}
	return ""
}

// roleOf is what a package is to be compiled from its source for; false if it is
// not. Those it imports have been asked for.
func (j *job) roleOf(p *listed) (role, bool) {
	switch {
	case j.isOwn(p):
		return own, true
	case slices.Contains(outside.Rewritten, p.ImportPath):
		return library, true
	}
	return between, slices.ContainsFunc(p.Imports, func(path string) bool { return j.member(path) != nil })
}

// member is the one with a path, nil if there is none.
func (j *job) member(path string) *member {
	for _, m := range j.members {
		if m.ImportPath == path {
			return m
		}
	}
	return nil
}

// ownMembers are those of the learner's own.
func (j *job) ownMembers() (all []*member) {
	for _, m := range j.members {
		if m.role == own {
			all = append(all, m)
		}
	}
	return all
}

// leave notes that a package stays as it is, though others like it are rewritten.
func (j *job) leave(path string, role role, why error) {
	if role == between {
		return
	}
	j.loose = append(j.loose, path)
	j.left = append(j.left, words.PackageLeft(path, reason(why)))
}

// indirect says why the program cannot be built by calling the compiler alone,
// or "".
func (j *job) indirect() string {
	for _, m := range j.members {
		if why := m.indirect(); why != "" {
			return why
		}
	}
	if j.asksForBuild() {
		return words.UnchangedAsks
	}
	return j.target.indirect()
}

// asksForBuild reports whether main, or a package of the learner's own, asks how the
// program was built.
func (j *job) asksForBuild() bool {
	return j.src.buildInfo || slices.ContainsFunc(j.ownMembers(), func(m *member) bool {
		return slices.ContainsFunc(m.files, asksForBuild)
	})
}

// forgetMembers releases what the builder's file set holds of them.
func (b *Builder) forgetMembers(j *job) {
	for _, m := range j.members {
		(&source{files: m.files}).forget(b.fset)
	}
	j.members, j.loose, j.left = nil, nil, nil
}
