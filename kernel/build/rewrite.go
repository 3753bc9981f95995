package build

import (
	"bytes"

	"threading101/kernel/event"
	"threading101/kernel/instrument"
)

// rewriter is package instrument, for one file. left is what it leaves as it is.
type rewriter func(b *Builder, f *file, c *checked, next uint32) (out []byte, sites []event.Site, left []string, err error)

func instrumenter(b *Builder, f *file, c *checked, next uint32) ([]byte, []event.Site, []string, error) {
	out, sites, notes, err := instrument.File(b.fset, f.ast, f.text, c.pkg, c.info, next, instrument.Options{
		Files: c.asts, Outcome: c.outcome, Spans: c.spans,
	})
	var left []string
	for _, n := range notes {
		left = append(left, n.String())
	}
	return out, sites, left, err
}

// rewritten is package main as it is to be compiled.
type rewritten struct {
	texts map[string][]byte // path → text, of the files that changed
	sites []event.Site      // by number
	left  []string
}

// rewriteAll rewrites package main; sites are those there are already.
func (b *Builder) rewriteAll(c *checked, sites []event.Site) (*rewritten, error) {
	r := &rewritten{texts: map[string][]byte{}, sites: sites}
	for _, f := range c.files {
		out, sites, left, err := b.rewrite(b, f, c, uint32(len(r.sites)))
		if err != nil {
			return nil, err
		}
		if !bytes.Equal(out, f.text) {
			r.texts[f.path] = out
		}
		r.sites = append(r.sites, sites...)
		r.left = append(r.left, left...)
	}
	return r, nil
}
