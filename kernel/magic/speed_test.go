package magic

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threading101/kernel/speed"
)

// TestMeasured: %real takes what is measured, behind whatever dash, with blanks in lists.
func TestMeasured(t *testing.T) {
	for code, want := range map[string]*speed.Wish{
		"%real":                            nil,
		"%real -procs 1,2,4 -repeat 7":     {Procs: []int{1, 2, 4}, Repeat: 7},
		"%real –repeat 3 —procs 4, 1 ,2":   {Procs: []int{1, 2, 4}, Repeat: 3},
		"//t101:real --procs=2":            {Procs: []int{2}},
		"%real -repeat=50":                 {Repeat: 50},
		"%real -procs 2\n%picture off\n%%": {Procs: []int{2}},
	} {
		c, err := Parse(code)
		if err != nil || !c.Real {
			t.Errorf("%s: %v", code, err)
		}
		if diff := cmp.Diff(want, c.Speed); diff != "" {
			t.Errorf("%s: %s", code, diff)
		}
	}
}

// TestNotMeasured: what cannot be measured is refused where it stands.
func TestNotMeasured(t *testing.T) {
	for code, want := range map[string]string{
		"%real -procs":                     "line 1: -procs takes up to 8 whole numbers from 1 to 1024",
		"%real -procs 0":                   "line 1: -procs takes",
		"%real -procs 1 -repeat 51":        "line 1: -repeat takes a whole number from 1 to 50",
		"%real -repeat -3":                 "line 1: -repeat takes",
		"%real 4":                          `line 1: "4" is no option of %real`,
		"%real -proc 4":                    `line 1: "-proc" is no option of %real`,
		"%real -procs 1,2\n%procs 2":       "line 2: %real -procs and %procs exclude each other",
		"%race\n%real -repeat 2":           "line 2: %real -procs and %race exclude each other",
		"%real -repeat 2\n%outcome n":      "line 2: %real -procs and %outcome exclude each other",
		"%real -repeat 2\n%seed 1":         "line 2: %seed and %real exclude each other",
		"%capture out.txt\n%real -procs 2": "line 2: a cell with %capture cannot be measured",
	} {
		if _, err := Parse(code); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
}
