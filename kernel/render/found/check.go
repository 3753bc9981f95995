package found

import (
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// Check is a check as data: the exploration it rests on, and a verdict for each
// property.
type Check struct {
	*Exploration
	Verdicts []Verdict `json:"verdicts"`
}

// Verdict is the verdict on one property.
type Verdict struct {
	Property string   `json:"property"`           // as it was written
	Holds    bool     `json:"holds"`              // in all that was tried; "complete" says whether that was all
	Fails    string   `json:"fails,omitempty"`    // how
	Uncalled []string `json:"uncalled,omitempty"` // functions that it is about and that no run called
	Token    *string  `json:"token"`              // of the shortest run in which it does not hold
}

// CheckForms are the forms of what came of a check.
var CheckForms = ink.Forms[*check]{
	{Name: "text", MIME: "text/plain", Write: (*check).text},
	{Name: "html", MIME: "text/html", Write: (*check).html},
	{Name: "svg", MIME: "image/svg+xml", Write: func(c *check, p ink.Paper) []byte { return c.first("svg", p) }},
	{Name: "json", MIME: Type, Write: (*check).json},
	{Name: "run", MIME: picture.RunType, Write: func(c *check, p ink.Paper) []byte { return c.first("json", p) }},
}

// check is what came of a check, laid out.
type check struct {
	result  *model.Result
	rulings []ruling
	says    []string // what they rest on where that is not everything
	notes   []string // what was not tried
	shown   []Shown  // runs that violate what does not hold
}

func newCheck(all []model.Verdict, r *model.Result, shown []Shown) *check {
	c := &check{result: r, rulings: rulings(all, r), shown: shown}
	c.says, c.notes = remarks(r)
	return c
}

// CheckBundle returns the MIME bundle of a check, and its metadata: one card with the
// verdicts and the runs that violate what does not hold. As picture and as data it has
// the first of them.
func CheckBundle(all []model.Verdict, r *model.Result, shown []Shown, p ink.Paper) (data, metadata map[string]any) {
	data, metadata = CheckForms.Bundle(newCheck(all, r, shown), p)
	if len(shown) == 0 {
		delete(data, "image/svg+xml")
		delete(data, picture.RunType)
	}
	return data, metadata
}

// CheckText returns a check as text.
func CheckText(all []model.Verdict, r *model.Result, shown []Shown, p ink.Paper) string {
	return string(newCheck(all, r, shown).text(p))
}

// CheckJSON returns a check as data.
func CheckJSON(all []model.Verdict, r *model.Result) *Check { return newCheck(all, r, nil).data() }

// first is the first run in a form of its picture, nothing without one.
func (c *check) first(form string, p ink.Paper) []byte {
	if len(c.shown) == 0 {
		return nil
	}
	return picture.In(form, c.shown[0].Execution, c.shown[0].Options(p))
}

func (c *check) json(ink.Paper) []byte { return ink.Marshal(c.data()) }

func (c *check) data() *Check {
	j := &Check{Exploration: JSON(c.result), Verdicts: []Verdict{}}
	for _, v := range c.rulings {
		one := Verdict{Property: v.Property, Holds: v.Holds, Fails: v.Fails, Uncalled: v.Uncalled}
		if v.Token != "" {
			one.Token = &v.Token
		}
		j.Verdicts = append(j.Verdicts, one)
	}
	return j
}

func (c *check) text(p ink.Paper) []byte {
	text := rulingText(c.rulings, p)
	for _, s := range c.says {
		text += s + "\n"
	}
	if len(c.notes) > 0 {
		text += words.FoundNotes + "\n"
	}
	for _, n := range c.notes {
		text += "  - " + n + "\n"
	}
	for i := range c.shown {
		text += c.shown[i].text(p)
	}
	return []byte(text)
}

func (c *check) html(p ink.Paper) []byte {
	return []byte(ink.Page(func(b *strings.Builder) {
		rulingHTML(b, c.rulings)
		for _, s := range c.says {
			b.WriteString("<p>" + ink.Escape(s) + "</p>\n")
		}
		ink.List(b, words.FoundNotes, c.notes)
		c.shownHTML(b, p)
	}))
}

// remarks are how far the search got where it did not try everything, why it
// ended early, and what it held fixed.
func remarks(r *model.Result) (says, notes []string) {
	switch {
	case r.Runs == 0:
		says = append(says, words.FoundNothing)
	case r.Level == model.Exhaustive && !r.Complete():
		says = append(says, beyondHead(r))
	case r.Level == model.Bounded:
		says = append(says, words.FoundBounded(r.Runs, r.Preemptions))
	case r.Level == model.Sampled:
		says = append(says, words.FoundSample(r.Runs))
	}
	if r.Stopped != "" {
		says = append(says, words.FoundStopped(words.Plain(r.Stopped, 300)))
	}
	for _, n := range r.Untried() {
		notes = append(notes, words.Plain(n, 300))
	}
	return says, notes
}

// rulings are the verdicts as they are drawn.
func rulings(all []model.Verdict, r *model.Result) []ruling {
	var list []ruling
	for _, v := range all {
		list = append(list, ruling{
			Property: v.Property, Holds: v.Holds, Complete: v.Complete, Interleavings: r.Interleavings, Runs: r.Runs,
			Fails: v.Fails, Token: v.Token, Uncalled: v.Uncalled,
		})
	}
	return list
}
