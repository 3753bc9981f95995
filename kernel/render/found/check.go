package found

import (
	"encoding/json"
	"html"

	"threading101/kernel/explore/property"
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

// CheckJSON returns a check as data.
func CheckJSON(all []property.Verdict, r *model.Result) Check {
	j := Check{Exploration: JSON(r), Verdicts: []Verdict{}}
	for _, v := range rulings(all, r) {
		one := Verdict{Property: v.Property, Holds: v.Holds, Fails: v.Fails}
		if v.Token != "" {
			one.Token = &v.Token
		}
		j.Verdicts = append(j.Verdicts, one)
	}
	return j
}

// CheckBundle returns the MIME bundle of a check, and its metadata.
func CheckBundle(all []property.Verdict, r *model.Result, o ink.Paper) (data, metadata map[string]any) {
	found, err := json.Marshal(CheckJSON(all, r))
	if err != nil { // only strings and numbers in there
		panic(err)
	}
	return map[string]any{
		"text/plain": CheckText(all, r, o),
		"text/html":  rulingHTML(rulings(all, r)) + remarksHTML(r),
		Type:         json.RawMessage(found),
	}, map[string]any{}
}

// CheckText returns a check as text: the verdicts, and what they rest on where that is
// not everything.
func CheckText(all []property.Verdict, r *model.Result, o ink.Paper) string {
	text := rulingText(rulings(all, r), o)
	says, notes := remarks(r)
	for _, s := range says {
		text += s + "\n"
	}
	if len(notes) > 0 {
		text += words.FoundNotes + "\n"
	}
	for _, n := range notes {
		text += "  - " + n + "\n"
	}
	return text
}

func remarksHTML(r *model.Result) string {
	says, notes := remarks(r)
	text := ""
	for _, s := range says {
		text += "<p>" + html.EscapeString(s) + "</p>\n"
	}
	if len(notes) == 0 {
		return text
	}
	text += "<p>" + words.FoundNotes + "</p>\n<ul>\n"
	for _, n := range notes {
		text += "<li>" + html.EscapeString(n) + "</li>\n"
	}
	return text + "</ul>\n"
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
func rulings(all []property.Verdict, r *model.Result) []ruling {
	var list []ruling
	for _, v := range all {
		list = append(list, ruling{
			Property: v.Property.String(), Holds: v.Holds, Complete: v.Complete, Interleavings: r.Interleavings, Runs: r.Runs,
			Fails: how(v), Token: v.Token,
		})
	}
	return list
}

// how says what the run does that violates a property.
func how(v property.Verdict) string {
	o := v.Outcome
	switch {
	case o == nil:
		return ""
	case v.Property.Name == "outcome" && o.Values != nil:
		return words.Plain(o.Value, 100)
	case words.CheckFails[v.Property.Name] != "":
		return words.CheckFails[v.Property.Name]
	}
	return words.FoundEndings[string(o.Status)]
}

// Why says in part of a sentence why a property does not hold. explanation is
// that of a run that shows it: where the way in which the run ends is what
// violates the property, it begins with that.
func Why(v property.Verdict, explanation []string) string {
	switch v.Property.Name {
	case "deadlock-free", "leak-free":
		if len(explanation) > 0 {
			return explanation[0]
		}
	}
	return how(v)
}
