package notebook

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write golden files")

// options use this test binary as the kernel.
func options(t *testing.T) Options {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(fakeVariable, "yes")
	t.Setenv("GORACE", "atexit_sleep_ms=0") // else each kernel takes a second to end
	return Options{Kernel: []string{self, "kernel"}}
}

// notebookOf writes a notebook whose code cells are given; "tag: code" gives
// a cell its tag.
func notebookOf(t *testing.T, cells ...string) string {
	t.Helper()
	list := []any{dict{"cell_type": "markdown", "metadata": dict{}, "source": "# text"}}
	for _, code := range cells {
		metadata := dict{}
		if tag, rest, ok := strings.Cut(code, ": "); ok {
			code, metadata["tags"] = rest, []string{tag}
		}
		list = append(list, dict{"cell_type": "code", "metadata": metadata, "source": code, "outputs": []any{}, "execution_count": nil})
	}
	return write(t, dict{"nbformat": 4, "nbformat_minor": 5, "metadata": dict{}, "cells": list})
}

func write(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "n.ipynb")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func run(t *testing.T, ctx context.Context, o Options, files ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, problems bytes.Buffer
	status = Run(ctx, o, files, &out, &problems)
	clean := func(b bytes.Buffer) string {
		s := regexp.MustCompile(`done in .*`).ReplaceAllString(b.String(), "done in …")
		for _, file := range files {
			s = strings.ReplaceAll(s, file, filepath.Base(file))
		}
		return s
	}
	return status, clean(out), clean(problems)
}

// TestReplaced: of a display that changes, what it is in the end is printed.
func TestReplaced(t *testing.T) {
	file := notebookOf(t, "become working working done", "print after")
	_, stdout, stderr := run(t, context.Background(), options(t), file)
	if strings.Contains(stdout, "working") || strings.Count(stdout, "done\n") != 1 || strings.Index(stdout, "done\n") > strings.Index(stdout, "after") || stderr != "" {
		t.Errorf("%s\n%s", stdout, stderr)
	}
}

func TestOutputs(t *testing.T) {
	path := notebookOf(t, "print a b", "  \n", "skip-execution: die", "unfinished end", "cry oh", "show picture", "change other", "raises-exception: fail E")
	status, stdout, stderr := run(t, t.Context(), options(t), path)
	want := `n.ipynb: 6 code cells
── cell 1 of 6 ──
a
b
── cell 2 of 6 ──
end
── cell 3 of 6 ──
oh
── cell 4 of 6 ──
picture
── cell 5 of 6 ──
── cell 6 of 6 ──
cell 1, line 2
more
(E was allowed here)
n.ipynb: done in …
`
	if diff := cmp.Diff(want, stdout); diff != "" || status != 0 || stderr != "" {
		t.Errorf("status %d, stderr %q\n%s", status, stderr, diff)
	}
}

func TestUnexpectedError(t *testing.T) {
	bad, good := notebookOf(t, "print a", "fail Boom", "print never"), notebookOf(t, "print next")
	status, stdout, stderr := run(t, t.Context(), options(t), bad, good)
	if status != 1 || strings.Contains(stdout, "never") || !strings.Contains(stdout, "next") {
		t.Errorf("status %d, stdout\n%s", status, stdout)
	}
	want := "n.ipynb: cell 2 failed: Boom: why\nhint: mend the cell; or, if it is meant to fail, give it the tag raises-exception.\n"
	if stderr != want {
		t.Errorf("stderr\n%s", stderr)
	}
	o := options(t)
	o.AllowErrors = true
	if status, stdout, _ := run(t, t.Context(), o, bad); status != 0 || !strings.Contains(stdout, "never") {
		t.Errorf("with -allow-errors: status %d, stdout\n%s", status, stdout)
	}
}

// Sockets have short names only; a deep temporary folder must not matter.
func TestDeepTemp(t *testing.T) {
	temp := filepath.Join(t.TempDir(), strings.Repeat("deep", 25))
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	if status, _, stderr := run(t, t.Context(), options(t), notebookOf(t, "print a")); status != 0 {
		t.Errorf("status %d, stderr\n%s", status, stderr)
	}
}

// The kernel runs in the notebook's folder, as under Jupyter.
func TestFolder(t *testing.T) {
	path := notebookOf(t, "where")
	_, stdout, _ := run(t, t.Context(), options(t), path)
	if !strings.Contains(stdout, filepath.Dir(path)+"\n") {
		t.Errorf("stdout\n%s", stdout)
	}
}

func TestUsage(t *testing.T) {
	good := notebookOf(t, "die")
	o := options(t)
	o.Output = filepath.Join(t.TempDir(), "out.ipynb")
	if status, _, _ := run(t, t.Context(), o, good, good); status != 2 {
		t.Errorf("-o with two files: status %d", status)
	}
	for name, v := range map[string]any{
		"nbformat is 3":          dict{"nbformat": 3, "worksheets": []any{}},
		"nbformat is <nil>":      dict{},
		"no list of cells":       dict{"nbformat": 4},
		"cell 1: it is not an":   dict{"nbformat": 4, "cells": []any{1}},
		"cell 1: source: it is":  dict{"nbformat": 4, "cells": []any{dict{"cell_type": "code"}}},
		"source: it holds a lin": dict{"nbformat": 4, "cells": []any{dict{"cell_type": "code", "source": []any{1}}}},
		"cannot unmarshal":       []any{},
	} {
		status, stdout, stderr := run(t, t.Context(), options(t), good, write(t, v))
		if status != 2 || stdout != "" || !strings.Contains(stderr, name) {
			t.Errorf("%s: status %d, stdout %q, stderr %q", name, status, stdout, stderr)
		}
	}
	if status, _, stderr := run(t, t.Context(), options(t), "/no/such.ipynb"); status != 2 || !strings.Contains(stderr, "such.ipynb") {
		t.Errorf("no file: status %d, stderr %q", status, stderr)
	}
}

func TestKernelDies(t *testing.T) {
	status, _, stderr := run(t, t.Context(), options(t), notebookOf(t, "print a", "die", "print b"))
	if want := "n.ipynb: the kernel ended while cell 2 ran.\nits last words:\nalas\n"; status != 1 || stderr != want {
		t.Errorf("status %d, stderr\n%s", status, stderr)
	}
}

func TestKernelDoesNotStart(t *testing.T) {
	o := options(t)
	t.Setenv(fakeVariable, "broken")
	status, _, stderr := run(t, t.Context(), o, notebookOf(t, "print a"))
	if status != 1 || !strings.Contains(stderr, "exit status 3") || !strings.Contains(stderr, "cannot begin") {
		t.Errorf("status %d, stderr\n%s", status, stderr)
	}
	o.Kernel = []string{"/no/such/kernel"}
	if status, _, stderr := run(t, t.Context(), o, notebookOf(t, "print a")); status != 1 || !strings.Contains(stderr, "/no/such/kernel") {
		t.Errorf("status %d, stderr\n%s", status, stderr)
	}
}

func TestTimeout(t *testing.T) {
	o := options(t)
	o.Timeout = 200 * time.Millisecond
	status, _, stderr := run(t, t.Context(), o, notebookOf(t, "hang"))
	if want := "n.ipynb: cell 1 was stopped: it ran longer than 200ms.\n"; status != 1 || stderr != want {
		t.Errorf("status %d, stderr\n%s", status, stderr)
	}
}

// onText cancels when a text is printed.
type onText struct {
	io.Writer
	text   string
	cancel func()
}

func (o onText) Write(p []byte) (int, error) {
	if strings.Contains(string(p), o.text) {
		o.cancel()
	}
	return o.Writer.Write(p)
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stderr bytes.Buffer
	path := notebookOf(t, "print a", "hang", "print b")
	status := Run(ctx, options(t), []string{path, path}, onText{io.Discard, "hanging", cancel}, &stderr)
	if status != 1 || !strings.HasSuffix(stderr.String(), "stopped at cell 2, as you asked.\n") {
		t.Errorf("status %d, stderr %s", status, &stderr)
	}
}

// A kernel that answers nothing any more and ignores signals is killed, with
// what it has started, and its folder is gone.
func TestNothingStaysBehind(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	status, stdout, _ := run(t, t.Context(), options(t), notebookOf(t, "obstinate"))
	if status != 0 {
		t.Errorf("status %d", status)
	}
	var kernel, child int
	line := regexp.MustCompile(`(?m)^\d+ \d+$`).FindString(stdout)
	if _, err := fmt.Sscan(line, &kernel, &child); err != nil {
		t.Fatalf("%v; stdout\n%s", err, stdout)
	}
	for _, pid := range []int{kernel, child} {
		if err := syscall.Kill(pid, 0); err != syscall.ESRCH && !zombie(pid) {
			t.Errorf("process %d is still there: %v", pid, err)
		}
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Also when we are killed ourselves the kernel goes, and no file stays.
func TestKilledItself(t *testing.T) {
	temp := t.TempDir()
	o := options(t)
	cmd := exec.Command(o.Kernel[0])
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, runVariable+"="+notebookOf(t, "number", "hang"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kernel := 0
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "hanging"; {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			kernel = n
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	if kernel == 0 {
		t.Fatal("the kernel did not print its number")
	}
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(time.Minute); syscall.Kill(kernel, 0) != syscall.ESRCH && !zombie(kernel); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("process %d is still there", kernel)
		}
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// zombie: an orphan that was killed may not have been collected yet.
func zombie(pid int) bool {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return len(stat) == 0 || bytes.Contains(stat, []byte(") Z "))
}

// The executed notebook, byte for byte: outputs in nbformat's own form,
// everything unknown as it was.
func TestWritten(t *testing.T) {
	golden := filepath.Join("testdata", "executed.ipynb")
	o := options(t)
	o.Output = filepath.Join(t.TempDir(), "out.ipynb")
	if status, _, stderr := run(t, t.Context(), o, filepath.Join("testdata", "plain.ipynb")); status != 0 {
		t.Fatalf("status %d, stderr\n%s", status, stderr)
	}
	got, err := os.ReadFile(o.Output)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

// TestOfAnotherVersion: a notebook that another version has executed, with outputs and
// metadata that this one does not know, runs: what is executed gets outputs anew, all else
// stays as it was.
func TestOfAnotherVersion(t *testing.T) {
	metadata := dict{"threading101": dict{"schema": 0, "was": "here"}, "kernelspec": dict{"name": "threading101-old", "display_name": "Old"}}
	output := dict{
		"output_type": "display_data", "metadata": dict{"application/vnd.threading101.run+json": dict{"schema": "none"}},
		"data": dict{"application/vnd.threading101.run+json": dict{"schema": 99, "events": "none"}, "application/vnd.threading101.gone": 1, "text/plain": "old picture"},
	}
	code := func(source string, tags ...string) dict {
		return dict{"cell_type": "code", "id": source[:2], "metadata": dict{"tags": tags, "threading101": 7}, "source": source, "outputs": []any{output}, "execution_count": 5}
	}
	path := write(t, dict{"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": []any{code("print new"), code("unknown", "skip-execution")}})
	o := options(t)
	o.Output = filepath.Join(t.TempDir(), "out.ipynb")
	status, stdout, stderr := run(t, t.Context(), o, path)
	if status != 0 || !strings.Contains(stdout, "new\n") || strings.Contains(stdout, "old picture") || stderr != "" {
		t.Errorf("status %d\n%s\n%s", status, stdout, stderr)
	}
	text, err := os.ReadFile(o.Output)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Metadata any
		Cells    []struct{ Metadata, Outputs any }
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want any) {
		t.Helper()
		a, _ := json.Marshal(got)
		if b, _ := json.Marshal(want); !bytes.Equal(a, b) {
			t.Errorf("%s: %s\nwant %s", what, a, b)
		}
	}
	metadata["language_info"] = dict{"name": "fake"}
	same("metadata", got.Metadata, metadata)
	same("metadata of a cell", got.Cells[0].Metadata, dict{"tags": nil, "threading101": 7})
	same("outputs of a cell that was executed", got.Cells[0].Outputs, []any{dict{"name": "stdout", "output_type": "stream", "text": []string{"new\n"}}})
	same("outputs of one that was not", got.Cells[1].Outputs, []any{output})
}
