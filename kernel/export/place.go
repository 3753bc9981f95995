package export

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"threading101/kernel/event"
	"threading101/kernel/words"
)

// Error says why a run cannot be written as a program, in words for the learner.
type Error struct{ Reason string }

func (e *Error) Error() string { return e.Reason }

// source is the file that is woven into.
type source struct {
	name   string // as in sites
	text   []byte
	fset   *token.FileSet
	file   *ast.File
	places map[ast.Node]map[event.Op]*place
	sites  map[*event.Site]*place
	all    []event.Site // of the whole program
	fault  error        // the first
}

// place is where an operation is written.
type place struct {
	op   event.Op
	node ast.Node   // the operation
	path []ast.Node // from there outwards
	line int
}

func read(name string, text []byte, sites []event.Site) (*source, error) {
	s := &source{
		name: name, text: text, fset: token.NewFileSet(), all: sites,
		places: map[ast.Node]map[event.Op]*place{}, sites: map[*event.Site]*place{},
	}
	var err error
	s.file, err = parser.ParseFile(s.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return s, err
}

// place is that of a site, the same for all sites of one operation. Where there is none,
// that is a fault.
func (s *source) place(site *event.Site) *place {
	if site == nil {
		s.fail(words.ExportNoPlace)
		return nil
	}
	p := s.lookup(site)
	if p == nil {
		s.fail(words.ExportElsewhere(fmt.Sprintf("%s:%d", filepath.Base(site.File), site.Line)))
	}
	return p
}

// lookup is place where there may be none.
func (s *source) lookup(site *event.Site) *place {
	if site == nil {
		return nil
	}
	p, known := s.sites[site]
	if !known {
		p = s.find(site)
		s.sites[site] = p
	}
	return p
}

func (s *source) fail(reason string) {
	if s.fault == nil {
		s.fault = &Error{reason}
	}
}

// find finds the operation of a site; nil if it is in no function of this file.
func (s *source) find(site *event.Site) *place {
	if filepath.Base(site.File) != filepath.Base(s.name) || site.Line < 1 || site.Line > s.lines().LineCount() {
		return nil
	}
	pos := s.lines().LineStart(site.Line) + token.Pos(site.Col-1)
	path, _ := astutil.PathEnclosingInterval(s.file, pos, pos)
	at := operation(s, site, pos, path)
	if at < 0 {
		return nil
	}
	node, op := path[at], kind(site.Op)
	if s.places[node] == nil {
		s.places[node] = map[event.Op]*place{}
	}
	if s.places[node][op] == nil {
		s.places[node][op] = &place{op, node, path[at:], site.Line}
	}
	return s.places[node][op]
}

func (s *source) lines() *token.File { return s.fset.File(s.file.Pos()) }

// kind is the operation by which places at one node are told apart: only a read and a
// write are.
func kind(op event.Op) event.Op {
	switch op {
	case event.Load, event.Store:
		return op
	}
	return event.None
}

// operation is the index in path of the node that a site is about, -1 if there is none.
func operation(s *source, site *event.Site, pos token.Pos, path []ast.Node) int {
	accesses := site.Op == event.Load || site.Op == event.Store
	for i, n := range path {
		if e, ok := n.(ast.Expr); ok && accesses && s.isObject(e, site, pos) {
			return i
		}
		switch n := n.(type) {
		case *ast.CommClause:
			if n.Pos() == pos && !accesses {
				return i + 2 // its select: the body lies between
			}
		case *ast.SelectStmt, *ast.GoStmt, *ast.SendStmt, *ast.CallExpr:
			if !accesses {
				return i
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW && site.Op == event.RecvWant {
				return i
			}
		case *ast.RangeStmt:
			if site.Op == event.RecvWant && n.For == pos {
				return i
			}
		case *ast.DeclStmt:
			if site.Prompt > 0 {
				return i
			}
		case *ast.FuncDecl:
			if site.Op == event.End {
				return i
			}
			return -1
		}
	}
	return -1
}

// isObject says whether an expression is the one that a read or write is about.
func (s *source) isObject(e ast.Expr, site *event.Site, pos token.Pos) bool {
	text := strings.Join(strings.Fields(s.textOf(e)), " ")
	object, cut := strings.CutSuffix(site.Object, "…")
	return e.Pos() == pos && (text == object || cut && strings.HasPrefix(text, object))
}

func (s *source) offset(pos token.Pos) int { return s.fset.Position(pos).Offset }

func (s *source) textOf(n ast.Node) string {
	return string(s.text[s.offset(n.Pos()):s.offset(n.End())])
}

// statement is the statement of a list that a place lies in, with its label, and its
// index in the path.
func (p *place) statement() (ast.Stmt, int) {
	for i := 0; i+1 < len(p.path); i++ {
		st, ok := p.path[i].(ast.Stmt)
		if !ok || isClause(st) {
			continue
		}
		switch above := p.path[i+1].(type) {
		case *ast.BlockStmt, *ast.CaseClause:
			return st, i
		case *ast.CommClause:
			if above.Comm != st {
				return st, i
			}
		}
	}
	return nil, -1
}

func isClause(st ast.Stmt) bool {
	switch st.(type) {
	case *ast.CommClause, *ast.CaseClause:
		return true
	}
	return false
}
