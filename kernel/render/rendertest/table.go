package rendertest

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// Cell is a cell of a table.
type Cell struct {
	Text    string
	Classes string // of all elements in it, with blanks around each
	Strong  string // what stands out of the text
}

// Tables are the rows of the tables in a page, without the heads.
func Tables(t *testing.T, page string) [][]Cell {
	t.Helper()
	var rows [][]Cell
	var cell *Cell
	strong := 0
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose = false, []string{"meta", "br", "input"}
	for {
		token, err := d.Token()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		switch v := token.(type) {
		case xml.StartElement:
			switch v.Name.Local {
			case "style", "svg", "thead":
				if err := d.Skip(); err != nil {
					t.Fatal(err)
				}
				continue
			case "tr":
				rows = append(rows, nil)
			case "td", "th":
				last := &rows[len(rows)-1]
				*last = append(*last, Cell{Classes: " "})
				cell = &(*last)[len(*last)-1]
			case "b":
				strong++
			}
			for _, a := range v.Attr {
				if a.Name.Local == "class" && cell != nil {
					cell.Classes += a.Value + " "
				}
			}
		case xml.EndElement:
			switch v.Name.Local {
			case "td", "th":
				cell = nil
			case "b":
				strong--
			}
		case xml.CharData:
			if cell != nil {
				cell.Text += string(v)
				if strong > 0 {
					cell.Strong += string(v)
				}
			}
		}
	}
}
