package report

import (
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// CheckFailed is the name of a failure of what was checked over all schedules.
const CheckFailed = "CheckFailed"

// CheckUnproven is the name of a failure of a check to try everything.
const CheckUnproven = "CheckUnproven"

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

// Unproven reports a property, checked at a line of a cell, of which not everything was
// tried, where that is to be a failure.
func Unproven(at model.Pos, property string) *Report {
	p := &page{}
	value := words.CheckUnproven(property)
	p.whole(part{bold, Place(at)}, part{plain, ": "}, part{bold, value})
	p.hint(words.CheckUnprovenHint)
	return p.report(CheckUnproven, Place(at)+": "+value)
}

// Check reports, in one sentence, a property, checked at a line of a cell, that does not
// hold, why, and how many others do not hold either. The card above has all the rest.
func Check(at model.Pos, property, why string, others int) *Report {
	p := &page{}
	value := words.CheckFailed(property, why, others)
	p.line(part{bold, Place(at)}, part{plain, ": "}, part{bold, value})
	return p.report(CheckFailed, Place(at)+": "+value)
}
