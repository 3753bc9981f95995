package site

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

// Collector makes the sites and the notes of one file.
type Collector struct {
	Fset  *token.FileSet
	Src   []byte
	Base  int // file's position of offset 0
	Next  uint32
	Sites []event.Site
	Notes []Note
	Gaps  bool   // what is left as it is matters
	Func  string // the enclosing declared function
}

// Site makes a site for op at pos and returns its number.
func (c *Collector) Site(op event.Op, pos token.Pos, object string) uint32 {
	p := c.Fset.PositionFor(pos, false)
	c.Sites = append(c.Sites, event.Site{
		Op: op, File: p.Filename, Line: p.Line, Col: p.Column, Func: c.Func, Object: object,
	})
	c.Next++
	return c.Next - 1
}

// Last is the site made last.
func (c *Collector) Last() *event.Site { return &c.Sites[len(c.Sites)-1] }

// Note says why a construct stays plain.
func (c *Collector) Note(pos token.Pos, construct, format string, args ...any) {
	at := c.Fset.PositionFor(pos, false)
	if n := len(c.Notes); n > 0 && c.Notes[n-1].Pos == at {
		return // as a call, and again as a method value
	}
	c.Notes = append(c.Notes, Note{at, construct, fmt.Sprintf(format, args...), c.Gaps && construct != "assignment" && !strings.HasPrefix(construct, "variable ")})
}

// maxObject bounds the text of an object, in bytes.
const maxObject = 40

// Text is what an expression is called in the source: "acc.balance".
func (c *Collector) Text(e ast.Expr) string {
	s := string(c.Src[int(e.Pos())-c.Base : int(e.End())-c.Base])
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > maxObject {
		s = strings.ToValidUTF8(s[:maxObject], "") + "…"
	}
	return s
}
