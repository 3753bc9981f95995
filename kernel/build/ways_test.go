package build

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/event"
	"threading101/kernel/instrument/site"
)

// marking is a rewriter that does next to nothing, but takes the recorder in.
func marking(b *Builder, f *file, c *checked, next uint32) ([]byte, []event.Site, []site.Note, error) {
	if f.ast.Name.Name != "main" {
		return f.text, nil, nil, nil
	}
	text := bytes.Replace(f.text, []byte("package main\n"), []byte("package main; import rt__ \"threading101/kernel/rt\"\n"), 1)
	text = bytes.Replace(text, []byte("func main() {"), []byte("func main() { defer rt__.Main(1)();"), 1)
	if !bytes.Contains(text, []byte("rt__.Main")) {
		text = append(text, "\nvar _ = rt__.Main\n"...)
	}
	return text, []event.Site{{Op: event.Go, File: f.path, Line: 1}}, nil, nil
}

// way is the head of a txtar: "name: value" lines after the comment.
func way(comment []byte) map[string]string {
	head := map[string]string{}
	for line := range strings.Lines(string(comment)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && !strings.Contains(name, " ") {
			head[name] = value
		}
	}
	return head
}

// TestWays builds each program directly, with an overlay, with the race
// detector and by the go command alone: all must behave alike.
func TestWays(t *testing.T) {
	files, err := filepath.Glob("testdata/ways/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			testWays(t, archive)
		})
	}
}

func testWays(t *testing.T, archive *txtar.Archive) {
	head := way(archive.Comment)
	if head["needs"] == "cc" && !hasCompiler("gcc", os.Environ()) {
		t.Skip("no C compiler (gcc)")
	}
	root := t.TempDir()
	for _, f := range archive.Files {
		write(t, filepath.Join(root, f.Name), string(f.Data))
	}
	req := Request{
		Dir: filepath.Join(root, head["dir"]), Flags: strings.Fields(head["flags"]), Files: strings.Fields(head["files"]),
		Env: append(os.Environ(), "GOFLAGS="),
	}
	if len(req.Files) == 0 {
		req.Files = nil
	}
	want := byGoCommand(t, req, head)

	b := newBuilder(t)
	b.rewrite = marking
	r := mustBuild(t, b, req)
	if r.way != head["way"] {
		t.Errorf("built by way of %q, want %q; notes %q", r.way, head["way"], r.Notes)
	}
	if recorded := head["recorded"] != "false"; r.Instrumented != recorded || recorded != (len(r.Sites) > 1) {
		t.Errorf("instrumented %v with %d sites, want %v", r.Instrumented, len(r.Sites), recorded)
	}
	if noted := head["plainly"] == "true"; noted != (len(r.Notes) > 0) {
		t.Errorf("notes: %q", r.Notes)
	}
	compare(t, "this way", behaviour(t, r.Binary), want)
	again := mustBuild(t, b, req)
	if cached := head["cached"] != "false"; again.Cached != cached {
		t.Errorf("second time: cached %v, want %v", again.Cached, cached)
	}
	compare(t, "second time", behaviour(t, again.Binary), want)

	b.slowOnly = true
	req.Flags = append(req.Flags, "-p=2") // another key
	slow := mustBuild(t, b, req)
	if slow.way == "direct" {
		t.Errorf("slow way was %q", slow.way)
	}
	compare(t, "overlay", behaviour(t, slow.Binary), want)
	t.Logf("slow way: %s, instrumented %v, notes %q", slow.way, slow.Instrumented, slow.Notes)

	// With the race detector, Go's check for deadlocks does not work.
	if head["race"] != "hangs" && hasCompiler("gcc", os.Environ()) {
		b.slowOnly = false
		req.Race = true
		race := mustBuild(t, b, req)
		if race.way != r.way {
			t.Errorf("with the race detector, built by way of %q", race.way)
		}
		compare(t, "race", behaviour(t, race.Binary), want)
	}
}

func byGoCommand(t *testing.T, req Request, head map[string]string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "plain")
	cmd := exec.Command(realGo(t), append(append([]string{"build", slim, "-o", out}, req.Flags...), req.Files...)...)
	cmd.Dir, cmd.Env = req.Dir, append(req.Env, "PWD="+req.Dir)
	if head["needs"] != "cc" {
		cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	}
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return behaviour(t, out)
}

var (
	addresses = regexp.MustCompile(`\+?0x[0-9a-f]+\??|goroutine \d+`)
	ownFrames = regexp.MustCompile(`(?m)^threading101/.*\n\t.*\n`)
)

// behaviour is what a program prints and how it ends, without what differs
// from run to run.
func behaviour(t *testing.T, binary string) string {
	t.Helper()
	out, exit := output(t, binary)
	out = addresses.ReplaceAllString(ownFrames.ReplaceAllString(out, ""), "…")
	return out + "exit " + string(rune('0'+exit)) + "\n"
}

func compare(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}
