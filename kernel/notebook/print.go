package notebook

import (
	"io"
	"regexp"
	"strings"
)

// printer writes outputs as text, each beginning on a line of its own.
type printer struct {
	w    io.Writer
	open bool // the line is not ended
	held *content
}

func (p *printer) line(s string) {
	p.endLine()
	p.text(s + "\n")
}

func (p *printer) endLine() {
	if p.open {
		p.text("\n")
	}
}

func (p *printer) text(s string) {
	if s == "" {
		return
	}
	io.WriteString(p.w, s)
	p.open = !strings.HasSuffix(s, "\n")
}

// output prints the plain form of what a cell published. A display that has an id
// may become another one: it is held back until something else is published, or
// the cell ends, and printed as it is then.
func (p *printer) output(msgType string, c content) {
	p.release()
	if c.Transient.DisplayID != "" && msgType == "display_data" {
		p.held = &c
		return
	}
	p.print(msgType, c)
}

// update replaces the display that is held back.
func (p *printer) update(c content) {
	if p.held != nil && p.held.Transient.DisplayID == c.Transient.DisplayID {
		p.held = &c
	}
}

// release prints what is held back.
func (p *printer) release() {
	if c := p.held; c != nil {
		p.held = nil
		p.print("display_data", *c)
	}
}

func (p *printer) print(msgType string, c content) {
	switch msgType {
	case "stream":
		p.text(plain(c.Text))
	case "display_data", "execute_result":
		if s, err := text(c.Data["text/plain"]); err == nil {
			p.line(plain(s))
		}
	case "error":
		if len(c.Traceback) == 0 {
			c.Traceback = []string{c.EName + ": " + c.EValue}
		}
		p.line(plain(strings.Join(c.Traceback, "\n")))
	}
}

var colours = regexp.MustCompile("\x1b\\[[0-9;]*m")

// plain leaves out the colours, which are for the browser.
func plain(s string) string { return colours.ReplaceAllString(s, "") }
