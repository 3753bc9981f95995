"""What the lessons say, as far as a machine can check it.

Each notebook is executed as printed; then each task is done as a learner would
do it, and the solutions behind the folds are run in place of the cells they are
for. Nothing is asserted of an order that Go's scheduler is free to choose.
"""

import itertools
import re

import nbformat
import pytest

from conftest import ROOT, run

RUN_JSON = "application/vnd.threading101.run+json"
LESSONS = ["00-welcome", "01-threads", "02-lock", "03-join"]
LOCKED = "// Given and locked: run this cell, leave it as it is."


def book(lesson):
    return nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)


def code_cells(lesson):
    return [c for c in book(lesson).cells if c.cell_type == "code"]


class Session:
    """A kernel on which the cells of one lesson are run, in any order."""

    def __init__(self, lesson, client):
        self.sources = [c.source for c in code_cells(lesson)]
        self.client = client

    def cell(self, text):
        """The source of the one cell that holds text."""
        found = [s for s in self.sources if text in s]
        assert found, f"no cell holds {text!r}"
        return found[0]

    def run(self, code):
        return Run(run(self.client, code))

    def declare(self, *texts):
        """Run the cells that hold these texts."""
        for text in texts:
            assert self.run(self.cell(text)).status == "ok"


class Run:
    """What one cell brought, as a learner sees it."""

    def __init__(self, reply):
        self.reply = reply
        self.status = reply.status
        self.lines = reply.stream().splitlines()
        drawn = reply.displays(RUN_JSON)
        self.json = drawn[0] if drawn else None
        self.text = reply.displays("text/plain")[0] if drawn else ""

    @property
    def ends(self):
        return {g["name"]: g["end"] for g in self.json["goroutines"]}

    @property
    def how(self):
        return self.json["status"]

    def of(self, name, op=None):
        """The events of one goroutine, in order."""
        ids = [g["id"] for g in self.json["goroutines"] if g["name"] == name]
        assert len(ids) == 1, f"{len(ids)} lanes are called {name!r}: {[g['name'] for g in self.json['goroutines']]}"
        return [e for e in self.json["events"] if e["goroutine"] == ids[0] and op in (None, e["op"])]

    def done(self, name):
        """Whether the goroutine returned, or had nothing left but to return.

        Whoever has closed its channel, or is done in its group, may still be cut
        off there: main can be quicker to the end of the program than it.
        """
        return self.ends[name] == "returned" or self.of(name)[-1]["op"] in ("close", "wg-done")

    def ops(self, op):
        return [e for e in self.json["events"] if e["op"] == op]

    def objects(self, op):
        return {e["object"] for e in self.ops(op)}


@pytest.fixture
def lesson(kernel, request):
    return Session(request.param, kernel)


def of(name):
    return pytest.mark.parametrize("lesson", [name], indirect=True, ids=[""])


def blocks(lines):
    """The printed lines, cut where another worker begins to print."""
    return [[name, [int(line.split()[1]) for line in group]]
            for name, group in itertools.groupby(lines, key=lambda line: line.split()[0])]


def is_whole(lines, first):
    """Whether every worker counted down from first to 1 without another in between."""
    whole = list(range(first, 0, -1))
    return all(numbers == whole * (len(numbers) // first) and numbers for _, numbers in blocks(lines))


# --- the notebooks as such ---

@pytest.mark.parametrize("name", LESSONS)
def test_locked_cells_say_so_and_no_others(name):
    for cell in code_cells(name):
        locked = cell.metadata.get("editable") is False
        assert locked == ("scaffold" in cell.metadata.get("tags", [])), cell.source
        assert locked == (cell.metadata.get("deletable") is False), cell.source
        assert locked == cell.source.startswith(LOCKED + "\n"), cell.source


@pytest.mark.parametrize("name", LESSONS)
def test_code_is_gofmt_d(name, tmp_path):
    import subprocess
    for n, cell in enumerate(code_cells(name)):
        go = "\n".join(line for line in cell.source.split("\n") if not line.startswith("%"))
        file = tmp_path / f"cell{n}.go"
        file.write_text("package main\n\n" + go.strip() + "\n")
    listed = subprocess.run(["gofmt", "-l", str(tmp_path)], capture_output=True, text=True)
    assert listed.returncode == 0 and listed.stdout == "", listed.stdout + listed.stderr


@pytest.mark.parametrize("name", LESSONS)
def test_cells_are_short(name):
    for cell in code_cells(name):
        assert len(cell.source.split("\n")) <= 45, cell.source


@pytest.mark.parametrize("name", LESSONS)
def test_folds_are_closed_and_balanced(name):
    text = "\n".join(c.source for c in book(name).cells if c.cell_type == "markdown")
    assert text.count("<details>") == text.count("</details>") == text.count("<summary>")
    assert "<details open" not in text


# --- every solution, as printed, in the place of the cell it is for ---

def solutions():
    """(lesson, number of the code cell it replaces, source) of each solution behind a fold."""
    found = []
    for name in LESSONS:
        code = -1
        for cell in book(name).cells:
            if cell.cell_type == "code":
                code += 1
            else:
                found += [(name, code, s) for s in re.findall(r"```text\n(.*?)\n```", cell.source, re.S)]
    return found


def test_each_task_has_its_solution():
    tasks = [name for name in LESSONS for c in code_cells(name) if "your" in c.source and "here" in c.source]
    assert tasks == [name for name, _, _ in solutions()] and len(tasks) == 3
    for name, number, _ in solutions():
        assert "here" in code_cells(name)[number].source, "a solution stands right after the cell it is for"


def solved(kernel, name):
    """The run of the lesson's solution, after all cells before it."""
    (number, source), = [(n, s) for lesson, n, s in solutions() if lesson == name]
    session = Session(name, kernel)
    for before in session.sources[:number]:
        session.run(before)
    return session.run(source)


def test_the_solution_of_01_starts_five(kernel):
    done = solved(kernel, "01-threads")
    assert done.status == "ok"
    assert list(done.ends) == ["main", "W1", "W2", "W3", "W4", "W5"]
    assert done.how == "ok" and sorted(done.lines) == sorted(f"W{i} {n}" for i in range(1, 6) for n in (2, 1))


def test_the_solution_of_02_keeps_each_block_whole(kernel):
    done = solved(kernel, "02-lock")
    assert done.status == "ok" and done.how == "ok"
    assert len(done.lines) == 12 and is_whole(done.lines, 3), done.lines
    assert len(done.ops("lock")) == len(done.ops("unlock")) == 4


def test_the_solution_of_03_has_whole_blocks_and_main_last(kernel):
    done = solved(kernel, "03-join")
    assert done.status == "ok" and len(done.ends) == 4
    assert done.lines[-1] == "main: all are done"
    assert len(done.lines) == 10 and is_whole(done.lines[:-1], 3), done.lines
    assert not done.of("main", "sleep"), "no Sleep in main"


# --- 00 welcome ---

@of("00-welcome")
def test_00_one_goroutine_is_not_drawn(lesson):
    alone = lesson.run(lesson.cell("hello from one goroutine"))
    assert alone.lines == ["hello from one goroutine"] and alone.json is None


@of("00-welcome")
def test_00_the_picture_has_what_read_the_picture_says(lesson):
    source = lesson.cell('go hello("A")')
    first = lesson.run(source)
    assert sorted(first.lines) == ["hello from A", "hello from B"]
    assert [g["name"] for g in first.json["goroutines"]] == ["main", "hello A", "hello B"]
    rows = first.text.splitlines()
    assert rows[0] == "Every goroutine had ended when main returned."
    starts = [row for row in rows if "main starts hello" in row]
    line = 1 + source[:source.index('go hello("A")')].count("\n")
    assert re.search(rf"\b1:{line}\b", starts[0]), "cell 1 and the line of the go statement"
    assert "last" not in " ".join(rows[:3])


@of("00-welcome")
def test_00_a_rerun_says_whether_it_went_another_way(lesson):
    for n in range(3):
        again = lesson.run(lesson.cell('go hello("A")'))
        head = " ".join(again.text.split("\n\n")[0].split())
        said = re.search(r"Same order as the last run|went another way than the last", head)
        assert bool(said) == (n > 0), head


@of("00-welcome")
@pytest.mark.parametrize("procs", [1, 2])
def test_00_all_lines_come_on_one_processor_and_on_two(lesson, procs):
    lesson.declare("func work(")
    done = lesson.run(lesson.cell(f"%procs {procs}\n"))
    assert done.json["procs"] == procs
    for name in "AB":
        assert [line for line in done.lines if line.startswith(name)] == [f"{name} {i}" for i in (1, 2, 3)]


@of("00-welcome")
def test_00_the_table_of_commands_is_true(lesson):
    off = lesson.run("%picture off\n" + lesson.cell('go hello("A")'))
    assert off.json is None and len(off.lines) == 2
    assert lesson.run(lesson.cell('go hello("A")')).json is None, "until %picture on"
    assert lesson.run("%picture on\n" + lesson.cell('go hello("A")')).json
    assert lesson.run("%race\n" + lesson.cell('go hello("A")')).json["mode"] == "race"
    words = lesson.run("%t101")
    assert "%procs" in str([m["content"] for m in words.reply.messages])


# --- 01 threads ---

DECLARED_01 = ("func printString", "type Worker struct")


@of("01-threads")
def test_01_main_returns_and_the_workers_are_cut_off(lesson):
    lesson.declare(*DECLARED_01)
    done = lesson.run(lesson.cell("main: both are started"))
    assert done.lines == ["main: both are started"]
    assert done.how == "cut-off" and done.ends == {"main": "returned", "A": "cut-off", "B": "cut-off"}
    assert "A and B were cut off" in done.text.splitlines()[0] and "✂" in done.text


@of("01-threads")
def test_01_with_sleep_they_get_through(lesson):
    lesson.declare(*DECLARED_01)
    done = lesson.run(lesson.cell("I have slept enough"))
    assert done.lines[-1] == "main: I have slept enough"
    assert sorted(done.lines[:-1]) == [f"{w} {n}" for w in "AB" for n in (1, 2, 3)]
    for worker in "AB":
        assert [e["value"].strip() for e in done.of(worker, "print")] == [f"{worker} {n}" for n in (3, 2, 1)]


@of("01-threads")
def test_01_modify(lesson):
    lesson.declare(*DECLARED_01)
    source = lesson.cell("I have slept enough")

    slow = lesson.run(source.replace('"B", 3, 20*', '"B", 3, 70*'))
    assert slow.ends == {"main": "returned", "A": "returned", "B": "cut-off"} and "B 1" not in slow.lines

    three = lesson.run(source.replace("\tb.Start()", '\tb.Start()\n\tNewWorker("C", 3, 20*time.Millisecond).Start()'))
    assert three.ends == dict.fromkeys(["main", "A", "B", "C"], "returned")

    short = lesson.run(source.replace("200 * time", "50 * time"))
    assert short.ends == {"main": "returned", "A": "cut-off", "B": "cut-off"}
    assert short.text.count("was cut off, last seen at cell 1, line") == 2, short.text


@of("01-threads")
def test_01_both_printers_start_at_the_one_go_statement(lesson):
    lesson.declare("func printString")
    source = lesson.cell("type Printer struct")
    done = lesson.run(source)
    assert done.how == "ok" and sorted(done.lines) == ["left 1", "left 2", "right 1", "right 2"]
    line = 1 + source[:source.index("go t.run()")].count("\n")
    assert [e["line"] for e in done.ops("go")] == [line, line]


# --- 02 lock ---

@of("02-lock")
@pytest.mark.parametrize("text", ["\tlock.Lock()\n\tprintString", "\tdefer lock.Unlock()"], ids=["unlock", "defer"])
def test_02_under_the_lock_blocks_are_whole_and_one_waits(lesson, text):
    lesson.declare("func startBoth", "var lock sync.Mutex")
    done = lesson.run(lesson.cell(text))
    assert done.how == "ok" and len(done.lines) == 6 and is_whole(done.lines, 3), done.lines
    assert done.objects("lock") == {"lock"}
    first, second = [e["goroutine"] for e in done.ops("lock")]
    waits = done.ops("lock-want")
    assert [w["goroutine"] for w in waits] == [second] and waits[0]["partner"] == first
    steps = [e["step"] for e in done.json["events"] if e["goroutine"] == second and "step" in e]
    taken = done.ops("lock")[1]["step"]
    assert not [s for s in steps if waits[0]["step"] < s < taken], "who waits takes no step"
    assert re.search(r"waits for lock, held by [AB]", done.text)


@of("02-lock")
def test_02_no_lock_is_no_lock(lesson):
    lesson.declare("func startBoth")
    done = lesson.run(lesson.sources[1])
    assert not done.ops("lock") and len(done.lines) == 6


@of("02-lock")
def test_02_a_lock_each_holds_nobody_up(lesson):
    lesson.declare("func startBoth")
    done = lesson.run(lesson.cell("var mine sync.Mutex"))
    assert done.objects("lock") == {"mine", "mine·2"}
    assert not done.ops("lock-want"), "nobody ever waits"
    assert len(done.lines) == 6


@of("02-lock")
def test_02_a_lock_for_each_line_is_free_between_the_lines(lesson):
    lesson.declare("func startBoth", "var lock sync.Mutex")
    done = lesson.run(lesson.cell("for i := w.counter"))
    assert done.objects("lock") == {"lock"}
    assert len(done.ops("lock")) == len(done.ops("unlock")) == len(done.lines) == 6
    for worker in "AB":
        taken = [(e["op"], e.get("value", "").strip()) for e in done.of(worker) if e["op"] in ("lock", "print", "unlock")]
        assert [op for op, _ in taken] == ["lock", "print", "unlock"] * 3


@of("02-lock")
def test_02_modify_a_third_worker(lesson):
    lesson.declare("func startBoth", "var lock sync.Mutex")
    three = "".join(f'\tNewWorker("{n}", 3, 10*time.Millisecond).Start()\n' for n in "ABC") + "\ttime.Sleep(500 * time.Millisecond)"
    done = lesson.run(lesson.cell("\tdefer lock.Unlock()").replace("\tstartBoth()", three))
    assert done.how == "ok" and len(done.lines) == 9 and is_whole(done.lines, 3), done.lines


@of("02-lock")
def test_02_modify_a_lock_that_nobody_gives_back(lesson):
    lesson.declare("func startBoth")
    done = lesson.run(lesson.cell("var lock sync.Mutex").replace("\tlock.Unlock()\n", ""))
    assert len(done.ops("lock")) == 1 and not done.ops("unlock")
    assert len(done.lines) == 3 and is_whole(done.lines, 3)
    holder = done.lines[0].split()[0]
    other = {"A": "B", "B": "A"}[holder]
    assert done.ends[holder] == "returned" and done.ends[other] != "returned"
    assert "✖ waits for ever" in done.text and f"{other} waits for lock, held by {holder}" in done.text


@of("02-lock")
def test_02_make_with_defer_in_the_loop_waits_for_itself(lesson):
    lesson.declare("func startBoth", "var lock sync.Mutex")
    (_, _, source), = [found for found in solutions() if found[0] == "02-lock"]
    done = lesson.run(source.replace("\t\tlock.Unlock()\n", "").replace("lock.Lock()", "lock.Lock()\n\t\tdefer lock.Unlock()"))
    holder = done.lines[0].split()[0]
    assert f"{holder} waits for lock, held by itself" in done.text and len(done.lines) == 3, done.text


# --- 03 join ---

DECLARED_03 = ("func printString", "type Worker struct")


@of("03-join")
def test_03_join_one(lesson):
    lesson.declare(*DECLARED_03)
    done = lesson.run(lesson.cell("a.Join()\n\tfmt.Println(\"main: A is done\")\n}"))
    assert done.lines[-1] == "main: A is done"
    assert [line for line in done.lines if line.startswith("A")] == ["A 3", "A 2", "A 1"]
    assert done.done("A") and not done.done("B") and done.ends["B"] == "cut-off"
    closed, found = done.of("A", "close")[0], done.of("main", "recv")[0]
    assert closed["object"] == found["object"] and closed["step"] < found["step"]
    assert found["partner"] == closed["goroutine"], "the arrow leads from A's close to main"


@of("03-join")
def test_03_join_all_in_the_other_order(lesson):
    lesson.declare(*DECLARED_03)
    done = lesson.run(lesson.cell("b.Join()\n"))
    assert done.lines[-2:] == ["main: B is done", "main: A is done"]
    assert done.ends["A"] == "returned" and done.done("B")
    assert done.of("A", "end")[0]["step"] < done.of("main", "print")[0]["step"], "A ends before main asks for it"
    wants = done.of("main", "recv-want")
    assert len(wants) == 1, "the second join does not wait"
    assert {e["object"] for e in done.of("main", "recv")} == {"w.done", "w.done·2"}


@of("03-join")
def test_03_the_group_s_last_line_is_last(lesson):
    lesson.declare("func printString")
    for _ in range(3):
        done = lesson.run(lesson.cell("wg.Go("))
        assert done.status == "ok" and done.lines[-1] == "main: all are done"
        assert sorted(done.lines[:-1]) == [f"{w} {n}" for w in "ABC" for n in (1, 2)]
        waited = done.of("main", "wait")[0]
        assert all(e["step"] < waited["step"] for e in done.ops("wg-done"))


@of("03-join")
def test_03_a_forgotten_close_is_a_deadlock_said_at_cell_and_line(lesson):
    lesson.declare("func printString")
    source = lesson.cell("forgotten")
    done = lesson.run(source)
    assert done.status == "error" and done.how == "deadlock"
    said = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(done.reply.content["traceback"]))
    assert "all goroutines are asleep - deadlock!" in said
    line = 1 + source[:source.index("<-forgotten")].count("\n")
    assert re.search(rf"main waits to receive from forgotten +cell 2, line {line}", said), said
    assert "send, or close" in said
    assert "✖ waits for ever" in done.text and done.lines == ["A 1"]


@of("03-join")
def test_03_modify(lesson):
    lesson.declare(*DECLARED_03)
    both = lesson.cell("b.Join()\n")
    worker = lesson.cell("type Worker struct")

    twice = lesson.run(both.replace("\ta.Join()\n", "\ta.Join()\n\ta.Join()\n"))
    assert twice.status == "ok" and twice.lines[-1] == "main: A is done"

    assert lesson.run(worker.replace("\tdefer close(w.done)\n", "")).status == "ok"
    stuck = lesson.run(both)
    assert stuck.status == "error" and stuck.how == "deadlock"
    assert stuck.ends["A"] == stuck.ends["B"] == "returned"
    assert "main waits to receive from w.done" in re.sub(r"\x1b\[[\d;]*m", "", "\n".join(stuck.reply.content["traceback"]))

    assert lesson.run(worker).status == "ok"
    assert lesson.run(both).status == "ok", "mended"


# --- the course as one ---

def test_every_link_of_the_guide_and_the_readme_has_its_lesson():
    for name in LESSONS:
        assert (ROOT / "lessons" / f"{name}.md").exists()
        assert f"](lessons/{name}.md)" in (ROOT / "README.md").read_text()
        assert f"## {name.replace('-', ' ')} · " in (ROOT / "lessons" / "GUIDE.md").read_text()


def test_the_minutes_agree_with_the_guide():
    guide = (ROOT / "lessons" / "GUIDE.md").read_text()
    for name in LESSONS:
        minutes = re.search(r"\*About (\d+) minutes", (ROOT / "lessons" / f"{name}.md").read_text()).group(1)
        assert f"## {name.replace('-', ' ')} · {minutes} minutes" in guide
