package found

import (
	"threading101/kernel/model"
	"threading101/kernel/render/ink"
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
	Property string  `json:"property"`        // as it was written
	Holds    bool    `json:"holds"`           // in all that was tried; "complete" says whether that was all
	Fails    string  `json:"fails,omitempty"` // how
	Token    *string `json:"token"`           // of the shortest run in which it does not hold
}

// CheckForms are the forms of what came of a check.
var CheckForms = ink.Forms[*check]{
	{Name: "text", MIME: "text/plain", Write: (*check).text},
	{Name: "html", MIME: "text/html", Write: (*check).html},
	{Name: "json", MIME: Type, Write: (*check).json},
}

// check is what came of a check, laid out.
type check struct {
	result  *model.Result
	rulings []ruling
	says    []string // what they rest on where that is not everything
	notes   []string // what was not tried
}

func newCheck(all []model.Verdict, r *model.Result) *check {
	c := &check{result: r, rulings: rulings(all, r)}
	c.says, c.notes = remarks(r)
	return c
}

// CheckBundle returns the MIME bundle of a check, and its metadata.
func CheckBundle(all []model.Verdict, r *model.Result, p ink.Paper) (data, metadata map[string]any) {
	return CheckForms.Bundle(newCheck(all, r), p)
}

// CheckText returns a check as text.
func CheckText(all []model.Verdict, r *model.Result, p ink.Paper) string {
	return string(newCheck(all, r).text(p))
}

// CheckJSON returns a check as data.
func CheckJSON(all []model.Verdict, r *model.Result) *Check { return newCheck(all, r).data() }

func (c *check) json(ink.Paper) []byte { return ink.Marshal(c.data()) }

func (c *check) data() *Check {
	j := &Check{Exploration: JSON(c.result), Verdicts: []Verdict{}}
	for _, v := range c.rulings {
		one := Verdict{Property: v.Property, Holds: v.Holds, Fails: v.Fails}
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
	return []byte(text)
}

func (c *check) html(ink.Paper) []byte {
	text := rulingHTML(c.rulings)
	for _, s := range c.says {
		text += "<p>" + ink.Escape(s) + "</p>\n"
	}
	if len(c.notes) == 0 {
		return []byte(text)
	}
	text += "<p>" + words.FoundNotes + "</p>\n<ul>\n"
	for _, n := range c.notes {
		text += "<li>" + ink.Escape(n) + "</li>\n"
	}
	return []byte(text + "</ul>\n")
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
			Fails: v.Fails, Token: v.Token,
		})
	}
	return list
}
