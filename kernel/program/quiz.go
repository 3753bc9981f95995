package program

import (
	"context"
	"html"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/render/picture"
	"threading101/kernel/report"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// mostAsked is how many values of a run are asked for, and mostTries how often each.
const (
	mostAsked = 6
	mostTries = 2
)

// held is the output of a run that waits until the quiz on it is over.
type held struct{ parts [][2]string }

// mostHeld is how many pieces are kept; the rest is not shown.
const mostHeld = 10_000

func (h *held) take(stream, text string) {
	if len(h.parts) < mostHeld {
		h.parts = append(h.parts, [2]string{stream, text})
	}
}

func (h *held) release(show func(stream, text string)) {
	for _, p := range h.parts {
		show(p[0], p[1])
	}
}

// quiz shows a run with its values hidden and asks for one after the other. Where nobody
// can be asked, the values are in a fold below.
func (c *Cell) quiz(ctx context.Context, x *model.Execution, options picture.Options) *report.Report {
	all := picture.Values(x, options)
	all = all[:min(len(all), mostAsked)]
	if len(all) == 0 {
		c.Screen.Display(picture.Bundle(x, options))
		c.Tell(learning.QuizNothing)
		return nil
	}
	masked := options
	masked.Hidden = 1
	replace := c.Screen.Keep(picture.Bundle(x, masked))
	if c.Ask == nil {
		c.fold(all)
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c.Stop.Resume()
	if !c.Stop.Begin(cancel) {
		return report.Stopped()
	}
	defer c.Stop.Finish()
	var lines []string
	first := 0
	for i, v := range all {
		said, tries, err := c.askValue(ctx, i+1, len(all), v)
		if ctx.Err() != nil {
			return report.Stopped()
		}
		if err != nil { // nobody answers any more
			break
		}
		if tries == 1 {
			first++
		}
		lines = append(lines, learning.QuizSaid(v.Step, words.Plain(said, 60), words.Plain(v.Is, 60)))
		masked.Hidden = v.Event + 2
		replace(picture.Bundle(x, masked))
	}
	replace(picture.Bundle(x, options))
	c.Tell(strings.Join(append(lines, learning.QuizResult(first, len(all))), "\n"))
	return nil
}

// askValue asks for a value. tries is how many it took, 0 if it was not said.
func (c *Cell) askValue(ctx context.Context, n, of int, v picture.Value) (said string, tries int, err error) {
	prompt := learning.QuizAsk(n, of, v.Says)
	for try := 1; try <= mostTries; try++ {
		said, err = c.Ask(ctx, prompt)
		switch said = strings.TrimSpace(said); {
		case err != nil || said == "":
			return said, 0, err
		case sameValue(said, v.Is):
			return said, try, nil
		}
		prompt = learning.QuizOnceMore
	}
	return said, 0, nil
}

// sameValue compares what was typed with a value: numbers as numbers, texts with or
// without their quotes.
func sameValue(said, is string) bool {
	a, errA := strconv.ParseFloat(said, 64)
	b, errB := strconv.ParseFloat(is, 64)
	if errA == nil && errB == nil {
		return a == b
	}
	unquoted := func(s string) string { return strings.Trim(s, "\"“”`'") }
	return strings.EqualFold(unquoted(said), unquoted(is))
}

// fold shows the values, for whoever opens the fold. As text they are not shown.
func (c *Cell) fold(all []picture.Value) {
	var b strings.Builder
	for _, v := range all {
		b.WriteString("<li>" + html.EscapeString(learning.QuizSaid(v.Step, "", words.Plain(v.Is, 60))) + "</li>\n")
	}
	c.Screen.Display(map[string]any{
		"text/plain": learning.QuizNobody,
		"text/html": "<p>" + html.EscapeString(learning.QuizNobody) + "</p>\n<details><summary>" + html.EscapeString(learning.QuizAnswers) +
			"</summary><ul>\n" + b.String() + "</ul></details>",
	}, map[string]any{})
}
