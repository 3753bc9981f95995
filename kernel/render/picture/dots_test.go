package picture

import (
	"regexp"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/rendertest"
)

// smallDot is the mark of a step, small.
var smallDot = regexp.MustCompile(`<circle [^>]*r="2"[^>]*class="dot|<circle class="dot[^>]* r="2"`)

// Of a run that somebody made step by step the steps are small at which there was
// nothing to choose; of any other run none is.
func TestSmallDots(t *testing.T) {
	x := rendertest.Told("main start @1\nmain go A @2\nA start @2\nA print a @5\nmain print b @3\nmain end @4")()
	small := func() int { return len(smallDot.FindAllString(string(In("svg", x, Options{})), -1)) }
	if n := small(); n != 0 {
		t.Errorf("%d small dots", n)
	}
	x.Choices = []model.Choice{{Before: 2, To: 2, Among: 2}}
	if n := small(); n != 2 { // the go statement and main's print; A's was chosen, and main's end has no dot
		t.Errorf("%d small dots", n)
	}
}
