package databases

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"threading101/kernel/cli"
	"threading101/kernel/event"
	"threading101/kernel/render/picture"
	"threading101/kernel/words"
)

// TestStuck builds the program once, and has one server for all.
func TestStuck(t *testing.T) {
	p := open(t, "stuck")
	t.Run("told", p.stuckTold)
	t.Run("limits", p.limits)
	t.Run("pool", p.pool)
	t.Run("cancelled", p.cancelled)
}

// stuckTold: a deadlock of statements was told in words about channels: "nobody is left
// to send to it or close it".
func (p *program) stuckTold(t *testing.T) {
	for program, want := range map[string]string{
		"own": "main has locked account 1 in a transaction (line 43). Its statement at line 44 is not part of that transaction, " +
			"and waits for it to end: main waits for itself.",
		"left":        "func 2 waits at line 59 for account 1: func 1 has locked it (line 54) and returned without Commit or Rollback.",
		"transaction": "main waits at line 87 for a connection to the database: all that SetMaxOpenConns allows are in use, and nobody can give one back any more.",
		"rows":        "main waits at line 95 for a connection to the database: all that SetMaxOpenConns allows are in use, and nobody can give one back any more.",
	} {
		t.Setenv("CASE", program)
		if got := p.run(t, "-seed", "1"); !strings.Contains(got, want) {
			t.Errorf("%s: want %q in\n%s", program, want, got)
		}
	}
	t.Setenv("CASE", "mixed")
	for _, o := range p.explore(t, enough).Outcomes {
		if o.Status != "deadlock" {
			continue
		}
		got := p.run(t, "-replay", o.Token)
		if !strings.Contains(got, "holds mu") || !strings.Contains(got, "and waits for account 1 at") || !strings.Contains(got, "holds account 1") || !strings.Contains(got, ": neither can go on.") {
			t.Errorf("a circle of a mutex and a row is told as\n%s", got)
		}
		return
	}
	t.Error("mixed: no deadlock was found")
}

// limits: who waits with a time limit is in no deadlock, and the search that finds how it
// ends has not tried every moment.
func (p *program) limits(t *testing.T) {
	for program, want := range map[string]string{
		"lock-timeout": "ERROR: canceling statement due to lock timeout (SQLSTATE 55P03)\n",
		"idle-timeout": "<nil>\n",
	} {
		t.Setenv("CASE", program)
		var run picture.Run
		if err := json.Unmarshal(p.cli(t, "run", "-json", "-seed", "1"), &run); err != nil {
			t.Fatal(err)
		}
		if run.Stdout != want || run.Status != "ok" || !strings.Contains(strings.Join(run.Uncontrolled, "\n"), words.UncontrolledMet(event.LooseLimit)) {
			t.Errorf("%s: ends with %s, prints %q, want %q; %q", program, run.Status, run.Stdout, want, run.Uncontrolled)
		}
		if got := p.explore(t, "2s"); got.Complete || got.Deadlocks > 0 || !strings.Contains(strings.Join(got.Uncontrolled, "\n"), "a context or a time limit") {
			t.Errorf("%s: complete: %v, deadlocks: %v, %q", program, got.Complete, got.Deadlocks, got.Uncontrolled)
		}
	}
}

// pool: to begin a transaction takes a connection, which others may wait for. A search in
// which it was no step found the deadlock alone.
func (p *program) pool(t *testing.T) {
	t.Setenv("CASE", "pool")
	got := p.explore(t, enough)
	ends := map[string]bool{}
	for _, o := range got.Outcomes {
		ends[o.Status] = true
	}
	if !got.Complete || len(got.Uncontrolled) > 0 || !ends["ok"] || !ends["deadlock"] {
		t.Errorf("complete: %v, %q; ends: %v", got.Complete, got.Uncontrolled, ends)
	}
}

// cancelled: the library rolled back on a connection that was already the next run's, and
// the driver panicked: "BUG: slow write timer already active".
func (p *program) cancelled(t *testing.T) {
	t.Setenv("CASE", "cancel")
	got := p.explore(t, "3s")
	if got.Stopped != "" || len(got.Outcomes) != 1 || got.Outcomes[0].Value != "true\n" {
		t.Errorf("ended early: %q, outcomes: %+v", got.Stopped, got.Outcomes)
	}
}

// run runs the command line for people, who may meet a deadlock, and returns what they see
// of it, in one line.
func (p *program) run(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	cli.Run(cli.Env{Runtime: os.DirFS(p.source), Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Builder: p.builder}, append(append([]string{"run"}, args...), p.dir))
	return strings.Join(strings.Fields(out.String()), " ")
}
