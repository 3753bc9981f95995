package databases

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/build"
	"threading101/kernel/build/buildtest"
	"threading101/kernel/cli"
	"threading101/kernel/event"
	"threading101/kernel/postgres"
	"threading101/kernel/postgres/postgrestest"
	"threading101/kernel/render/found"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// answers has for each case of testdata/bank how many interleavings there are, and how
// many of them end so. An order in which a statement would have to be sent by who waits
// is none: there are 20 of 2 × 3 statements where nobody waits, and 14 where the second
// update waits for the first one's COMMIT.
var answers = []struct {
	program string
	all     string
	ends    map[string]string
}{
	{"lost pgx rc", "14", map[string]string{"110 100\n": "6", "120 100\n": "6", "130 100\n": "2"}},
	{"lost pgx rr", "14", map[string]string{"refused 2\n110 100\n": "6", "refused 1\n120 100\n": "6", "130 100\n": "2"}},
	{"lost pgx ser retry", "14", map[string]string{"130 100\n": "14"}},
	{"locked pgx rc", "6", map[string]string{"130 100\n": "6"}},
	{"update pgx rc", "2", map[string]string{"130 100\n": "2"}},
	{"skew pgx rr", "20", map[string]string{"-50 -50\n": "18", "-50 100\n": "1", "100 -50\n": "1"}},
	{"skew pgx ser", "20", map[string]string{"refused 1\n100 -50\n": "9", "refused 2\n-50 100\n": "9", "-50 100\n": "1", "100 -50\n": "1"}},
	{"reread pgx rc", "5", map[string]string{"read 100 90\n90 100\n": "1", "read 100 100\n90 100\n": "3", "read 90 90\n90 100\n": "1"}},
	{"reread pgx rr", "5", map[string]string{"read 100 100\n90 100\n": "4", "read 90 90\n90 100\n": "1"}},
	{"circle pgx rc", "16", map[string]string{"refused 1\n101 101\n": "6", "refused 2\n101 101\n": "6", "102 102\n": "4"}},
	{"prepared pgx rc", "14", map[string]string{"130 100\n": "14"}},
	{"lost sqlite none", "50", map[string]string{
		"refused 1\n120 100\n": "15", "refused 2\n110 100\n": "15", "130 100\n": "2",
		"refused 1\nrefused 2\n100 100\n": "9", "refused 2\nrefused 1\n100 100\n": "9",
	}},
	{"immediate sqlite none", "12", map[string]string{"refused 1\n120 100\n": "5", "refused 2\n110 100\n": "5", "130 100\n": "2"}},
}

// TestBank builds the program once, and has one server for all.
func TestBank(t *testing.T) {
	p := open(t, "bank")
	t.Run("answers", p.answers)
	t.Run("waits", p.waits)
	t.Run("modes", p.modes)
	t.Run("unseen", p.unseen)
	t.Run("slow", p.slow)
}

// unseen: what is done to a database past the methods that are known is no step, and a
// value that a database makes up is decided by no schedule. A search that meets either has
// not tried everything, and a run says so.
func (p *program) unseen(t *testing.T) {
	for program, want := range map[string]string{"unseen pgx rc": "something was done to a database", "stamp pgx rc": "now() in a statement (main.go:"} {
		t.Setenv("CASE", program)
		got := p.explore(t, "8s") // it is used up: a search that is not complete goes on
		if got.Complete || !strings.Contains(strings.Join(got.Uncontrolled, "\n"), want) {
			t.Errorf("%s: complete: %v, %q", program, got.Complete, got.Uncontrolled)
		}
		if run := p.replay(t, got.Outcomes[0].Token); program == "stamp pgx rc" && !slices.Contains(run.Uncontrolled, words.UncontrolledMet(event.LooseMadeUp)) {
			t.Errorf("the run has %q", run.Uncontrolled)
		}
	}
}

// answers explores every case, and makes a run of each end again.
func (p *program) answers(t *testing.T) {
	for _, want := range answers {
		t.Run(want.program, func(t *testing.T) {
			t.Setenv("CASE", want.program)
			got := p.explore(t, enough)
			if !got.Complete || number(got.Interleavings) != want.all || len(got.Uncontrolled) > 0 {
				t.Errorf("complete: %v, interleavings %s, want %s; %q", got.Complete, number(got.Interleavings), want.all, got.Uncontrolled)
			}
			ends := map[string]string{}
			for _, o := range got.Outcomes {
				ends[o.Value] = number(o.Interleavings)
				run := p.replay(t, o.Token)
				if run.Stdout != o.Value || run.Status != o.Status {
					t.Errorf("the run of %s prints %q, want %q", o.Token, run.Stdout, o.Value)
				}
				told(t, strings.Fields(want.program), &run)
			}
			if len(ends) != len(want.ends) {
				t.Errorf("ends: %q", ends)
			}
			for value, n := range want.ends {
				if ends[value] != n {
					t.Errorf("%q in %s interleavings, want %s", value, ends[value], n)
				}
			}
		})
	}
}

// waits looks at a run in which a statement waits: for whom is said, and what it was
// let go by; made again it is the same, byte for byte.
func (p *program) waits(t *testing.T) {
	t.Setenv("CASE", "circle pgx rc")
	got := p.explore(t, enough)
	for _, o := range got.Outcomes {
		if !strings.HasPrefix(o.Value, "refused 2") {
			continue
		}
		first, again := p.cli(t, "run", "-json", "-replay", o.Token), p.cli(t, "run", "-json", "-replay", o.Token)
		if !bytes.Equal(first, again) {
			t.Errorf("the run again is another one:\n%s\n%s", first, again)
		}
		run := p.replay(t, o.Token)
		waits := func(e picture.RunEvent) bool { return e.Op == "sql-want" }
		refused := func(e picture.RunEvent) bool {
			return e.Op == "sql" && strings.Contains(e.Value, "➜ 40P01 deadlock detected")
		}
		i, j := slices.IndexFunc(run.Events, waits), slices.IndexFunc(run.Events, refused)
		if i < 0 || j < 0 {
			t.Fatalf("nobody waits, or nobody is refused:\n%s", first)
		}
		if w, r := run.Events[i], run.Events[j]; w.Goroutine != "main.1" || w.Partner != "main.2" || w.Wants != "account 2" || r.Goroutine != "main.2" {
			t.Errorf("%+v waits, %+v is refused", w, r)
		} else if freed := []picture.RunRow{{Row: "account 2", Goroutine: "main.2", Freed: true}, {Row: "account 2", Goroutine: "main.1"}}; !slices.Equal(r.Rows, freed) {
			t.Errorf("the refusal changes %+v, want %+v", r.Rows, freed)
		}
		goesOn := slices.IndexFunc(run.Events, func(e picture.RunEvent) bool {
			return e.Goroutine == "main.1" && e.Step > run.Events[j].Step && e.Op == "sql"
		})
		if e := run.Events[goesOn]; e.Partner != "main.2" || e.Sees != run.Events[i].Step {
			t.Errorf("%+v goes on", e)
		}
		if len(run.Transactions) != 2 || run.Transactions[0].How == run.Transactions[1].How || run.Transactions[0].End == 0 {
			t.Errorf("transactions: %+v", run.Transactions)
		}
		return
	}
	t.Errorf("no run in which the second is refused: %+v", got)
}

// told checks what a run says that the database has said: which world statements see, by
// the level of their transactions, and that no row, or file, is locked by two, or in the end.
func told(t *testing.T, program []string, run *picture.Run) {
	t.Helper()
	held, first, changed := map[string]string{}, map[int]int{}, false
	for _, e := range run.Events {
		for _, r := range e.Rows {
			if changed = true; r.Freed != (held[r.Row] == r.Goroutine) || !r.Freed && held[r.Row] != "" {
				t.Errorf("step %d: %+v, and it is %q that has it locked", e.Step, r, held[r.Row])
			}
			if held[r.Row] = r.Goroutine; r.Freed {
				delete(held, r.Row)
			}
		}
		if e.Sees == 0 {
			continue
		}
		in := slices.IndexFunc(run.Transactions, func(d picture.RunTransaction) bool {
			return d.Goroutine == e.Goroutine && d.Begin < e.Step && e.Step <= d.End
		})
		if in < 0 {
			t.Errorf("step %d sees step %d, and is in no transaction: %+v", e.Step, e.Sees, run.Transactions)
		} else if first[in] == 0 || program[2] == "rc" && e.Partner == "" {
			first[in] = e.Step
		}
		if program[2] != "rc" && e.Sees != first[in] || program[2] == "rc" && e.Sees != e.Step && e.Partner == "" {
			t.Errorf("%s: step %d sees step %d, and its transaction step %d", program[2], e.Step, e.Sees, first[in])
		}
	}
	for _, d := range run.Transactions {
		ends := slices.IndexFunc(run.Events, func(e picture.RunEvent) bool { return e.Step == d.End && e.Op == "sql" })
		if ends < 0 {
			t.Fatalf("%+v ends with no statement", d)
		}
		value := run.Events[ends].Value
		refused := strings.Contains(value, "➜ 40") || strings.Contains(value, "SQLITE_BUSY")
		if (d.How == "refused") != refused || (d.How == "commits") != (strings.HasPrefix(value, "COMMIT") && !refused) {
			t.Errorf("%+v does not end so", d)
		}
	}
	if alone := program[0] == "update" || program[0] == "reread" || program[1] == "sqlite" && strings.Contains(run.Stdout, "refused"); len(held) > 0 || !changed && !alone || len(run.Transactions) < 2 && !alone {
		t.Errorf("in the end %v is locked; something was: %v; transactions: %+v", held, changed, run.Transactions)
	}
}

// modes: a row that two have locked to share it, in a table without a key, and a table that
// is locked as a whole.
func (p *program) modes(t *testing.T) {
	t.Setenv("CASE", "modes pgx rc")
	var run picture.Run
	if err := json.Unmarshal(p.cli(t, "run", "-json", "-seed", "1"), &run); err != nil {
		t.Fatal(err)
	}
	held, shared := map[picture.RunRow]bool{}, 0
	var turns []int // the steps in which the table is locked as a whole, and free again
	for _, e := range run.Events {
		for _, r := range e.Rows {
			freed := r.Freed
			if r.Row == "account" {
				turns = append(turns, e.Step)
			}
			if r.Freed = false; held[r] == !freed {
				t.Errorf("step %d: %+v, freed: %v", e.Step, r, freed)
			}
			if held[r] = !freed; freed {
				delete(held, r)
			}
			one, two := picture.RunRow{Row: "account 1", Goroutine: "main.1"}, picture.RunRow{Row: "account 1", Goroutine: "main.2"}
			if held[one] && held[two] {
				shared++
			}
		}
	}
	if shared == 0 || len(held) > 0 {
		t.Errorf("shared %d times, and in the end %v is locked", shared, held)
	}
	if len(turns) != 2 || turns[1] != turns[0]+2 {
		t.Errorf("locked as a whole and free again in steps %v: from LOCK past UPDATE to COMMIT are two", turns)
	}
}

// program is one of testdata, with a server.
type program struct {
	builder *build.Builder
	source  string
	dir     string
}

func open(t *testing.T, name string) *program {
	t.Helper()
	source, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	p := &program{source: source, dir: filepath.Join(t.TempDir(), name)}
	if err := os.CopyFS(p.dir, os.DirFS(filepath.Join("testdata", name))); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"learner.mod": "go.mod", "learner.sum": "go.sum"} { // as learners have them
		text, err := os.ReadFile(filepath.Join(source, "build", "modules", from))
		if err == nil {
			err = os.WriteFile(filepath.Join(p.dir, to), text, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if p.builder, err = buildtest.New(source, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATABASE_URL", server(t, filepath.Join(source, "..", "bin")).URL())
	t.Chdir(t.TempDir()) // where SQLite's file lies
	return p
}

func server(t *testing.T, beside string) *postgres.Server {
	t.Helper()
	installed, err := postgres.Find(beside)
	if err != nil {
		postgrestest.Missing(t, err)
	}
	s, err := postgres.Start(context.Background(), postgres.Config{Installation: installed, Dir: postgrestest.Folder(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

// cli runs the command line.
func (p *program) cli(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, errors bytes.Buffer
	code := cli.Run(cli.Env{
		Runtime: os.DirFS(p.source), Stdin: strings.NewReader(""), Stdout: &out, Stderr: io.MultiWriter(&errors), Builder: p.builder,
	}, append(args, p.dir))
	if code != 0 {
		t.Fatalf("%q: exit status %d\n%s%s", args, code, out.Bytes(), errors.Bytes())
	}
	return out.Bytes()
}

// enough is far more than a search takes that tries everything.
const enough = "60s"

func (p *program) explore(t *testing.T, budget string) (got found.Check) {
	t.Helper()
	if err := json.Unmarshal(p.cli(t, "explore", "-json", "-budget", budget), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func (p *program) replay(t *testing.T, token string) (got picture.Run) {
	t.Helper()
	if err := json.Unmarshal(p.cli(t, "run", "-json", "-replay", token), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func number(n *string) string {
	if n == nil {
		return "unknown"
	}
	return *n
}
