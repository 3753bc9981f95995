// Package splice changes a text: pieces are inserted at byte offsets, or put in the
// place of others, and all of it is applied once. What is not replaced stays byte
// for byte what it was, and so does the order of the lines.
//
// Changes are asked for from the outside inwards: then insertions that meet at one
// offset nest as the expressions round which they belong do.
//
//	e := splice.Edits{Src: []byte("a.b + c")}
//	e.Before(0, "outer("); e.After(7, ")")
//	e.Before(0, "inner(&"); e.After(3, ")")
//	e.Apply()   // outer(inner(&a.b) + c)
//
// A replacement must hold no line break. What is between two operands may hold
// comments and line breaks, which [Trivia] keeps.
package splice
