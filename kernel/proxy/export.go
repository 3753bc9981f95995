package proxy

import (
	"context"
	"errors"
	"os"
	"strings"

	"threading101/kernel/export"
	"threading101/kernel/live"
	"threading101/kernel/model"
	"threading101/kernel/report"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// triesInCell is how often a program is run that a cell has written, before it is shown.
const triesInCell = 3

// export writes the run of a token, or the last one, as a program of its own.
func (e *execution) export(ctx context.Context) *report.Report {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	e.stop.Resume()
	if !e.stop.Begin(cancel) {
		return report.Stopped()
	}
	defer e.stop.Idle()
	token, r := e.tokenToExport(e.cell.Export.Token)
	if r != nil {
		return r
	}
	made := e.p.programs.ofCode(token.Code)
	if made == nil {
		return e.cell.Misused("export", words.ExportUnknown(token.String()), words.ExportUnknownHint)
	}
	o, err := e.p.programs.maker(token.Code).Remake(ctx, &token, &e.stop)
	switch {
	case e.stop.Interrupted():
		return report.Stopped()
	case err != nil:
		return report.Broken(words.RunFailed(err))
	case o.Execution == nil || o.Parted >= 0:
		return e.cell.Misused("export", words.ExportStrayed, "")
	}
	return e.exported(ctx, made, o)
}

// tokenToExport is the one that was given, or that of the run made last.
func (e *execution) tokenToExport(text string) (sched.Token, *report.Report) {
	if text == "" {
		text = e.p.cells.LastToken()
	}
	if text == "" {
		return sched.Token{}, e.cell.Misused("export", words.NothingToRun("export"), words.NothingToRunHint)
	}
	token, err := sched.ParseToken(text)
	switch {
	case errors.Is(err, sched.ErrVersion):
		return token, e.cell.Misused("export", words.TokenVersion(token.Version, sched.TokenVersion), "")
	case err != nil:
		return token, e.cell.Misused("export", words.TokenMangled(text), "")
	}
	return token, nil
}

// exported shows the program, or writes it to a file. Where a run is no program, it says
// why, and writes it as a page.
func (e *execution) exported(ctx context.Context, made *remembered, o *run.Result) *report.Report {
	text, err := export.File(export.Program{Name: "main.go", Title: words.ExportCells, Text: made.main, Sites: made.built.Sites}, o.Execution)
	if err == nil {
		err = export.Try(ctx, export.Trial{
			GoTool: e.p.cfg.Go, Dir: made.request.Dir, Args: made.call.Args, Times: triesInCell,
			Want: export.Ending{Stdout: o.Stdout, Exit: o.Exit},
		}, text)
	}
	var cannot *export.Error
	switch file := e.cell.Export.File; {
	case e.stop.Interrupted():
		return report.Stopped()
	case errors.As(err, &cannot):
		return e.asPage(cannot, o)
	case err != nil:
		return report.Broken(words.RunFailed(err))
	case file == "":
		e.cell.Tell(string(text))
	default:
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return report.Broken(words.RunFailed(err))
		}
		e.cell.Tell(words.Exported(file, triesInCell))
	}
	return nil
}

func (e *execution) asPage(why *export.Error, o *run.Result) *report.Report {
	e.cell.Tell(words.ExportCannot(why.Reason))
	name := strings.TrimSuffix(e.cell.Export.File, ".go") + ".html"
	if e.cell.Export.File == "" {
		e.cell.Tell(words.ExportPageInCell)
		return nil
	}
	page := live.Shown{Run: o.Execution, Source: func(pos model.Pos) string { return e.p.memory.Source(pos.Cell) }}
	if err := os.WriteFile(name, page.Page(), 0o644); err != nil {
		return report.Broken(words.RunFailed(err))
	}
	e.cell.Tell(words.ExportPage(name))
	return nil
}
