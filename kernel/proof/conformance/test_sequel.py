"""Cells of bare statements continue one program, through the wire."""

import os
import pathlib
import re
import subprocess
import threading
import time

import nbformat
import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from conftest import ROOT, SLIM, Reply

RUN = "application/vnd.threading101.run+json"
FOUND = "application/vnd.threading101.exploration+json"

WORKER = """type Worker struct {
	name string
	n    int
	done chan bool
}

func NewWorker(name string, n int) *Worker { return &Worker{name, n, make(chan bool)} }

func (w *Worker) Start() { go w.run() }

func (w *Worker) run() {
	for i := range w.n {
		time.Sleep(time.Millisecond)
		fmt.Println(w.name, i)
	}
	close(w.done)
}

func (w *Worker) Join() { <-w.done }
"""
LOCKED = """var mu sync.Mutex

func (w *Worker) run() {
	mu.Lock()
	for i := range w.n {
		time.Sleep(time.Millisecond)
		fmt.Println(w.name, i)
	}
	mu.Unlock()
	close(w.done)
}
"""


class Notebook:
    """A front end with a notebook: each cell has an id, which it sends."""

    def __init__(self, client):
        self.client = client

    def run(self, cell, code, timeout=60, deleted=()):
        """Executes code as the cell of that name, and waits for the reply and for idle."""
        session, messages = self.client.session, []
        metadata = {"cellId": cell, "deletedCells": list(deleted)} if cell else {}
        ask = session.msg("execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True}, metadata=metadata)
        self.client.shell_channel.send(ask)
        mine = ask["header"]["msg_id"]
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != mine and message["msg_type"] != "update_display_data":
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == mine:
                return Reply(reply, messages)


@pytest.fixture(scope="module")
def started():
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=False)


@pytest.fixture
def book(started):
    """A notebook in which nothing was run yet but the worker's cell."""
    book = Notebook(started[1])
    assert book.run("new", "%new\n%reset").status == "ok"
    assert book.run("worker", WORKER).status == "ok"
    return book


def lines(reply):
    return reply.stream().splitlines()


def told(reply):
    return "\n".join(reply.displays("text/plain"))


def status(reply):
    return reply.displays(RUN)[-1]["status"]


def found(reply):
    """What a search found."""
    return reply.displays(FOUND)[-1]


def advised(reply):
    """All that an error says, as one line."""
    return " ".join("\n".join(reply.content["traceback"]).split())


def evalue(reply):
    assert reply.status == "error", reply.content
    return reply.content["evalue"]


def test_the_card(book):
    """Define the worker, start two, join both, add the mutex in a cell of its own."""
    assert book.run("make", 'a, b := NewWorker("A", 3), NewWorker("B", 3)').stream() == ""
    started = book.run("start", "a.Start()\nb.Start()")
    assert sorted(lines(started)) == ["A 0", "A 1", "A 2", "B 0", "B 1", "B 2"] and status(started) == "waiting"
    joined = book.run("join", 'a.Join()\nb.Join()\nfmt.Println("joined")')
    assert joined.stream() == "joined\n", "what the cells before printed is printed again"
    assert "as before" in told(joined)

    orders = {tuple(lines(book.run("start", "a.Start()\nb.Start()"))) for _ in range(12)}
    assert len(orders) > 1, "a rerun shows no other interleaving"
    assert any(order[0][0] != order[1][0] for order in orders)

    assert book.run("join", 'a.Join()\nb.Join()\nfmt.Println("joined")').stream() == "joined\n"
    anew = book.run("lock", LOCKED)
    assert lines(anew)[:3] in (["A 0", "A 1", "A 2"], ["B 0", "B 1", "B 2"]) and lines(anew)[-1] == "joined"
    for _ in range(5):
        order = [line[0] for line in lines(book.run("start", "a.Start()\nb.Start()"))]
        assert order in (list("AAABBB"), list("BBBAAA"))


def test_ones_own_reruns_of_a_cell_are_counted(book):
    book.run("make", 'a, b := NewWorker("A", 1), NewWorker("B", 1)\nfmt.Println("made")')
    orders = [" / ".join(lines(book.run("start", "a.Start()\nb.Start()"))) for _ in range(5)]
    counted = told(book.run("start", "a.Start()\nb.Start()"))
    tally = dict(re.findall(r"([AB] 0 / [AB] 0) ×(\d)", counted))
    assert "Your 6 runs: " in counted and sum(map(int, tally.values())) == 6, counted
    assert all(int(tally[order]) >= orders.count(order) for order in orders), (counted, orders)
    assert "runs:" not in told(book.run("start", "%seed 5\na.Start()\nb.Start()")), "the order of a seed is no rerun"
    assert "runs:" not in told(book.run("start", "a.Start()\n\nb.Start()\na.Join()")), "another cell's code"


def test_a_panic_stands_at_its_own_line(book):
    book.run("empty", "type Book struct{ n map[string]int }\n\nfunc (b *Book) Put() {\n\tfmt.Println(1)\n\tb.n[\"x\"] = 1\n}")
    book.run("make", "b := &Book{}")
    reply = book.run("put", "done := make(chan bool)\ngo b.Put()\n<-done")
    assert [e["line"] for e in reply.displays(RUN)[-1]["events"] if e["op"] == "panic"] == [5], reply.displays(RUN)
    assert "Put:5" in told(reply)


def test_a_declaration_that_nothing_reaches_does_not_run_the_past_again(book):
    book.run("x", "x := 1\nfmt.Println(x)")
    assert book.run("other", "func other() int { return 2 }").stream() == ""
    assert book.run("reached", "type Worker struct{ name string }").stream() == ""


def test_a_step_of_an_edited_declaration_is_the_step_it_was(book):
    start = '%seed 7\na := NewWorker("A", 3)\na.Start()\na.Join()'
    book.run("start", start)
    again = book.run("start", start)
    assert "Same order as the previous run" in told(again)
    assert book.run("worker", WORKER.replace("\tclose(w.done)", "\t// The last step.\n\tclose(w.done)")).status == "ok"
    assert "Same order as the previous run" in told(book.run("start", start))


def test_time_goes_back_to_a_cell_that_runs_again(book):
    assert book.run("one", "x := 1\nx").stream() == "1\n"
    assert book.run("two", "x += 10\nx").stream() == "11\n"
    assert book.run("three", "x += 100\nx").stream() == "111\n"
    again = book.run("two", "x += 20\nx")
    assert again.stream() == "21\n" and "Time went back" in told(again)
    assert book.run("three", "x += 100\nx").stream() == "121\n"
    assert book.run("one", "x := 2\nx").stream() == "2\n"
    # Two has run in another past, and runs again with three.
    assert lines(book.run("three", "x += 100\nx")) == ["22", "122"]
    # A new cell goes behind what happened last.
    assert book.run("one", "x := 3\nx").stream() == "3\n"
    assert book.run("new one", "x += 1000\nx").stream() == "1003\n"
    assert lines(book.run("two", "x += 20\nx")) == ["1023"]


def test_the_pictures_of_another_past_say_so(book):
    book.run("make", 'a, b := NewWorker("A", 1), NewWorker("B", 1)')
    book.run("start", "a.Start()\nb.Start()")
    joined = book.run("join", "a.Join()")
    shown = [m for m in joined.messages if m["msg_type"] == "display_data" and RUN in m["content"]["data"]]
    place = shown[0]["content"]["transient"]["display_id"]
    again = book.run("start", "a.Start()\nb.Start()")
    updates = [m["content"] for m in again.messages if m["msg_type"] == "update_display_data"]
    assert updates[0]["transient"]["display_id"] == place
    assert "This ran in another past" in updates[0]["data"]["text/plain"] and RUN in updates[0]["data"]


def test_a_cell_that_fails_did_not_happen(book):
    book.run("one", "x := 1")
    assert "undefined: y" in evalue(book.run("two", "x += y"))
    assert "expected" in evalue(book.run("two", "x += ("))
    assert "panic: no" in evalue(book.run("two", 'x += 5\npanic("no")'))
    assert book.run("three", "x").stream() == "1\n"
    assert book.run("two", "x += 10").status == "ok"
    assert book.run("three", "x").stream() == "11\n"
    assert "deadlock" in evalue(book.run("four", "<-make(chan int)"))
    assert book.run("five", "x").stream() == "11\n"
    # One that ran before and does not compile changes nothing.
    assert "undefined" in evalue(book.run("two", "x += nowhere"))
    assert book.run("six", "x").stream() == "11\n"


def test_errors_stand_at_their_cell_and_line(book):
    book.run("one", "x := 1\nboom := func() {\n\tpanic(x)\n}")
    failed = book.run("two", "\n\nboom()")
    first = failed.content["execution_count"] - 1
    text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(failed.content["traceback"]))
    assert f"cell {first}, line 3" in text and f"cell {first + 1}, line 3" in text
    assert "panic(x)" in text
    wrong = book.run("three", "type T int\n\nvar t T = x\n_ = t\nfmt.Printn(t)")
    assert re.search(r"cell \d+, line [35]", evalue(wrong))


def test_what_a_cell_does_not_see(book):
    book.run("one", "x := 1\nout:\nfor {\n\tbreak out\n}")
    assert "label out not defined in this cell" in evalue(book.run("two", "goto out"))
    for code in ("func helper() int { return x }", "func main() { fmt.Println(x) }"):
        wrong = book.run("three", code)
        assert "undefined: x" in evalue(wrong) and "declare it" in advised(wrong).lower()
        assert "continue; a function" in advised(wrong)


def test_the_value_of_a_call_of_the_library_is_shown(book):
    assert book.run("one", 'word := "go"\nstrings.Repeat(word, 3)').stream() == "gogogo\n"
    assert book.run("two", "math.Sqrt(2)").stream() == "1.4142135623730951\n"
    assert book.run("three", "time.Duration(1500) * time.Millisecond").stream() == "1.5s\n"
    assert book.run("four", "time.Sleep(1)").stream() == "", "it has no result"
    assert book.run("five", "fmt.Println(word)").stream() == "go\n", "it has two"
    assert book.run("six", "strings.ToUpper(word);").stream() == "", "a semicolon hides it"


def test_the_clock_is_no_reason_to_blame_a_cell(book):
    """A cell without a clock of its own runs the past on the virtual one, and expects none of the free one's steps."""
    for _ in range(4):
        book.run("new", "%new")
        book.run("make", 'a, b := NewWorker("A", 5), NewWorker("B", 5)')
        free = book.run("start", "%clock free\na.Start()\nb.Start()")
        token = free.displays(RUN)[-1]["token"]
        book.run("again", f"%replay {token}")
        assert "another way" not in told(book.run("more", "1"))
        book.run("start", "%clock free\na.Start()\nb.Start()")
        ended = book.run("end", "%end")
        assert ended.status == "ok" and "another way" not in told(ended)


def test_the_prompt_of_a_real_run_waits_for_those_who_go_on(book):
    slow = "for i := range 8 {\n\ttime.Sleep(60 * time.Millisecond)\n\tfmt.Println(i)\n}"
    real = book.run("slow", f"%real\ndone := make(chan bool)\ngo func() {{ {slow}; done <- true }}()")
    assert lines(real) == [str(n) for n in range(8)]


def test_another_clock_is_another_run(book):
    book.run("make", 'a := NewWorker("A", 2)\na.Start()')
    free = book.run("more", "%clock free\n1")
    assert "another way" not in told(free)
    assert book.run("join", "a.Join()").status == "ok"


def test_nobody_is_cut_off_while_main_may_still_help(book):
    book.run("chan", "c := make(chan int)")
    waits = book.run("go", 'go func() { fmt.Println("got", <-c) }()')
    assert status(waits) == "waiting" and "waits for your next cell" in told(waits)
    assert book.run("send", "c <- 7").stream() == "got 7\n"
    runs = book.run("spin", "go func() { for { } }()")
    assert status(runs) == "waiting" and "still running" in told(runs)
    assert book.run("after", "1 + 1").stream() == "2\n"


def test_freeze_stops_the_world(book):
    book.run("make", 'a := NewWorker("A", 2)')
    assert book.run("start", "%freeze\na.Start()").stream() == ""
    assert lines(book.run("join", 'a.Join()\nfmt.Println("joined")')) == ["A 0", "A 1", "joined"]


def test_the_end(book):
    book.run("one", 'defer fmt.Println("deferred")\ngo func() { select {} }()')
    ended = book.run("end", "%end")
    assert ended.stream() == "deferred\n" and status(ended) in ("cut-off", "leak")
    assert "no program" in evalue(book.run("end", "%end"))
    assert "undefined: x" in evalue(book.run("two", "x++"))
    assert book.run("three", "x := 1\nreturn").status == "ok"
    assert book.run("four", "x := 5\nx").stream() == "5\n", "a program whose main returned goes on"


def test_new_and_taken_out(book):
    assert book.run("one", "x := 1\nx").stream() == "1\n"
    two = book.run("two", "x += 10\nx")
    assert book.run("three", "x += 100\nx").stream() == "111\n"
    number = two.content["execution_count"]
    assert "no longer part" in told(book.run("rm", f"%rm {number}"))
    assert book.run("three", "x += 100\nx").stream() == "101\n"
    assert "not part" in evalue(book.run("rm", "%rm 999"))
    assert book.run("four", "x", deleted=["three"]).stream() == "1\n"
    book.run("new", "%new")
    assert "undefined: x" in evalue(book.run("four", "x"))


def test_what_a_deleted_cell_takes_along_is_said(book):
    book.run("make", 'a, b := NewWorker("A", 1), NewWorker("B", 1)')
    gone = book.run("a", "a.Start()").content["execution_count"]
    later = book.run("b", "b.Start()")
    reply = book.run("four", "x := 1\nx", deleted=["a"])
    said = f"You deleted cell [{gone}], which is no longer part of the program. Time went back: cell [{later.content['execution_count']}] ran in another past"
    assert said in told(reply) and lines(reply)[-1] == "1", told(reply)
    marked = [m for m in reply.messages if m["msg_type"] == "update_display_data"]
    assert marked and "This ran in another past" in str(marked), "the picture of the cell behind it is marked"
    assert "You deleted" not in told(book.run("four", "x := 1\nx", deleted=["a"]))


def test_that_the_declarations_have_changed_is_said_each_time(book):
    book.run("one", "x := first()\nfunc first() int { return 1 }")
    for n in (2, 3):
        changed = book.run("two", f"x += 10\nx\nfunc first() int {{ return {n} }}")
        assert lines(changed)[-1] == str(10 + n) and "The declarations have changed" in told(changed)


def test_exploring_leaves_a_program_that_has_ended_as_it_is(book):
    book.run("one", "x := 1\nx")
    book.run("end", "%end")
    assert book.run("two", "%explore\ny := 2\ny").status == "ok"
    assert "x := 1" in told(book.run("program", "%program"))
    book.run("three", "y := 3\ny")
    assert "x := 1" not in told(book.run("program", "%program"))


def test_a_name_that_is_declared_again(book):
    book.run("one", "x, err := 1, error(nil)")
    again = book.run("two", "y, err := 2, error(nil)\nx + y")
    assert again.stream() == "3\n" and "err is a new variable here" in told(again)
    assert book.run("three", "var z = x + y\nz").stream() == "3\n"


def test_everything_of_the_program_so_far(book):
    book.run("make", 'a := NewWorker("A", 1)')
    book.run("start", "a.Start()")
    explored = book.run("all", "%explore")
    result = found(explored)
    assert result["complete"], "the prompt is a sleep like any other there"
    assert {o["value"] for o in result["outcomes"]} == {"", "A 0\n"}, "the prompt has proved a join that is missing"
    assert "does not hold" in evalue(book.run("check", "%check joined"))
    assert book.run("join", "a.Join()").status == "ok"
    assert book.run("check", "%check joined").status == "ok"
    # A cell that explores is no part of the program.
    assert book.run("more", "%explore\nfmt.Println(1)").status == "ok"
    assert book.run("last", "2").stream() == "2\n"
    token = result["outcomes"][0]["token"]
    assert "other code" in evalue(book.run("replay", f"%replay {token}"))


def test_conditions_over_bare_cells(book):
    """What is declared with var is outside of functions, also in a bare cell."""
    book.run("make", "var level = 100\ngate := make(chan bool)")
    book.run("start", "go func() { level = 90; close(gate) }()\n<-gate")
    assert book.run("holds", "%check always level >= 90 eventually level == 90").status == "ok"
    said = evalue(book.run("fails", "%check always level > 90"))
    assert "it is not true after func writes level = 90 (cell" in said and "level is 90" in said, said
    own = book.run("own", "%check always gate != nil")
    assert "gate := … does not" in " ".join("\n".join(own.content["traceback"]).split()), own.content
    assert "is not true or false" in evalue(book.run("number", "%check race-free always level"))
    assert "cell" in evalue(book.run("calls", "%check always cap(gate) > 0")), "the property's line"


def test_a_token_gives_the_run_again(book):
    book.run("make", 'a, b := NewWorker("A", 3), NewWorker("B", 3)')
    first = book.run("start", "a.Start()\nb.Start()")
    token = first.displays(RUN)[-1]["token"]
    for _ in range(3):
        book.run("start", "a.Start()\nb.Start()")
    again = book.run("start", f"%replay {token}\na.Start()\nb.Start()")
    assert again.stream() == first.stream() and again.displays(RUN)[-1]["token"] == token
    alone = book.run("alone", f"%replay {token}")
    assert alone.stream() == first.stream()


def test_a_past_that_goes_another_way_is_shown_and_said(book):
    """A cell that shares a variable makes steps of what cells before did with it."""
    begin = 'u, all := 0, new(sync.WaitGroup)\nfor i := range 4 { all.Go(func() { fmt.Println("started", i) }); u++ }'
    seen = set()
    for seed in range(1, 11):
        before = lines(book.run("begin", f"%seed {seed}\n{begin}"))
        reply = book.run("share", "%seed 7\nall.Go(func() { u *= 2 })\nall.Wait()\nu")
        again, differs = lines(reply)[:-1], "took another way than before" in told(reply)
        assert sorted(before) == [f"started {i}" for i in range(4)] and lines(reply)[-1] == "8"
        assert again == [] or sorted(again) == sorted(before) and again != before and differs, (before, again, told(reply))
        whole = lines(book.run("again", "%replay " + reply.displays(RUN)[-1]["token"]))
        assert whole == (again or before) + ["8"], (before, again, whole)
        seen.add(bool(again))
    assert seen == {True, False}, "the past never goes another way, or always"


def test_the_program_is_a_file_that_runs(book, tmp_path):
    for cell, code in enumerate(['a, b := NewWorker("A", 2), NewWorker("B", 2)', "a.Start()\nb.Start()", "a.Join()\nb.Join()", "a.n + b.n"]):
        assert book.run(f"cell {cell}", code).status == "ok"
    text = told(book.run("show", "%program"))
    assert "// your prompt" in text and "const t101" not in text
    (tmp_path / "main.go").write_text(text)
    out = subprocess.run(["go", "run", SLIM, "main.go"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert sorted(out.splitlines()) == ["4", "A 0", "A 1", "B 0", "B 1"]


def test_a_run_is_a_program_that_takes_its_way(book, tmp_path):
    printed = ""
    for cell, code in enumerate(['a, b := NewWorker("A", 3), NewWorker("B", 3)', "a.Start()\nb.Start()", "a.Join()\nb.Join()", "a.n + b.n"]):
        printed += book.run(f"cell {cell}", code).stream()
    token = book.run("cell 3", "a.n + b.n").displays(RUN)[-1]["token"]
    file = tmp_path / "way.go"
    assert f"go run {file}" in told(book.run("export", f"%export {token} {file}"))
    runs = [subprocess.run(["go", "run", SLIM, file], cwd=tmp_path, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert runs[0] == runs[1] and runs[0].startswith(printed[:-2]), (printed, runs)
    assert told(book.run("show", "%export")) == file.read_text()  # the last run
    for wrong in "t2-nonsense", token.replace(token.split("-")[1], "00000"), "a.go b.go":
        assert book.run("wrong", f"%export {wrong}").status == "error"
    written = file.read_text()
    assert status(book.run("locked", LOCKED)) == "waiting", "the cells run anew, with the lock"
    assert told(book.run("before", f"%export {token}")) == written, "the run from before the lock is there still"


def test_a_program_of_its_own_is_none_of_it(book):
    book.run("one", "x := 1")
    assert book.run("own", 'func main() { fmt.Println("own") }').stream() == "own\n"
    assert book.run("own", '%%\nfmt.Println("own")').stream() == "own\n"
    assert book.run("two", "x").stream() == "1\n"


def test_a_program_that_waits_for_another_cell_is_told_so(book):
    book.run("chan", "var ready = make(chan bool)")
    book.run("go", "func main() { go func() { ready <- true }() }")
    waits = book.run("wait", "func main() { <-ready }")
    text = advised(waits)
    assert "a cell with func main is a program of its own" in text and "close the channel" not in text
    own = book.run("own", "func main() { c := make(chan bool); <-c }")
    assert "a program of its own" not in advised(own)


def test_an_interrupt_in_the_middle(started, book):
    book.run("one", "x := 1")
    timer = threading.Timer(1.5, lambda: started[1].control_channel.send(started[1].session.msg("interrupt_request", {})))
    timer.start()
    stopped = book.run("two", "x = 2\nfor {\n\ttime.Now()\n}")
    timer.join()
    assert stopped.status == "error"
    assert book.run("three", "x").stream() == "1\n"


def test_an_interrupt_while_the_past_is_replayed(started, book):
    past = "x := 0\nfor i := range 1_000_000_000 {\n\tx += i & 1\n}"  # takes a moment in each run
    assert book.run("one", past).status == "ok"
    assert book.run("two", "x").stream() == "500000000\n"
    timer = threading.Timer(0.1, lambda: started[1].control_channel.send(started[1].session.msg("interrupt_request", {})))
    timer.start()
    assert "interrupted" in evalue(book.run("two", "x"))
    timer.join()
    assert book.run("two", "x").stream() == "500000000\n"


def test_without_ids_cells_come_behind_each_other(book):
    assert book.run(None, "x := 1\nx").stream() == "1\n"
    assert book.run(None, "x++\nx").stream() == "2\n"
    assert book.run(None, "x++\nx").stream() == "3\n"


def test_what_was_typed_is_typed_again(book):
    asked = []

    def run(code):
        messages = []

        def answer(message):
            asked.append(message)
            book.client.input(f"line {len(asked)}")

        book.client.execute_interactive(code, timeout=30, allow_stdin=True, stdin_hook=answer, output_hook=messages.append)
        return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")

    assert run('in := bufio.NewScanner(os.Stdin)\nin.Scan()\nfmt.Println("read", in.Text())') == "read line 1\n"
    assert run('fmt.Println("still", in.Text())') == "still line 1\n"
    assert run('in.Scan()\nfmt.Println("then", in.Text())') == "then line 2\n"
    assert run("fmt.Println(in.Text())") == "line 2\n"
    assert len(asked) == 2, "what was typed before is asked for again"


def test_two_front_ends(started, book):
    other = BlockingKernelClient(connection_file=started[1].connection_file)
    other.load_connection_file()
    other.start_channels()
    try:
        other.wait_for_ready(timeout=30)
        assert book.run("one", "x := 1\nx").stream() == "1\n"
        assert Notebook(other).run("two", "x++\nx").stream() == "2\n"
        assert book.run("one", "x := 5\nx").stream() == "5\n"
    finally:
        other.stop_channels()


def test_a_cell_run_by_two_front_ends_at_once(started, book):
    other = BlockingKernelClient(connection_file=started[1].connection_file)
    other.load_connection_file()
    other.start_channels()
    try:
        other.wait_for_ready(timeout=30)
        book.run("one", "x := 1\nx")
        hers = []
        asked = threading.Thread(target=lambda: hers.append(Notebook(other).run("two", "x += 10\nx")))
        asked.start()
        mine = book.run("two", "x += 10\nx")
        asked.join()
        assert mine.stream() == hers[0].stream() == "11\n", "the second run goes on from the first"
        assert book.run("three", "x").stream() == "11\n"
    finally:
        other.stop_channels()


def test_what_leaves_the_program_is_said(book):
    book.run("one", 'b, _ := os.ReadFile("/proc/uptime")\nfmt.Println(len(b) > 0, string(b))')
    time.sleep(0.05)
    again = book.run("two", "len(b) > 0")
    assert lines(again)[-1] == "true" and "took another way" in told(again) and "in the files before" in told(again)


def test_a_large_cell(book):
    text = "x" * (1 << 20)
    assert book.run("large", f'large := "{text}"\nlen(large)').stream() == f"{1 << 20}\n"
    assert book.run("next", "len(large)").stream() == f"{1 << 20}\n"


def test_reruns_leave_nothing_behind():
    """Each run is seen by the next, and no longer: the kernel's memory does not grow with reruns."""
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)

    def resident():
        status = pathlib.Path(f"/proc/{manager.provisioner.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", status).group(1)) / 1024

    try:
        book = Notebook(client)
        book.run("worker", WORKER)
        book.run("make", 'a, b := NewWorker("A", 3), NewWorker("B", 3)\na.Start()\nb.Start()')
        for _ in range(60):
            book.run("join", "a.Join()\nb.Join()")
        before = resident()
        for _ in range(300):
            book.run("join", "a.Join()\nb.Join()")
        assert resident() - before < 15, f"{resident():.0f} MiB, {before:.0f} before"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)


def test_a_restart_forgets_the_program():
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    try:
        book = Notebook(client)
        assert book.run("one", "x := 1").status == "ok"
        manager.restart_kernel(now=False)
        client.wait_for_ready(timeout=30)
        assert evalue(book.run("two", "x")) == "not declared in this kernel yet: x"
        assert book.run("one", "x := 1").status == "ok"
        assert book.run("two", "x").stream() == "1\n"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)


def test_is_complete_and_completion(started, book):
    client = started[1]

    def ask(kind, content):
        message = client.session.msg(kind, content)
        client.shell_channel.send(message)
        while True:
            reply = client.get_shell_msg(timeout=30)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"]

    for code, want in {"x := 1": "complete", "a.Start()": "complete", "for {": "incomplete", "x := (": "incomplete", "x := 1 2": "invalid"}.items():
        assert ask("is_complete_request", {"code": code})["status"] == want, code
    book.run("make", 'worker := NewWorker("A", 3)')
    until = time.time() + 30
    while True:  # the first question only starts gopls
        matches = ask("complete_request", {"code": "worker.", "cursor_pos": 7})["matches"]
        if matches or time.time() > until:
            break
        time.sleep(0.5)
    assert {"Start", "Join"} <= set(matches)
    assert "worker" in ask("complete_request", {"code": "for range 2 {\n\two", "cursor_pos": 17})["matches"]
    found = ask("inspect_request", {"code": "worker", "cursor_pos": 3, "detail_level": 0})
    assert found["found"] and "*Worker" in found["data"]["text/plain"]
