package render

import (
	"bytes"
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// The pieces of SVG: each writes one element.

func (c *canvas) add(parts ...string) {
	for _, s := range parts {
		c.b = append(c.b, s...)
	}
}

func (c *canvas) num(name string, n int) {
	c.b = append(c.b, ' ')
	c.b = append(c.b, name...)
	c.b = append(c.b, '=', '"')
	c.b = strconv.AppendInt(c.b, int64(n), 10)
	c.b = append(c.b, '"')
}

func (c *canvas) class(name string) {
	if name != "" {
		c.add(` class="`, name, `"`)
	}
}

func (c *canvas) text(x, y int, class, s string) {
	if s == "" {
		return
	}
	c.add("<text")
	c.class(class)
	c.num("x", x)
	c.num("y", y)
	c.add(">", escape(s), "</text>")
}

func (c *canvas) rect(x, y, w, h int, class, fill string) {
	c.add("<rect")
	c.class(class)
	c.num("x", x)
	c.num("y", y)
	c.num("width", w)
	c.num("height", h)
	if fill != "" {
		c.add(` fill="`, fill, `"`)
	}
	c.add("/>")
}

func (c *canvas) circle(x, y, r int, class string) {
	c.add("<circle")
	c.class(class)
	c.num("cx", x)
	c.num("cy", y)
	c.num("r", r)
	c.add("/>")
}

func (c *canvas) line(class string, x0, y0, x1, y1 int) {
	c.path(class, "M", x0, y0, "L", x1, y1)
}

// path writes a path from its commands and numbers.
func (c *canvas) path(class string, d ...any) {
	c.add("<path")
	c.class(class)
	c.add(` d="`)
	space := false
	for _, part := range d {
		switch v := part.(type) {
		case string:
			c.add(v)
			space = false
		case int:
			if space {
				c.b = append(c.b, ' ')
			}
			c.b = strconv.AppendInt(c.b, int64(v), 10)
			space = true
		}
	}
	c.add(`"/>`)
}

// idMark stands for the picture's id until that is known.
const idMark = "\x00"

// finish puts the frame round what was drawn.
func (c *canvas) finish(id string) []byte {
	height := c.foot() + pad - 8
	inner := c.b
	c.b = make([]byte, 0, len(inner)+8<<10)
	c.open(height, c.p.summary(), c.p.description(), len(c.p.lanes))
	c.b = append(c.b, inner...)
	c.add("</svg>\n")
	return bytes.ReplaceAll(c.b, []byte(idMark), []byte("t101-"+id+"-"))
}

// open writes the beginning of a picture that has a frame and so many lanes.
func (c *canvas) open(height int, summary, description string, lanes int) {
	c.add(`<svg xmlns="http://www.w3.org/2000/svg" class="t101" role="img" width="`, itoa(c.w), `" height="`, itoa(height),
		`" viewBox="0 0 `, itoa(c.w), " ", itoa(height), `" style="max-width:100%;height:auto" aria-label="`, escape(summary), "\">\n")
	c.add("<desc>", escape(description), "</desc>\n<style>", style(), "</style>\n<defs>")
	for i := range min(textures, lanes) {
		c.texture(i)
	}
	c.add("</defs>\n")
	c.add(`<rect class="paper" x=".5" y=".5" width="`, itoa(c.w-1), `" height="`, itoa(height-1), `" rx="8"/>`, "\n")
}

// texture defines the two looks of a lane: its own pattern while the goroutine
// runs, slanted lines while it waits.
func (c *canvas) texture(i int) {
	n := itoa(i)
	c.add(`<pattern id="`, idMark, "p", n, `" width="10" height="8" patternUnits="userSpaceOnUse"><rect class="f`, n, `" width="10" height="8"/>`)
	c.add(overlays[i], "</pattern>")
	c.add(`<pattern id="`, idMark, "h", n, `" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="bg" width="6" height="6"/>`,
		`<path class="hatch s`, n, `" d="M1 0V6M4 0V6"/></pattern>`)
}

// overlays are what each texture draws, in the colour of the paper, over the
// lane's own colour.
var overlays = [textures]string{
	"",
	`<path class="ov" d="M0 4H10"/>`,
	`<circle class="od" cx="2.5" cy="2" r="1.2"/><circle class="od" cx="7.5" cy="6" r="1.2"/>`,
	`<path class="ov" d="M3 0V8M7 0V8"/>`,
	`<path class="ov" d="M0 6L5 2L10 6"/>`,
	`<rect class="od" x="3" y="2" width="4" height="4"/>`,
	`<path class="ov" d="M0 2H10M0 5H10"/>`,
	`<path class="ov" d="M5 0V8M0 4H10"/>`,
}

// summary is the picture in one breath.
func (p *picture) summary() string {
	return strings.Join(append([]string{p.status}, p.explanation...), " ") + " " + p.mode + " · " + p.size
}

// description is the picture for those who cannot see it: who there was.
func (p *picture) description() string {
	s := words.LanesAre + "."
	for _, l := range p.roster() {
		s += " " + l + "."
	}
	for _, l := range p.links {
		s += " " + p.lanes[l.from].name + " " + l.says + "."
	}
	for _, n := range p.notes {
		s += " " + n
	}
	return s
}
