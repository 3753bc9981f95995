package report

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// CheckFailed is the name of a failure of what was checked over all schedules.
const CheckFailed = "CheckFailed"

// ExploreError is the name of a failure to explore a program.
const ExploreError = "ExploreError"

// Unexplorable reports a program that cannot be explored, at the line that asked
// for it.
func Unexplorable(at model.Pos, message, hint string, source Source) *Report {
	p := &page{source: source}
	p.line(part{bold, Place(at)}, part{plain, ": "}, part{bold, message})
	p.quote(at, 0)
	p.hint(hint)
	return p.report(ExploreError, Place(at)+": "+message)
}

// Check reports a property, checked at a line of a cell, that does not hold, and
// why. explanation is that of a run that shows it, and token opens it; nil and ""
// if there is none.
func Check(at model.Pos, property, why string, explanation []string, token string, source Source) *Report {
	p := &page{source: source}
	value := words.CheckFailed(property, why)
	p.line(part{bold, Place(at)}, part{plain, ": "}, part{bold, value})
	p.quote(at, 0)
	p.gap()
	for _, s := range explanation {
		if s != why {
			p.line(part{plain, s})
		}
	}
	p.gap()
	if token != "" {
		p.hint(words.CheckReplay(token))
	}
	return p.report(CheckFailed, Place(at)+": "+value)
}
