package proxy

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/jupyter"
)

func (c *client) complete(code string) (matches []string, start, end int) {
	c.t.Helper()
	r := c.await(c.ask(jupyter.Shell, "complete_request", map[string]any{"code": code, "cursor_pos": len([]rune(code))}))
	for _, m := range r.reply["matches"].([]any) {
		matches = append(matches, m.(string))
	}
	return matches, int(r.reply["cursor_start"].(float64)), int(r.reply["cursor_end"].(float64))
}

func TestCompletion(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	c.ok("type account struct{ balance int }\nfunc (a *account) deposit(n int) { a.balance += n }")
	if len(k.processes("gopls")) > 0 {
		t.Error("gopls runs before anybody asked")
	}
	if m, start, end := c.complete("var é int\n%pict"); !slices.Contains(m, "%picture") || start != 10 || end != 15 {
		t.Errorf("our words: %v %d %d", m, start, end)
	}
	if m, start, _ := c.complete("%check race-free dead"); !slices.Equal(m, []string{"deadlock-free"}) || start != 17 {
		t.Errorf("properties: %v %d", m, start)
	}
	if m, _, _ := c.complete("//t101:check "); len(m) < 8 || m[0] != "deadlock-free" {
		t.Errorf("all properties: %v", m)
	}
	// While a cell runs, too. The first answers are empty: gopls starts.
	cell := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	c.awaitText(cell, "looping")
	for _, one := range []struct {
		code, want string
		start      int
	}{
		{"%%\nfmt.Printl", "Println", 7},
		{"%%\nvar é account\né.dep", "deposit", 19},
	} {
		until(t, one.want, func() bool {
			m, start, end := c.complete(one.code)
			return slices.Contains(m, one.want) && start == one.start && end == len([]rune(one.code))
		})
	}
	c.interrupt(cell)
	// What it starts is named like it until it becomes the go command.
	until(t, "one process of gopls", func() bool { return len(k.processes("gopls")) == 1 })
}

// TestGoplsLeavesNothingElsewhere: what its go commands leave behind when they are killed
// is in the kernel's own folder.
func TestGoplsLeavesNothingElsewhere(t *testing.T) {
	s := &stage{dir: t.TempDir()}
	env := s.languageEnv(Config{}, "MARK=1")
	for _, name := range []string{"TMPDIR", "GOTMPDIR"} {
		if last := slices.IndexFunc(env, func(v string) bool { return v == name+"="+filepath.Join(s.dir, "tmp") }); last < 0 ||
			slices.ContainsFunc(env[last+1:], func(v string) bool { return strings.HasPrefix(v, name+"=") }) {
			t.Errorf("%s is elsewhere: %q", name, env)
		}
	}
}

// TestGoplsHasACacheOfItsOwn: it is held to little, and an editor's is not.
func TestGoplsHasACacheOfItsOwn(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("GOCACHE", cache)
	s := &stage{dir: t.TempDir()}
	for set, want := range map[string]string{"": filepath.Join(cache, "threading101"), "/elsewhere": "/elsewhere"} {
		t.Setenv(languageCache, set)
		last := ""
		for _, v := range s.languageEnv(Config{}, "MARK=1") {
			if value, ok := strings.CutPrefix(v, languageCache+"="); ok {
				last = value
			}
		}
		if last != want {
			t.Errorf("set to %q: %q", set, last)
		}
	}
}

// The lab opens before gopls is built: until then who asks is told so, and no
// kernel has to be started again afterwards.
func TestGoplsComesLater(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gopls")
	t.Setenv("PROXY_TEST_GOPLS", path)
	c := startKernel(t).client()
	c.ok("// greet says hello.\nfunc greet(who string) {}")
	if got := c.inspect("fmt.Println"); !contains(got, "not ready yet") {
		t.Errorf("without gopls: %s", got)
	}
	if m, _, _ := c.complete("%%\nfmt.Printl"); len(m) > 0 {
		t.Errorf("without gopls: %v", m)
	}
	if err := os.Symlink(tools.gopls, path); err != nil {
		t.Fatal(err)
	}
	if got := c.inspect("fmt.Println"); !contains(got, "formats") {
		t.Errorf("with gopls: %s", got)
	}
}

// inspect is what stands at the end of a cell, as text.
func (c *client) inspect(code string) string {
	c.t.Helper()
	r := c.await(c.ask(jupyter.Shell, "inspect_request", map[string]any{"code": code, "cursor_pos": len(code), "detail_level": 0}))
	if r.reply["found"] != true {
		c.t.Errorf("%q: %v", code, r.reply)
	}
	return fmt.Sprint(r.reply["data"])
}

func TestInspection(t *testing.T) {
	c := startKernel(t).client()
	c.ok("// greet says hello.\nfunc greet(who string) {}")
	for code, want := range map[string]string{
		"fmt.Println": "formats", "%%\ngreet(\"you\")": "says hello", "%picture on": "%picture", "%%\nvar mu sync.Mutex": "mutual exclusion",
	} {
		if got := c.inspect(code); !contains(got, want) {
			t.Errorf("%q: %s", code, got)
		}
	}
}
