package model

// Difference is how the order of a run differs from that of the run before.
type Difference struct {
	Same       bool // every step was the same, in the same order
	Step       int  // the number, in the later run, of the first step that differs; 0 when Same
	Prev, Cur  int  // index in Events of that step in either run, -1 where the run had ended
	Common     int  // how many steps of trace.Order the two have in common before that
	SamePrints bool // the same texts were printed, in the same order
	SameTexts  bool // the same texts were printed, in whatever order
	Steps      int  // how many steps the later run has
}
