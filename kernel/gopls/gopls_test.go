package gopls

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"threading101/kernel/build/buildtest"
)

// server is a real gopls, of the version go.mod names.
func server(t *testing.T) *Server {
	t.Helper()
	path, err := buildtest.Tool("..", "gopls")
	if err != nil {
		t.Fatalf("building gopls: %v", err)
	}
	s := New(Config{Path: path, Dir: t.TempDir(), Logf: t.Logf})
	t.Cleanup(s.Close)
	return s
}

func patience(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// cursor takes the mark | out of a cell and says where it was.
func cursor(t *testing.T, marked string) (string, Position) {
	t.Helper()
	before, after, ok := strings.Cut(marked, "|")
	if !ok {
		t.Fatalf("no cursor in %q", marked)
	}
	line := strings.Count(before, "\n")
	return before + after, Position{line, len(before) - strings.LastIndex(before, "\n") - 1}
}

func TestComplete(t *testing.T) {
	s := server(t)
	const declared = "import (\n\t\"math/rand\"\n)\ntype account struct {\n\tbalance int\n}\nfunc (a *account) deposit(n int) { a.balance += n }\nfunc transfer() {}\n"
	for _, one := range []struct{ cell, want string }{
		{"%%\nfmt.Printl|", "Println"},
		{"func main() {\n\tfmt.Printl|\n}", "Println"},
		{"func main() {\n\tvar a account\n\ta.dep|\n}", "deposit"},
		{"%%\n\"é𝄞\"; trans|", "transfer"},
		{"%%\nrand.Int|", "Intn"},
		{"func transfer(a int) {}\nfunc main() {\n\tvar wg sync.WaitGroup\n\twg.Wa|\n}", "Wait"},
		{"!echo hello\n%%\nvar a account\na.bal|", "balance"},
	} {
		cell, at := cursor(t, one.cell)
		c, err := s.Complete(patience(t), Cell{Text: cell, Declared: declared}, at)
		if err != nil || !slices.Contains(c.Matches, one.want) {
			t.Errorf("%q: %+v, %v", one.cell, c, err)
			continue
		}
		line := strings.Split(cell, "\n")[at.Line]
		if typed := line[c.Start:at.Col]; !strings.HasPrefix(one.want, typed) || typed == "" {
			t.Errorf("%q: replaces %q", one.cell, typed)
		}
	}
	if !s.Up() {
		t.Error("not up after all this")
	}
}

func TestHover(t *testing.T) {
	s := server(t)
	for _, one := range []struct{ cell, want string }{
		{"%%\nfmt.Print|ln", "formats using the default formats"},
		{"%%\ntrans|fer()", "moves money"},
		{"var mu sync.Mut|ex", "mutual exclusion lock"},
	} {
		cell, at := cursor(t, one.cell)
		text, err := s.Hover(patience(t), Cell{Text: cell, Declared: "// transfer moves money.\nfunc transfer() {}\n"}, at)
		if err != nil || !strings.Contains(text, one.want) {
			t.Errorf("%q: %q, %v", one.cell, text, err)
		}
	}
}

// Statements know the variables of the cells before, also while they are no Go yet.
func TestStatements(t *testing.T) {
	s := server(t)
	around := Cell{
		Declared: "type worker struct{}\nfunc (w *worker) Start() {}\n",
		Above:    "func main() {\na, text := &worker{}, strings.ToUpper(`é𝄞`)\nconst t101cell1 = 0; _, _ = a, text\n{\n", Below: "}\n}\n",
	}
	for _, one := range []struct{ cell, want string }{
		{"a.|", "Start"}, {"a.St|", "Start"}, {"te|", "text"}, {"for {\n\ta.S|\n}", "Start"}, {"a := 1\na.S|", ""}, {"fmt.Printl|", "Println"},
	} {
		cell, at := cursor(t, one.cell)
		asked := around
		asked.Text = cell
		c, err := s.Complete(patience(t), asked, at)
		if err != nil || one.want != "" && !slices.Contains(c.Matches, one.want) || one.want == "" && len(c.Matches) > 0 {
			t.Errorf("%q: %+v, %v", one.cell, c, err)
		}
	}
	asked := around
	asked.Text = "\ntext"
	if told, err := s.Hover(patience(t), asked, Position{1, 1}); err != nil || !strings.Contains(told, "var text string") {
		t.Errorf("%q, %v", told, err)
	}
}

// TestRest: gopls ends when nobody asks, and comes back when somebody does.
func TestRest(t *testing.T) {
	s := server(t)
	cell, at := cursor(t, "%%\nfmt.Printl|")
	for range 2 {
		if c, err := s.Complete(patience(t), Cell{Text: cell}, at); err != nil || len(c.Matches) == 0 {
			t.Fatalf("%+v, %v", c, err)
		}
		s.mu.Lock()
		live := s.live
		s.mu.Unlock()
		s.rest()
		select {
		case <-live.gone:
		case <-patience(t).Done():
			t.Fatal("gopls does not end")
		}
		if s.Up() {
			t.Error("up after its end")
		}
	}
}

func TestNobodyWaitsForWhatIsNotThere(t *testing.T) {
	for _, path := range []string{"", "/no/such/gopls"} {
		s := New(Config{Path: path, Dir: t.TempDir()})
		if _, err := s.Complete(patience(t), Cell{Text: "x"}, Position{}); err == nil {
			t.Errorf("%q: an answer", path)
		}
		s.Close()
	}
}
