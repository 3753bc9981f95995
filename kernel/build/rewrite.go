package build

import (
	"bytes"
	"errors"

	"threading101/kernel/event"
	"threading101/kernel/instrument"
	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/site"
	"threading101/kernel/words"
)

// rewriter is package instrument, for one file.
type rewriter func(b *Builder, f *file, c *checked, next uint32) (out []byte, sites []event.Site, notes []site.Note, err error)

func instrumenter(b *Builder, f *file, c *checked, next uint32) ([]byte, []event.Site, []site.Note, error) {
	out, sites, notes, err := instrument.File(b.fset, f.ast, f.text, c.pkg, c.info, next, instrument.Options{
		Files: c.asts, Outcome: c.outcome, Spans: c.spans, Always: c.always, Eventually: c.eventually, Library: c.library, Program: c.program,
	})
	return out, sites, notes, err
}

// rewritten is a program as it is to be compiled.
type rewritten struct {
	texts map[string][]byte // path → text, of the files of main that changed
	sites []event.Site      // of all packages, by number
	notes []site.Note       // of what is left as it is
}

// left are the notes in words.
func (r *rewritten) left() (list []string) {
	for _, n := range r.notes {
		list = append(list, n.String())
	}
	return list
}

// ledger are the places where goroutines may meet unrecorded.
func (r *rewritten) ledger() (list []event.Gap) {
	for _, n := range r.notes {
		if n.Gap {
			list = append(list, event.Gap{File: n.Pos.Filename, Line: n.Pos.Line, Col: n.Pos.Column, What: n.Construct})
		}
	}
	return list
}

// rewriteAll rewrites main and the members of the program. The libraries' sites
// come first, since they never change; main's come last, since they change most.
func (b *Builder) rewriteAll(j *job, c *checked) (*rewritten, error) {
	if all := j.ownMembers(); len(all) > 0 {
		c.program = program(c, all)
	}
	r := &rewritten{sites: []event.Site{{}}}
	for _, role := range []role{library, own} {
		for _, m := range j.members {
			if m.role == role {
				b.rewriteMember(j, m, c.program, r)
			}
		}
	}
	texts, sites, notes, err := b.rewritePackage(c, r.sites)
	if err != nil {
		return nil, err
	}
	r.texts, r.sites, r.notes = texts, sites, append(r.notes, notes...)
	return r, nil
}

// program is what is known of all packages of the learner's together.
func program(main *checked, members []*member) *instrument.Program {
	all := []instrument.Package{{Pkg: main.pkg, Info: main.info, Files: main.asts}}
	for _, m := range members {
		all = append(all, instrument.Package{Pkg: m.pkg, Info: m.info, Files: m.asts})
	}
	p := instrument.NewProgram(all)
	if len(main.always)+len(main.eventually) > 0 {
		p.Watch() // the others are rewritten before main
	}
	return p
}

// rewriteMember rewrites a package, or leaves it as it is: one that could not be
// made anew would keep from one run of a search what the next must not see.
func (b *Builder) rewriteMember(j *job, m *member, p *instrument.Program, r *rewritten) {
	m.library = m.role == library
	if m.program = p; m.library {
		m.program = nil
	}
	if m.role == own && !facts.Renewable(m.info, m.pkg, m.asts) {
		j.leave(m.ImportPath, m.role, errors.New(words.UnchangedState))
		return
	}
	texts, sites, notes, err := b.rewritePackage(&m.checked, r.sites)
	if err != nil {
		b.log(err)
		j.leave(m.ImportPath, m.role, err)
		return
	}
	for i := range sites[len(r.sites):] {
		s := &sites[len(r.sites)+i]
		s.File = m.place(s.File)
	}
	m.texts, r.sites, r.notes = texts, sites, append(r.notes, notes...)
}

// rewritePackage rewrites a package; sites are those there are already.
func (b *Builder) rewritePackage(c *checked, sites []event.Site) (map[string][]byte, []event.Site, []site.Note, error) {
	texts := map[string][]byte{}
	var left []site.Note
	for _, f := range c.files {
		out, more, notes, err := b.rewrite(b, f, c, uint32(len(sites)))
		if err != nil {
			return nil, nil, nil, err
		}
		if !bytes.Equal(out, f.text) {
			texts[f.path] = out
		}
		sites, left = append(sites, more...), append(left, notes...)
	}
	return texts, sites, left, nil
}
