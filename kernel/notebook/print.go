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

// output prints the plain form of what a cell published.
func (p *printer) output(msgType string, c content) {
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
