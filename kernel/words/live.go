package words

import (
	"fmt"
	"strconv"
	"strings"
)

// LiveStep is a step as it is read out: "Step 7: A reads balance, 100".
func LiveStep(n int, name, does string, marks []string) string {
	s := "Step " + strconv.Itoa(n) + ": " + name + " " + does
	if len(marks) > 0 {
		s += ". ⚠ " + strings.Join(marks, ". ⚠ ")
	}
	return s
}

// MagicLive is the help of %live.
const MagicLive = "where runs can be stepped through: auto, in their pictures; on, in a widget below them, too; off, nowhere; for the whole session"

// MagicBadLive answers %live with something it does not take.
func MagicBadLive(arg string) string {
	return fmt.Sprintf("%%live is written %%live on, %%live off or %%live auto, not %q", arg)
}

// MagicLiveHint says what there is.
const MagicLiveHint = "auto is how it begins; on is for front ends that show widgets only in a place of their own, such as VS Code"

// LiveView stands in the place of a widget where there are none.
const LiveView = "This front end shows no widgets, so the run cannot be stepped through here."

// Live are the words of the page that steps through a run.
var Live = map[string]string{
	"open":       "step through",
	"close":      "close",
	"region":     "The run, step by step",
	"lanes":      "Lanes of the goroutines. Arrow keys step, question mark lists all keys",
	"source":     "Source",
	"first":      "first step (Home)",
	"back":       "step back (←)",
	"next":       "next step (→)",
	"last":       "last step (End)",
	"play":       "play (space)",
	"pause":      "pause (space)",
	"scrub":      "step",
	"find":       "find",
	"notFound":   "Nothing found.",
	"difference": "difference (d)",
	"full":       "full window (f)",
	"small":      "back to the page (f)",
	"help":       "keys (?)",
	"loading":    "The run is on its way …",
	"gone":       "The kernel no longer has this run. Run the cell again to step through it.",
	"noAnswer":   "The kernel does not answer. Run the cell again to step through it.",
	"-":          "not started",
	"r":          "ready",
	"x":          "runs",
	"w":          "waits",
	"z":          "sleeps",
	"c":          "computes",
	".":          "has returned",
	"free":       "free",
	"heldBy":     "held by",
	"decideHere": "decide from here (s)",
	"over":       "The run is over.",
	"undo":       "undo (u)",
	"finish":     "finish without me",
	"leave":      "back to the run (q)",
	"again":      "This run again:",
	"noProgram":  "The kernel no longer has this program. Run the cell again to decide from here.",
	"signs":      "What the signs mean",
	"keys":       "Keys",
}

// LiveKeys are the keys of that page, and what each does.
var LiveKeys = [][2]string{
	{"← →", "one step back, one step on"},
	{"Shift ← →", "the same for this goroutine alone"},
	{"↑ ↓", "the lane to the left, to the right"},
	{"Enter", "the next line of this goroutine"},
	{"Home End", "the first step, the last step"},
	{"space", "play; stops by itself at ⚠ ✖ ≠"},
	{"s", "decide from here: 1 to 9 choose, u takes back, q goes back to the run"},
	{"d", "the difference from the previous run, where there is one"},
	{"f", "full window"},
	{"/", "find"},
	{"Esc", "close"},
}
