package rendertest

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Element is an element of a picture.
type Element struct {
	Name, Class string
	Text        string // of a text, or a title: all of it
	Group       int    // the number of the row that it belongs to, -1 for none
	attributes  map[string]string
}

// Attribute is an attribute of it, "" if it has none of that name.
func (e *Element) Attribute(name string) string { return e.attributes[name] }

// Number is an attribute that is a number, 0 if it has none of that name.
func (e *Element) Number(name string) int {
	n, _ := strconv.Atoi(e.attributes[name])
	return n
}

// Is reports whether it has a class, among others.
func (e *Element) Is(class string) bool {
	return strings.Contains(" "+e.Class+" ", " "+class+" ")
}

var numbers = regexp.MustCompile(`-?\d+`)

// Path is the numbers of a path, in their order.
func (e *Element) Path() []int {
	var all []int
	for _, s := range numbers.FindAllString(e.attributes["d"], -1) {
		n, _ := strconv.Atoi(s)
		all = append(all, n)
	}
	return all
}

// Elements are those of a picture, in their order, without its definitions. Groups
// with the class "r" are its rows.
func Elements(t *testing.T, svg []byte) []Element {
	t.Helper()
	var all []Element
	var open []int // elements that have not ended, by index; -1 for those left out
	rows, group := 0, -1
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		switch v := token.(type) {
		case xml.StartElement:
			e := Element{Name: v.Name.Local, Group: group, attributes: map[string]string{}}
			for _, a := range v.Attr {
				e.attributes[a.Name.Local] = a.Value
			}
			e.Class = e.attributes["class"]
			switch {
			case e.Name == "defs" || e.Name == "style":
				if err := d.Skip(); err != nil {
					t.Fatal(err)
				}
				continue
			case e.Name == "g" && e.Class == "r":
				group = rows
				rows++
				e.Group = group
			}
			open = append(open, len(all))
			all = append(all, e)
		case xml.EndElement:
			if v.Name.Local == "g" {
				group = -1
			}
			open = open[:len(open)-1]
		case xml.CharData:
			for _, i := range open {
				if n := all[i].Name; n == "text" || n == "title" || n == "tspan" {
					all[i].Text += string(v)
				}
			}
		}
	}
}
