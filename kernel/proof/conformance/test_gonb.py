"""GoNB's own features, through the kernel in front of it."""

import json
import re
import time

import pytest

from conftest import run

RUN_JSON = "application/vnd.threading101.run+json"


def ok(client, code, **kw):
    reply = run(client, code, **kw)
    assert reply.status == "ok", (reply.content, reply.stream(), reply.stream("stderr"))
    return reply


def said(reply):
    """Everything under the cell, without tags, on one line."""
    texts = [reply.stream(), reply.stream("stderr")]
    for mime in ("text/plain", "text/html", "text/markdown"):
        texts += reply.displays(mime)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(texts)).split())


# --- what a session remembers ---

def test_declarations_are_remembered_and_redefined(kernel):
    ok(kernel, "func answer() int { return 1 }\nvar kept = 40\nconst two = 2\ntype pair struct{ a, b int }")
    assert ok(kernel, "func main() { fmt.Println(answer(), kept+two, pair{3, 4}) }").stream() == "1 42 {3 4}\n"
    ok(kernel, "func answer() int { return 2 }")
    assert ok(kernel, "func main() { fmt.Println(answer()) }").stream() == "2\n"


def test_one_method_is_redefined_and_the_others_stay(kernel):
    ok(kernel, 'type T struct{}\nfunc (T) One() string { return "one" }\nfunc (T) Two() string { return "two" }')
    ok(kernel, 'func (T) One() string { return "eins" }')
    assert ok(kernel, "func main() { fmt.Println(T{}.One(), T{}.Two()) }").stream() == "eins two\n"


def test_imports_are_remembered(kernel):
    ok(kernel, 'import str "strings"\nfunc shout(s string) string { return str.ToUpper(s) }')
    assert ok(kernel, 'func main() { fmt.Println(shout("a"), str.Repeat("b", 2)) }').stream() == "A bb\n"


def test_init_functions_of_every_cell_run(kernel):
    ok(kernel, 'func init_a() { fmt.Println("init a") }')
    ok(kernel, 'func init_b() { fmt.Println("init b") }')
    assert sorted(ok(kernel, "func main() {}").stream().split("\n")) == ["", "init a", "init b"]


def test_list_and_rm(kernel):
    ok(kernel, "func first() int { return 1 }\nfunc second() int { return 2 }")
    listed = said(ok(kernel, "%list"))
    assert "first" in listed and "second" in listed
    ok(kernel, "%rm first")
    listed = said(ok(kernel, "%ls"))
    assert "first" not in listed and "second" in listed
    gone = run(kernel, "func main() { fmt.Println(first()) }")
    assert gone.status == "error" and "undefined: first" in gone.content["evalue"]
    assert ok(kernel, "func main() { fmt.Println(second()) }").stream() == "2\n"


def test_reset_forgets_everything(kernel):
    ok(kernel, "func old() int { return 1 }")
    assert "reset" in said(ok(kernel, "%reset")).lower()
    gone = run(kernel, "func main() { fmt.Println(old()) }")
    assert gone.status == "error" and "undefined: old" in gone.content["evalue"]
    assert ok(kernel, 'func main() { fmt.Println("new") }').stream() == "new\n"


# --- ways to run a cell ---

@pytest.mark.parametrize("head", ["%%", "%main", "//gonb:%%"])
def test_main_need_not_be_written(kernel, head):
    assert ok(kernel, f"{head}\nx := 6\nfmt.Println(x * 7)").stream() == "42\n"


def test_goroutines_after_double_percent_are_drawn(kernel):
    reply = ok(kernel, '%%\ndone := make(chan bool)\ngo func() { fmt.Println("in A"); close(done) }()\n<-done')
    drawn = reply.displays(RUN_JSON)[0]
    assert drawn["status"] == "ok" and len(drawn["goroutines"]) == 2
    assert [e["line"] for e in drawn["events"] if e["op"] == "print"] == [3], "the line is counted in the cell as written"


def test_args_reach_the_program(kernel):
    ok(kernel, "%args -level=3 rest")
    code = 'var level = flag.Int("level", 0, "")\nfunc main() { flag.Parse(); fmt.Println(*level, flag.Args()) }'
    assert ok(kernel, code).stream() == "3 [rest]\n"
    assert ok(kernel, '%% one "two words"\nfmt.Println(len(os.Args), os.Args[2])').stream() == "3 two words\n"


TESTS = """func Double(n int) int { return 2 * n }
func TestDouble(t *testing.T) {
	if Double(2) != 4 { t.Fatal("two times two") }
}
func TestBad(t *testing.T) { t.Error("meant to fail") }
func BenchmarkDouble(b *testing.B) { for range b.N { Double(3) } }
"""


def test_go_tests_of_a_cell(kernel):
    failed = run(kernel, "%test\n" + TESTS)
    words = said(failed)
    assert "--- PASS: TestDouble" in words and "--- FAIL: TestBad" in words and "meant to fail" in words
    assert failed.status == "error"
    passed = ok(kernel, "%test -test.run=TestDouble\n" + TESTS)
    assert "PASS" in said(passed) and "TestBad" not in said(passed)


def test_the_environment(kernel):
    ok(kernel, "%env LEARNERS_WORD blue")
    assert ok(kernel, 'func main() { fmt.Println(os.Getenv("LEARNERS_WORD")) }').stream() == "blue\n"
    ok(kernel, "%env LEARNERS_WORD=red")
    assert ok(kernel, "!echo $LEARNERS_WORD").stream().strip() == "red"


def test_the_program_sees_none_of_our_own_variables(kernel):
    code = 'func main() { for _, e := range os.Environ() { if strings.HasPrefix(e, "T101_") { fmt.Println(e) } } }'
    assert ok(kernel, code).stream() == ""


def test_the_folder(kernel, tmp_path):
    (tmp_path / "here.txt").write_text("found")
    assert str(tmp_path) in ok(kernel, f"%cd {tmp_path}").stream()
    reply = ok(kernel, 'func main() { b, err := os.ReadFile("here.txt"); fmt.Println(string(b), err) }')
    assert reply.stream() == "found <nil>\n"
    assert str(tmp_path) in ok(kernel, "!pwd").stream()


def test_goflags(kernel):
    assert "-tags=blue" in ok(kernel, "%goflags -tags=blue").stream()
    assert ok(kernel, 'func main() { i, _ := debug.ReadBuildInfo(); for _, s := range i.Settings { if s.Key == "-tags" { fmt.Println(s.Value) } } }').stream() == "blue\n"
    ok(kernel, "%goflags -race")
    code = "var n int\nfunc main() { done := make(chan bool); go func() { n++; close(done) }(); n++; <-done; fmt.Println(n > 0) }"
    assert "true" in run(kernel, code).stream()
    ok(kernel, '%goflags ""')
    assert ok(kernel, 'func main() { fmt.Println("plain") }').stream() == "plain\n"


def test_shell(kernel):
    assert ok(kernel, "!echo one; echo two").stream().split() == ["one", "two"]
    assert "go.mod" in ok(kernel, "!*ls").stream()
    assert ok(kernel, '!echo first\nfunc main() { fmt.Println("second") }').stream().split() == ["first", "second"]
    ok(kernel, '!false || true')


def test_other_languages_in_a_cell(kernel, tmp_path):
    file = tmp_path / "note.txt"
    ok(kernel, f"%%writefile {file}\nfunc is no Go here\n")
    assert file.read_text().strip() == "func is no Go here"
    assert ok(kernel, "%%sh\nfor i in 1 2; do echo $i; done").stream().split() == ["1", "2"]


def test_capture_copies_the_output_and_the_picture_stays(kernel, tmp_path):
    file = tmp_path / "out.txt"
    reply = ok(kernel, f'%capture {file}\nfunc main() {{ done := make(chan bool); go func() {{ fmt.Println("kept"); close(done) }}(); <-done }}')
    assert file.read_text() == "kept\n"
    assert reply.stream() == "kept\n"
    ok(kernel, f'%capture -a {file}\nfunc main() {{ fmt.Println("more") }}')
    assert file.read_text() == "kept\nmore\n"


def test_with_inputs_asks_for_a_shell_command(kernel):
    asked, messages = [], []

    def answer(message):
        asked.append(message["content"]["prompt"])
        kernel.input("Ada")

    reply = kernel.execute_interactive('%with_inputs\n!read name; echo "hello $name"', timeout=30, allow_stdin=True,
                                       stdin_hook=answer, output_hook=messages.append)
    assert reply["content"]["status"] == "ok"
    assert asked
    assert "hello Ada" in "".join(m["content"].get("text", "") for m in messages if m["msg_type"] == "stream")


def test_help_and_version(kernel):
    assert "GoNB" in said(ok(kernel, "%help"))
    assert "GoNB version" in said(ok(kernel, "%version"))


def test_an_unknown_word_is_said_to_be_unknown(kernel):
    reply = run(kernel, "%nosuchword")
    assert reply.status == "error" and "%nosuchword is not a known command" in reply.content["evalue"]


def test_an_unused_import_or_a_missing_one_is_no_error(kernel):
    ok(kernel, 'import "os"\nfunc plain() int { return 3 }')
    assert ok(kernel, 'func main() { fmt.Println(strings.Repeat("a", plain())) }').stream() == "aaa\n"


# --- display ---

def test_gonbui_shows_html(kernel):
    """The module is fetched with go get, as GoNB's tutorial says; %autoget does it unasked.

    A program that has ended before its display was passed on may lose it, but for Sync.
    """
    code = 'import "github.com/janpfeifer/gonb/gonbui"\nfunc main() { defer gonbui.Sync(); gonbui.DisplayHTML("<b>bold words</b>"); fmt.Println("after") }'
    reply = ok(kernel, "!*go get github.com/janpfeifer/gonb@v0.11.4\n" + code, timeout=120)
    assert any("<b>bold words</b>" in html for html in reply.displays("text/html"))
    assert "after\n" in reply.stream()
    again = ok(kernel, code.replace("bold words", "other words"), timeout=120)
    assert any("<b>other words</b>" in html for html in again.displays("text/html"))


def test_gonbui_and_goroutines_give_the_display_and_the_picture(kernel):
    code = """import "github.com/janpfeifer/gonb/gonbui"
func main() {
	defer gonbui.Sync()
	done := make(chan bool)
	go func() { gonbui.DisplayMarkdown("**from A**"); close(done) }()
	<-done
}"""
    reply = ok(kernel, "!*go get github.com/janpfeifer/gonb@v0.11.4\n" + code, timeout=120)
    assert "**from A**" in reply.displays("text/markdown")
    assert reply.displays(RUN_JSON), "the run is not drawn"


# --- what an editor asks ---

def request(client, send):
    """The content of the reply to a request on the shell channel."""
    message_id = send()
    while True:
        reply = client.get_shell_msg(timeout=30)
        if reply["parent_header"].get("msg_id") == message_id:
            return reply["content"]


def completed(client, code, seconds=30):
    """What may stand where code has its |. The first question only starts gopls, so it is asked until there is an answer."""
    at, deadline = code.index("|"), time.monotonic() + seconds
    while True:
        found = request(client, lambda: client.complete(code.replace("|", ""), at))
        assert found["status"] == "ok", found
        if found["matches"] or time.monotonic() > deadline:
            return [code[:found["cursor_start"]] + match for match in found["matches"]]


def test_completion_knows_earlier_cells_and_the_library(kernel):
    ok(kernel, "func averyLongName(n int) int { return n }")
    assert "func main() { averyLongName" in [c.removesuffix("()") for c in completed(kernel, "func main() { aver| }")]
    assert "func main() { strings.Repeat" in completed(kernel, "func main() { strings.Repe| }")


def test_inspection_knows_earlier_cells_and_the_library(kernel):
    ok(kernel, "// twice doubles what it gets.\nfunc twice(n int) int { return 2 * n }")
    code = "func main() { fmt.Println(twice(2)) }"
    for word, expected in (("Println", "func"), ("twice", "doubles what it gets")):
        content = request(kernel, lambda: kernel.inspect(code, code.index(word) + 2))
        assert content["status"] == "ok" and content["found"], (word, content)
        assert expected in json.dumps(content["data"]), (word, content)


def test_completion_of_our_words(kernel):
    content = request(kernel, lambda: kernel.complete("%pro", 4))
    assert "%procs" in content["matches"]
