package program

import (
	"context"

	"threading101/kernel/model"
	"threading101/kernel/render/difference"
	"threading101/kernel/render/ink"
	"threading101/kernel/report"
	"threading101/kernel/words"
)

// Maker is a program that can make the run of a token again.
type Maker struct {
	*Program
	Code   string // of the cell it was built from
	Number int    // of that cell
}

// Diff shows two runs side by side: the last two of the last cell, or those with
// two tokens. find gives the program with a hash, nil if there is none any more.
func (c *Cell) Diff(ctx context.Context, find func(code string) *Maker) *report.Report {
	var pair [2]past
	if tokens := c.Orders.Diff; len(tokens) == 2 {
		for i, text := range tokens {
			var r *report.Report
			if pair[i], r = c.runOf(ctx, text, find); r != nil {
				return r
			}
		}
	} else {
		var ok bool
		if pair[0], pair[1], ok = c.Session.runs.lastTwo(); !ok {
			return c.refuse("diff", words.DiffNoRuns, words.DiffNoRunsHint)
		}
	}
	b := pair[1].run
	a := c.Session.aligned(pair[0].run, pair[0].number, b, pair[1].number)
	if a.Mode != b.Mode && (a.Mode == model.Controlled || b.Mode == model.Controlled) {
		return c.refuse("diff", words.DiffOtherScheme, "")
	}
	c.Screen.Display(difference.Bundle(a, b, ink.Paper{}))
	return nil
}

// runOf returns the run with that token: as it is remembered, or made once more
// by a program of its code.
func (c *Cell) runOf(ctx context.Context, text string, find func(code string) *Maker) (past, *report.Report) {
	token, r := c.readToken(text, "diff")
	if r != nil {
		return past{}, r
	}
	if known, ok := c.Session.runs.ofToken(token.String()); ok {
		return known, nil
	}
	maker := find(token.Code)
	if maker == nil {
		return past{}, c.refuse("diff", words.DiffUnknown(text), words.DiffGoneHint)
	}
	o, err := maker.Remake(ctx, &token, c.Stop)
	switch {
	case c.Stop.Interrupted():
		return past{}, report.Stopped()
	case err != nil:
		return past{}, report.Broken(words.RunFailed(err))
	case o.Execution == nil || o.Parted >= 0:
		return past{}, c.refuse("diff", words.DiffStrayed(text), sentences(o.Notes))
	}
	return past{maker.Code, maker.Number, o.Execution, 0}, nil
}
