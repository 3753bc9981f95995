package verdict

import (
	"encoding/json"

	"threading101/kernel/exploration"
	"threading101/kernel/property"
	"threading101/kernel/render"
	"threading101/kernel/words"
)

// JSON is a check as data: the exploration it rests on, and a verdict for each
// property.
type JSON struct {
	*render.Exploration
	Verdicts []One `json:"verdicts"`
}

// One is the verdict on one property.
type One struct {
	Property string  `json:"property"`        // as it was written
	Holds    bool    `json:"holds"`           // in all that was tried; "complete" says whether that was all
	Fails    string  `json:"fails,omitempty"` // how
	Token    *string `json:"token"`           // of the shortest run in which it does not hold
}

// Data returns a check as data.
func Data(all []property.Verdict, r *exploration.Result) JSON {
	j := JSON{Exploration: render.ExplorationJSON(r), Verdicts: []One{}}
	for _, v := range Drawn(all, r) {
		one := One{Property: v.Property, Holds: v.Holds, Fails: v.Fails}
		if v.Token != "" {
			one.Token = &v.Token
		}
		j.Verdicts = append(j.Verdicts, one)
	}
	return j
}

// Bundle returns the MIME bundle of a check, and its metadata.
func Bundle(all []property.Verdict, r *exploration.Result, o render.Options) (data, metadata map[string]any) {
	found, err := json.Marshal(Data(all, r))
	if err != nil { // only strings and numbers in there
		panic(err)
	}
	drawn := Drawn(all, r)
	return map[string]any{
		"text/plain":           render.VerdictText(drawn, o),
		"text/html":            render.VerdictHTML(drawn),
		render.ExplorationType: json.RawMessage(found),
	}, map[string]any{}
}

// Drawn are the verdicts as they are drawn.
func Drawn(all []property.Verdict, r *exploration.Result) []render.Verdict {
	var list []render.Verdict
	for _, v := range all {
		list = append(list, render.Verdict{
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
