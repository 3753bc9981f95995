package hint

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/explore/property"
	"threading101/kernel/model"
	"threading101/kernel/render/rendertest"
	"threading101/kernel/words/finding"
)

// kinds are the names of all kinds of explanations, as package finding declares them.
func kinds(t *testing.T) (all []string) {
	t.Helper()
	for _, file := range []string{"kinds.go", "hint.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), "../words/finding/"+file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(v.Names[0].Name, "Kind") {
				s, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				all = append(all, s)
			}
			return true
		})
	}
	return all
}

// TestEachKindHasHints: whatever a run is explained by, and whatever a property fails
// with, has something missing and something to write.
func TestEachKindHasHints(t *testing.T) {
	known := kinds(t)
	for _, kind := range known {
		if row := finding.HintsOfKind[kind]; row.Missing == "" || row.Write == "" {
			t.Errorf("no hints for %q", kind)
		}
	}
	for kind := range finding.HintsOfKind {
		if !slices.Contains(known, kind) {
			t.Errorf("hints for %q, which is no kind", kind)
		}
	}
	for _, name := range property.Names() {
		if len(relevant[name]) == 0 {
			t.Errorf("%s fails with no kind", name)
		}
	}
}

func situation(t *testing.T, name string) *model.Execution {
	t.Helper()
	i := slices.IndexFunc(rendertest.All, func(s rendertest.Situation) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("no %s", name)
	}
	return rendertest.All[i].Make()
}

// Each hint says more than the one before, in the program's own names and lines.
func TestOfCheck(t *testing.T) {
	ex := situation(t, "lost-update")
	kind, hints := OfCheck("outcome n==2", ex)
	if kind != finding.KindLostUpdate || len(hints) != Levels {
		t.Fatalf("%s %q", kind, hints)
	}
	for i, parts := range [][]string{{"steps ", "the lanes of A and B"}, {"A reads n"}, {"mu.Lock()", "line 4", "uses n"}} {
		for _, part := range parts {
			if !strings.Contains(hints[i], part) {
				t.Errorf("hint %d does not say %q: %s", i+1, part, hints[i])
			}
		}
	}
	if strings.Contains(hints[0], "Lock") || strings.Contains(hints[0], "lost") {
		t.Errorf("the first hint says too much: %s", hints[0])
	}
}

// Whatever a run is and whatever it violates, there are three sentences without a gap.
func TestOfCheckOfAll(t *testing.T) {
	gap := regexp.MustCompile(`[{}]|  |%!|, \.|at \.`)
	for _, s := range rendertest.All {
		ex := s.Make()
		for _, name := range property.Names() {
			kind, hints := OfCheck(name+" x", ex)
			if len(ex.Goroutines) == 0 {
				continue
			}
			if len(hints) != Levels || kind == "" {
				t.Fatalf("%s, %s: %q", s.Name, name, hints)
			}
			for _, h := range hints {
				if strings.ContainsAny(h, "\n\x1b") || gap.MatchString(h) && s.Name != "hostile" || len(h) > 1000 {
					t.Errorf("%s, %s: %q", s.Name, name, h)
				}
			}
		}
	}
}

// A circle of locks has other hints than a wait that nobody ends.
func TestOfDeadlock(t *testing.T) {
	circle := map[string]bool{}
	for _, s := range rendertest.All {
		ex := s.Make()
		if ex.Status != model.Deadlock || !slices.ContainsFunc(explain.Kinds(ex), func(k explain.Kind) bool { return k.Name == finding.KindDeadlock }) {
			continue
		}
		_, hints := OfCheck("deadlock-free", ex)
		circle[s.Name] = strings.Contains(hints[1], "different orders")
	}
	if !circle["controlled-deadlock"] || circle["thousand-blocked"] {
		t.Errorf("two locks are no circle: %v", circle)
	}
}

func TestNothingToGoBy(t *testing.T) {
	for _, ex := range []*model.Execution{nil, {}} {
		if kind, hints := OfCheck("race-free", ex); kind != "" || hints != nil {
			t.Errorf("%s %q", kind, hints)
		}
	}
	s := rendertest.NewScript(model.Real, 2)
	s.Do(0, event.End, -1, 2, "")
	if _, hints := OfCheck("mystery", s.Done(model.OK)); hints != nil {
		t.Errorf("%q", hints)
	}
}

func TestOfError(t *testing.T) {
	for _, c := range []struct{ message, advice, missing, write string }{
		{"undefined: lokc", "", "lokc", "Declare lokc"},
		{"declared and not used: x", "Use it, or delete it.", "nobody ever reads", "Use it, or delete it."},
		{"cannot use n (variable of type int) as string value in argument to f", "", "string", "string(…)"},
		{"expected '}', found 'EOF'", "", "expected '}'", "missing"},
		{"a message that nobody foresaw", "", "no longer understands", "smaller steps"},
		{"\x1b[31mundefined: \xff", "", "", ""},
	} {
		hints := OfError("cell 3, line 4", "\tx := 1", c.message, c.advice)
		if len(hints) != Levels || !strings.Contains(hints[0], "cell 3, line 4") || !strings.Contains(hints[0], "x := 1") {
			t.Errorf("%s: %q", c.message, hints)
		}
		if !strings.Contains(hints[1], c.missing) || !strings.Contains(hints[2], c.write) || strings.Contains(strings.Join(hints, ""), "\x1b") {
			t.Errorf("%s: %q", c.message, hints)
		}
	}
}
