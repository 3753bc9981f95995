package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"threading101/kernel/event"
)

// Note is a construct that was left as it is though it has to do with
// goroutines, and why.
type Note struct {
	Pos       token.Position
	Construct string // "go statement"
	Reason    string // "the builtin close has no wrapper"
	Gap       bool   // goroutines may meet there, unrecorded
}

// String returns the note as one line.
func (n Note) String() string {
	return fmt.Sprintf("%s: %s left as it is: %s", n.Pos, n.Construct, n.Reason)
}

// collector makes the sites and the notes of one file.
type collector struct {
	fset  *token.FileSet
	src   []byte
	base  int // file's position of offset 0
	next  uint32
	sites []event.Site
	notes []Note
	gaps  bool   // what is left as it is matters
	fn    string // the enclosing declared function
}

// site makes a site for op at pos and returns its number.
func (c *collector) site(op event.Op, pos token.Pos, object string) uint32 {
	p := c.fset.PositionFor(pos, false)
	c.sites = append(c.sites, event.Site{
		Op: op, File: p.Filename, Line: p.Line, Col: p.Column, Func: c.fn, Object: object,
	})
	c.next++
	return c.next - 1
}

// last is the site made last.
func (c *collector) last() *event.Site { return &c.sites[len(c.sites)-1] }

// note says why a construct stays plain.
func (c *collector) note(pos token.Pos, construct, format string, args ...any) {
	at := c.fset.PositionFor(pos, false)
	if n := len(c.notes); n > 0 && c.notes[n-1].Pos == at {
		return // as a call, and again as a method value
	}
	c.notes = append(c.notes, Note{at, construct, fmt.Sprintf(format, args...), c.gaps && construct != "assignment" && !strings.HasPrefix(construct, "variable ")})
}

// maxObject bounds the text of an object, in bytes.
const maxObject = 40

// text is what an expression is called in the source: "acc.balance".
func (c *collector) text(e ast.Expr) string {
	s := string(c.src[int(e.Pos())-c.base : int(e.End())-c.base])
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxObject {
		s = strings.ToValidUTF8(s[:maxObject], "") + "…"
	}
	return s
}

// funcName is a declared function as Site.Func gives it.
func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t, star := d.Recv.List[0].Type, false
	for {
		switch x := t.(type) {
		case *ast.ParenExpr:
			t = x.X
			continue
		case *ast.StarExpr:
			t, star = x.X, true
			continue
		case *ast.IndexExpr:
			t = x.X
			continue
		case *ast.IndexListExpr:
			t = x.X
			continue
		case *ast.Ident:
			if star {
				return "(*" + x.Name + ")." + d.Name.Name
			}
			return x.Name + "." + d.Name.Name
		}
		return d.Name.Name
	}
}
