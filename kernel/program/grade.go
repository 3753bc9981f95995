package program

import (
	"strconv"

	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/words"
)

// grade says what a check is worth, to the learner and to a grader. The report says how
// the cell failed; nil if something was earned, since a grader gives nothing for a
// failed cell.
func (c *Cell) grade(f *Findings, failure *report.Report) *report.Report {
	if failure == nil {
		failure = c.unproven(f.Verdicts)
	}
	if !c.Graded {
		return failure
	}
	earned, all := 0.0, 0.0
	for i := range f.Verdicts {
		earned += c.worth(&f.Verdicts[i], c.points[i])
		all += c.points[i]
	}
	c.Tell(words.CheckPoints(number(earned), number(all)))
	if earned == 0 && failure != nil {
		return failure
	}
	c.Screen.Result(number(earned))
	return nil
}

// worth is how many of a property's points a check gives. Nothing was checked of a
// function that nobody calls.
func (c *Cell) worth(v *model.Verdict, points float64) float64 {
	switch {
	case !v.Holds || len(v.Uncalled) > 0:
		return 0
	case v.Complete || c.Unproven == "" || c.Unproven == magic.UnprovenPasses:
		return points
	case c.Unproven == magic.UnprovenIsHalf:
		return points / 2
	}
	return 0
}

// unproven reports the first property of which not everything was tried, where that is
// to be a failure; nil if it is none.
func (c *Cell) unproven(all []model.Verdict) *report.Report {
	for i := range all {
		if v := &all[i]; c.Unproven == magic.UnprovenFails && v.Holds && !v.Complete {
			return report.Unproven(model.Pos{Cell: c.Number, Line: c.lines[i]}, v.Property)
		}
	}
	return nil
}

// number writes points as short as can be: "1", "0.5".
func number(points float64) string { return strconv.FormatFloat(points, 'f', -1, 64) }
