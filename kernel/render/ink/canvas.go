package ink

import (
	"bytes"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
)

// The measures that all pictures have in common, in pixels.
const (
	Pad       = 16
	RowHeight = 22
	BarWidth  = 10 // of a lane
)

// Canvas is where a picture is drawn as SVG: elements are added to it, and sealed
// in a frame at the end.
type Canvas struct {
	b     []byte
	Width int
	Top   int // y of the first row's middle
}

// Frame is what surrounds a picture.
type Frame struct {
	Height      int
	Summary     string // the picture in one breath
	Description string // the picture for those who cannot see it
	Lanes       int    // how many lanes have a texture
	Bare        bool   // it has no style sheet: a picture that has one is on the same page
}

// Grow makes room for n more bytes.
func (c *Canvas) Grow(n int) { c.b = slices.Grow(c.b, n) }

// Y is the middle of a row.
func (c *Canvas) Y(row int) int { return c.Top + row*RowHeight }

// Tone is the number of a lane's colour and texture.
func (c *Canvas) Tone(lane int) string { return strconv.Itoa(lane % Textures) }

// The pieces of SVG: each writes one element.

func (c *Canvas) add(parts ...string) {
	for _, s := range parts {
		c.b = append(c.b, s...)
	}
}

func (c *Canvas) num(name string, n int) {
	c.b = append(c.b, ' ')
	c.b = append(c.b, name...)
	c.b = append(c.b, '=', '"')
	c.b = strconv.AppendInt(c.b, int64(n), 10)
	c.b = append(c.b, '"')
}

func (c *Canvas) class(name string) {
	if name != "" {
		c.add(` class="`, name, `"`)
	}
}

// Text writes a text from x on, on the line y.
func (c *Canvas) Text(x, y int, class, s string) {
	if s == "" {
		return
	}
	c.add("<text")
	c.class(class)
	c.num("x", x)
	c.num("y", y)
	c.add(">", Escape(s), "</text>")
}

// Quote writes a text with one part that stands out.
func (c *Canvas) Quote(x, y int, class, before, quoted, after string) {
	c.add("<text")
	c.class(class)
	c.num("x", x)
	c.num("y", y)
	c.add(">", Escape(before), `<tspan class="p">`, Escape(quoted), "</tspan>", Escape(after), "</text>")
}

// Begin opens a group of elements whose title is shown when the pointer rests on it;
func (c *Canvas) Begin(class, title string) {
	c.add("<g")
	c.class(class)
	c.add("><title>", Escape(title), "</title>")
}

// End closes a group.
func (c *Canvas) End() { c.add("</g>\n") }

// Rect draws a rectangle; fill is "" where its class says the colour.
func (c *Canvas) Rect(x, y, w, h int, class, fill string) {
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

// Box is a rectangle whose sides may lie between two pixels.
type Box struct{ X, Y, W, H float64 }

// Boxes draws many rectangles as one element; fill is "" where its class says the
// colour.
func (c *Canvas) Boxes(class, fill string, all []Box) {
	if len(all) == 0 {
		return
	}
	c.add("<path")
	c.class(class)
	if fill != "" {
		c.add(` fill="`, fill, `"`)
	}
	c.add(` d="`)
	for _, b := range all {
		c.add("M", hundredths(b.X), " ", hundredths(b.Y), "h", hundredths(b.W), "v", hundredths(b.H), "h-", hundredths(b.W), "z")
	}
	c.add(`"/>`)
}

// hundredths is a number of pixels, exact to a hundredth.
func hundredths(f float64) string { return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64) }

// Circle draws a circle round x, y.
func (c *Canvas) Circle(x, y, r int, class string) {
	c.add("<circle")
	c.class(class)
	c.num("cx", x)
	c.num("cy", y)
	c.num("r", r)
	c.add("/>")
}

// Line draws a straight line.
func (c *Canvas) Line(class string, x0, y0, x1, y1 int) {
	c.Path(class, "M", x0, y0, "L", x1, y1)
}

// Path writes a path from its commands and numbers.
func (c *Canvas) Path(class string, d ...any) {
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

// ID is a name for what has been drawn so far: two pictures on one page must not
// share the names of their textures.
func (c *Canvas) ID() string {
	sum := fnv.New32a()
	sum.Write(c.b)
	return strconv.FormatUint(uint64(sum.Sum32()), 36)
}

// Seal puts the frame round what was drawn, and returns the whole picture.
func (c *Canvas) Seal(id string, f Frame) []byte {
	inner := c.b
	c.b = make([]byte, 0, len(inner)+8<<10)
	c.open(f)
	c.b = append(c.b, inner...)
	c.add("</svg>\n")
	return bytes.ReplaceAll(c.b, []byte(idMark), []byte("t101-"+id+"-"))
}

// open writes the beginning of a picture.
func (c *Canvas) open(f Frame) {
	c.add(`<svg xmlns="http://www.w3.org/2000/svg" class="t101" role="img" width="`, strconv.Itoa(c.Width), `" height="`, strconv.Itoa(f.Height),
		`" viewBox="0 0 `, strconv.Itoa(c.Width), " ", strconv.Itoa(f.Height), `" style="max-width:none" aria-label="`, Escape(f.Summary), "\">\n")
	c.add("<desc>", Escape(f.Description), "</desc>\n")
	if !f.Bare {
		c.add("<style>", style(), "</style>\n")
	}
	c.add("<defs>")
	for i := range min(Textures, f.Lanes) {
		c.texture(i)
	}
	c.add("</defs>\n")
	c.add(`<rect class="paper" x=".5" y=".5" width="`, strconv.Itoa(c.Width-1), `" height="`, strconv.Itoa(f.Height-1), `" rx="8"/>`, "\n")
}

// texture defines the two looks of a lane: its own pattern while the goroutine
// runs, slanted lines while it waits.
func (c *Canvas) texture(i int) {
	n := strconv.Itoa(i)
	c.add(`<pattern id="`, idMark, "p", n, `" width="10" height="8" patternUnits="userSpaceOnUse"><rect class="f`, n, `" width="10" height="8"/>`)
	c.add(overlays[i], "</pattern>")
	c.add(`<pattern id="`, idMark, "h", n, `" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="bg" width="6" height="6"/>`,
		`<path class="hatch s`, n, `" d="M1 0V6M4 0V6"/></pattern>`)
}

// overlays are what each texture draws, in the colour of the paper, over the
// lane's own colour.
var overlays = [Textures]string{
	"",
	`<path class="ov" d="M0 4H10"/>`,
	`<circle class="od" cx="2.5" cy="2" r="1.2"/><circle class="od" cx="7.5" cy="6" r="1.2"/>`,
	`<path class="ov" d="M3 0V8M7 0V8"/>`,
	`<path class="ov" d="M0 6L5 2L10 6"/>`,
	`<rect class="od" x="3" y="2" width="4" height="4"/>`,
	`<path class="ov" d="M0 2H10M0 5H10"/>`,
	`<path class="ov" d="M5 0V8M0 4H10"/>`,
}

// Fill is the texture of a lane, running ('p') or waiting ('h').
func (c *Canvas) Fill(i int, kind byte) string {
	return "url(#" + idMark + string(kind) + c.Tone(i) + ")"
}

// Back covers the lanes that a text goes over.
func (c *Canvas) Back(from, to, y int) { c.Rect(from-3, y-8, to-from+6, 15, "bg", "") }

// Badge draws a warning as a tag.
func (c *Canvas) Badge(x, y int, s string) {
	c.add(`<rect class="bg tag" x="`, strconv.Itoa(x-6), `" y="`, strconv.Itoa(y-8), `" width="`, strconv.Itoa(BoldPixels(s)+12), `" height="16" rx="8"/>`)
	c.Text(x, y+4, "x", s)
}
