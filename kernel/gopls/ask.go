package gopls

import (
	"context"
	"strings"
)

// Position is a place in a cell: Line from 0, Col in bytes of that line.
type Position struct{ Line, Col int }

// Cell is what is asked about.
type Cell struct {
	Text     string
	Declared string // all other declarations, without a package clause

	// Above and Below stand around the text if that is statements: those of the cells
	// before, and what is open; "" if it is declarations.
	Above, Below string
}

// Completion is what may stand at a place.
type Completion struct {
	Matches []string // whole texts
	Start   int      // column, in bytes, of the text they replace; it ends at the place asked for
}

// Complete tells what may stand before the cursor at a place of the cell.
func (s *Server) Complete(ctx context.Context, cell Cell, at Position) (Completion, error) {
	live, view, err := s.show(ctx, cell)
	if err != nil {
		return Completion{}, err
	}
	defer s.give()
	var list struct {
		Items []item `json:"items"`
	}
	if err := live.ask(ctx, "textDocument/completion", live.at(view, at), &list); err != nil {
		return Completion{}, err
	}
	return view.completion(list.Items, at), nil
}

// item is a CompletionItem of the protocol.
type item struct {
	Label    string `json:"label"`
	TextEdit *struct {
		Range   span   `json:"range"`
		NewText string `json:"newText"`
	} `json:"textEdit"`
}

type span struct {
	Start spot `json:"start"`
	End   spot `json:"end"`
}

// spot is a Position of the protocol: Character counts UTF-16 code units.
type spot struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// completion keeps the items that replace the same text, which ends at the cursor:
// Jupyter knows no others.
func (v view) completion(items []item, at Position) Completion {
	c := Completion{Start: -1}
	for _, it := range items {
		if it.TextEdit == nil || strings.Contains(it.TextEdit.NewText, "\n") {
			continue
		}
		r := it.TextEdit.Range
		start := v.bytes(r.Start)
		if r.Start.Line != v.line(at.Line) || r.End != v.spot(at) || c.Start >= 0 && start != c.Start {
			continue
		}
		c.Start = start
		c.Matches = append(c.Matches, it.TextEdit.NewText)
	}
	return c
}

// Hover describes, in Markdown, what stands at a place of the cell; "" if there
// is nothing to say.
func (s *Server) Hover(ctx context.Context, cell Cell, at Position) (string, error) {
	live, view, err := s.show(ctx, cell)
	if err != nil {
		return "", err
	}
	defer s.give()
	var answer struct {
		Contents struct {
			Value string `json:"value"`
		} `json:"contents"`
	}
	err = live.ask(ctx, "textDocument/hover", live.at(view, at), &answer)
	return answer.Contents.Value, err
}

// show lets gopls see the cell; the turn is ours then, until give.
func (s *Server) show(ctx context.Context, cell Cell) (*session, view, error) {
	live, err := s.take(ctx)
	if err != nil {
		return nil, view{}, err
	}
	v := newView(cell)
	changed, err := s.writeModule()
	if err == nil {
		err = live.changed(changed)
	}
	if err == nil {
		err = live.put(declaredFile, v.declared)
	}
	if err == nil {
		err = live.put(cellFile, v.text)
	}
	if err != nil {
		s.give()
		return nil, view{}, err
	}
	return live, v, nil
}

func (s *Server) give() { s.turn <- struct{}{} }

func (l *session) at(v view, at Position) map[string]any {
	return map[string]any{"textDocument": map[string]any{"uri": l.uri(cellFile)}, "position": v.spot(at)}
}
