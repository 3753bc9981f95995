package program

import (
	"testing"

	"threading101/kernel/magic"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/words"
)

// graded is a screen that keeps the value of a cell and what is told.
type graded struct {
	quiet
	result, told string
}

func (g *graded) Result(text string) { g.result = text }
func (g *graded) Display(data, _ map[string]any) {
	g.told, _ = data["text/plain"].(string)
}

// What a grader reads: a number where something was earned, and an error where nothing was.
func TestGrade(t *testing.T) {
	holds := model.Verdict{Property: "race-free", Holds: true, Complete: true}
	open := model.Verdict{Property: "joined", Holds: true}
	fails := model.Verdict{Property: "outcome n==2"}
	idle := model.Verdict{Property: "no-overlap f", Holds: true, Complete: true, Uncalled: []string{"f"}}
	broken := report.Check(model.Pos{Cell: 1, Line: 1}, "outcome n==2", "n = 1", 0)
	for _, c := range []struct {
		name     string
		orders   magic.Cell
		verdicts []model.Verdict
		failure  *report.Report
		result   string // the cell's value
		told     string
		ends     string // the name of its error
	}{
		{"as ever", magic.Cell{}, []model.Verdict{holds, open}, nil, "", "", ""},
		{"as ever, and fails", magic.Cell{}, []model.Verdict{holds, fails}, broken, "", "", report.CheckFailed},
		{"all", magic.Cell{Graded: true}, []model.Verdict{holds, open}, nil, "2", words.CheckPoints("2", "2"), ""},
		{"a part", magic.Cell{Graded: true}, []model.Verdict{holds, fails}, broken, "1", words.CheckPoints("1", "2"), ""},
		{"nothing", magic.Cell{Graded: true}, []model.Verdict{fails}, broken, "", words.CheckPoints("0", "1"), report.CheckFailed},
		{"half", magic.Cell{Graded: true, Unproven: magic.UnprovenIsHalf}, []model.Verdict{holds, open}, nil, "1.5", words.CheckPoints("1.5", "2"), ""},
		{"not proven, a part", magic.Cell{Graded: true, Unproven: magic.UnprovenFails}, []model.Verdict{holds, open}, nil, "1", words.CheckPoints("1", "2"), ""},
		{"not proven", magic.Cell{Graded: true, Unproven: magic.UnprovenFails}, []model.Verdict{open}, nil, "", words.CheckPoints("0", "1"), report.CheckUnproven},
		{"not proven, no points", magic.Cell{Unproven: magic.UnprovenFails}, []model.Verdict{holds, open}, nil, "", "", report.CheckUnproven},
		{"passes", magic.Cell{Unproven: magic.UnprovenPasses}, []model.Verdict{open}, nil, "", "", ""},
		{"never called", magic.Cell{Graded: true}, []model.Verdict{idle, holds}, nil, "1", words.CheckPoints("1", "2"), ""},
		{"only that", magic.Cell{Graded: true}, []model.Verdict{idle}, nil, "0", words.CheckPoints("0", "1"), ""},
	} {
		screen := &graded{}
		cell := &Cell{Screen: screen, Orders: Orders{Cell: c.orders}}
		for range c.verdicts {
			cell.lines, cell.points = append(cell.lines, 1), append(cell.points, 1)
		}
		ends := ""
		if r := cell.grade(&Findings{Verdicts: c.verdicts}, c.failure); r != nil {
			ends = r.Name
		}
		if ends != c.ends || screen.result != c.result || screen.told != c.told {
			t.Errorf("%s: error %q, value %q, told %q", c.name, ends, screen.result, screen.told)
		}
	}
}
