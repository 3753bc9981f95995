"""What the lessons say, as far as a machine can check it.

Each notebook is executed as printed; then each task is done as a learner would
do it, and the solutions of the guide are run in place of the cells they are
for. What a text says of a token is a row in lessons/claims.py, and is checked
here. Nothing is asserted of an order that a scheduler is free to choose.
"""

import itertools
import json
import re
import shutil

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

import claims
import explored
import make
import minutes
import tokens
import tries
from conftest import ROOT
from tokens import LESSONS, PAGES, execute

SMALL = [name for name in LESSONS if explored.small(name)]  # one program and a locked check; solutions in lessons/solutions
WITH_TASKS = [name for name in LESSONS if name not in SMALL]  # with one task at the end, its check, and its solution
OFTEN = 60  # reruns within which a seed shows what one in three does
LOCKED = {"scaffold": "// Given and locked: run this cell, leave it as it is.",
          "check": "// Locked: run this cell, leave it as it is."}


@pytest.fixture
def kernel():
    """A client of a fresh kernel, in a folder of its own: lessons write files."""
    with tokens.kernel() as client:
        yield client


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
        return execute(self.client, code)

    def rerun(self, text, *edits, head="", searched=True):
        """Run the cell that holds text in its place, where it continues the program of other cells: edited, below a head.

        Not searched is one run of it, where the cell asks for all."""
        source = self.cell(text) if searched else tokens.OURS.sub("", self.cell(text))
        for old, new in edits:
            assert old in source, f"{old!r} is not in the cell with {text!r}"
            source = source.replace(old, new)
        return execute(self.client, head + source, cell=tokens.cell_id(self.sources.index(self.cell(text))))

    def declare(self, *texts):
        """Run the cells that hold these texts."""
        for text in texts:
            assert self.rerun(text).status == "ok"


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

@pytest.mark.parametrize("name", LESSONS + PAGES)
def test_locked_cells_say_so_and_no_others(name):
    for cell in code_cells(name):
        locked = cell.metadata.get("editable") is False
        assert locked == (cell.metadata.get("deletable") is False), cell.source
        tags = set(LOCKED) & set(cell.metadata.get("tags", []))
        assert len(tags) == (1 if locked else 0), cell.source
        assert [LOCKED[tag] for tag in tags] == [line for line in cell.source.split("\n") if line in LOCKED.values()], cell.source


@pytest.mark.parametrize("name", LESSONS + PAGES)
def test_code_is_gofmt_d(name):
    import subprocess
    for cell in code_cells(name):
        go = "\n".join(line for line in cell.source.split("\n") if not line.startswith(("%", "!"))).strip()
        # From its standard input gofmt takes statements alone as well.
        done = subprocess.run(["gofmt"], input=go, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout.strip() == go, done.stderr or done.stdout


@pytest.mark.parametrize("name", LESSONS + PAGES)
def test_cells_are_short(name):
    for cell in code_cells(name):
        assert len(cell.source.split("\n")) <= 45, cell.source


@pytest.mark.parametrize("name", LESSONS + PAGES)
def test_folds_are_closed_and_balanced(name):
    text = "\n".join(c.source for c in book(name).cells if c.cell_type == "markdown")
    assert text.count("<details>") == text.count("</details>") == text.count("<summary>")
    assert "<details open" not in text


@pytest.mark.parametrize("name", LESSONS + PAGES)
def test_each_command_is_one_that_the_readme_lists(name):
    readme = (ROOT / "README.md").read_text()
    gonbs = re.search(r"^.*GoNB's own commands.*$", readme, re.M).group()
    known = set(re.findall(r"^\| `%(\w+)", readme, re.M)) | set(re.findall(r"`%(\w+)`", gonbs))
    used = {command for c in code_cells(name) for command in re.findall(r"^%(\w+)", c.source, re.M)}
    assert used <= known, used - known


# --- tokens: what the text says of each ---

def told(name, *parts):
    """Of a lesson, what was looked at of these parts: [row]. It runs once, with those it has a kernel in common with."""
    (names,) = [group for group in explored.groups() if name in group]
    return [row for lesson, row in explored.looked_at(*names) if lesson == name and row.part in parts]


def wrong(rows):
    return [(row.finding.says, row.problem) for row in rows if row.problem]


@pytest.mark.parametrize("name", tokens.with_tokens())
def test_each_token_shows_what_the_text_says(name):
    rows = told(name, explored.TOKEN)
    assert [row.finding.says for row in rows] == tokens.tokens_of(name)
    assert not wrong(rows), f"python lessons/make.py --tokens --write {name} looks for fresh ones"


# --- all interleavings: what the text says of them ---

@pytest.mark.parametrize("names", explored.groups(), ids=lambda names: names[0])
def test_all_interleavings_are_as_the_text_says(names):
    rows = [row for name in names for row in told(name, explored.CELL, explored.FOUND, explored.SOLVED, explored.TRIED)]
    assert not wrong(row for row in rows if row.part in (explored.CELL, explored.FOUND))
    assert not explored.unfounded(names, [row.run for row in rows]), "numbers of interleavings that nothing was found to have"


def test_the_wanted_errors_are_errors():
    """Cells that may end in an error say so; those that always do, do."""
    for name, always in (("05a-three-steps", ["%race"]), ("08-deadlock", ["%replay", "func (a *Account) Interest"])):
        may = [(cell.source, row.run) for cell, row in zip(code_cells(name), told(name, explored.CELL)) if "raises-exception" in cell.metadata.get("tags", [])]
        for text in always:
            run = [run for source, run in may if text in source][0]
            assert run.status == "error", run.lines


def test_a_wrong_number_of_interleavings_is_noticed(kernel):
    run = execute(kernel, "%explore\n" + code_cells("05a-three-steps")[0].source)
    unfounded = explored.unfounded(["05a-three-steps"], [run])
    assert (0, 924) in unfounded and (8, 924) in unfounded and (2, 6) not in unfounded


def test_an_error_that_no_tag_allows_is_noticed(kernel, monkeypatch):
    monkeypatch.setattr(explored, "code_of", lambda _: [nbformat.v4.new_code_cell("func main() { nowhere() }")])
    assert "undefined: nowhere" in next(explored.judged(kernel, "00-welcome")).problem


def test_lessons_that_explore_have_rows_for_it():
    assert set(explored.asking()) == set(claims.FINDINGS), "FINDINGS in lessons/claims.py and lessons/cases.py"


def test_the_guide_names_only_tokens_of_the_lessons():
    assert tokens.strangers() == []


def test_a_token_is_refused_once_its_code_was_edited(kernel):
    cells, (first, *_) = tokens.mentions("05a-three-steps")
    replay = f"%replay {first.token}\n{first.source}"
    assert execute(kernel, cells[0].source).status == "ok"
    assert tokens.wrong(first, execute(kernel, replay)) == ""
    assert tokens.wrong(first, execute(kernel, f"%seed 1\n{first.source}")), "another run is not the token's"

    assert execute(kernel, cells[0].source.replace("balance += amount", "balance += 2 * amount")).status == "ok"
    run = execute(kernel, replay)
    assert "belongs to other code" in tokens.wrong(first, run) and run.json is None and not run.lines


# --- every lesson ends in a check: red as printed, green with the solution of the guide ---

def locked_check(name):
    """The number of the one code cell that is the lesson's locked check."""
    (number,) = [n for n, c in enumerate(code_cells(name)) if "check" in c.metadata.get("tags", [])]
    return number


@pytest.mark.parametrize("name", WITH_TASKS)
def test_each_task_has_its_check_its_hints_and_a_solution_out_of_sight(name):
    cells, number = code_cells(name), locked_check(name)
    task, check = cells[number - 1], cells[number]
    assert [n for n, c in enumerate(cells) if "your code here" in c.source] == [number - 1], "the check is right below the task"
    assert check.source.startswith("%check ") and "raises-exception" in check.metadata["tags"], "it is red as printed"
    for cell in (task, check):
        assert len(cell.metadata["threading101"]["hints"]) == 3
    assert len(explored.solutions(name)) == 1, "lessons/GUIDE.md has it"
    assert "```text" not in "".join(c.source for c in book(name).cells), "the learner's own, not one fold below the question"


@pytest.mark.parametrize("name", LESSONS + ["00b-one-page"])
def test_the_check_is_red_at_first_and_green_in_the_end(name):
    """Red as printed; green with each solution, or on a page in the end."""
    red, green = told(name, explored.RED), told(name, explored.SOLVED)
    assert len(red) == len(explored.parts(name)[2]) and not wrong(red)
    assert len(green) == len(red) * max(1, len(explored.solutions(name))) and not wrong(green)


# --- what learners try: a check passes for every right program, and for no wrong one ---

@pytest.mark.parametrize("name", LESSONS)
def test_the_check_tells_right_from_wrong(name):
    rows = told(name, explored.TRIED)
    assert len(rows) == len(tries.TRIES[name]) and not wrong(rows)


def test_every_check_is_tried_with_wrong_programs():
    assert set(tries.TRIES) == set(LESSONS), "lessons/tries.py"
    for name, rows in tries.TRIES.items():
        refused = [row for row in rows if row.refused]
        rights = len(rows) - len(refused) + len(explored.solutions(name))
        checks = len(explored.parts(name)[2])
        assert len(refused) >= 2 and {row.check for row in refused} == set(range(checks)), f"{name}: each check is to be red for something"
        assert rights >= 2, f"{name}: one right program may be the only one that passes"


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
    assert f"main:{line} " in starts[0], "main, and the line of the go statement in its cell"
    assert "differs from the previous" not in first.words and "Same order" not in first.words


@of("00-welcome")
def test_00_who_decided_is_said_of_each_run(lesson):
    source = lesson.cell('go hello("A")')
    seen = set()
    for _ in range(4):
        done = lesson.run(source)
        assert done.json["mode"] == "controlled" and done.token in done.text and f"seed {done.json['seed']} " in done.text
        assert not re.search(r"[Rr]eal run", done.text)
        seen.add(done.json["seed"])
    assert len(seen) > 1, "each run has a seed of its own"
    real = lesson.run("%real\n" + source)
    assert real.json["mode"] == "real" and "Real run: Go's own scheduler" in real.text
    assert not real.token and "controlled" not in real.text and "token" not in real.text


@of("00-welcome")
def test_00_reruns_visibly_change(lesson):
    orders, marked = set(), 0
    for _ in range(OFTEN):
        done = lesson.run(lesson.cell('go hello("A")'))
        orders.add(tuple(done.lines))
        if "differs from the previous one" in done.words:
            marked += "≠" in done.text and "step 4" in done.words
        if len(orders) == 2 and marked:
            break
    assert len(orders) == 2 and marked, "throws of a coin, all alike"


@of("00-welcome")
def test_00_a_rerun_says_whether_it_went_another_way(lesson):
    for n in range(3):
        again = lesson.run(lesson.cell('go hello("A")'))
        said = re.search(r"Same order as the previous run|differs from the previous one", again.words)
        assert bool(said) == (n > 0), again.text


@of("00-welcome")
@pytest.mark.parametrize("procs", [1, 2])
def test_00_all_lines_come_on_one_processor_and_on_two(lesson, procs):
    lesson.declare("func work(")
    source = lesson.cell("%procs 2\n").replace("%procs 2", f"%procs {procs}")
    prompt = "300 * time.Millisecond"
    assert prompt in source
    for wait in (prompt, "3 * time.Second", "30 * time.Second"):  # main joins nobody: a busy machine needs longer
        done = lesson.run(source.replace(prompt, wait))
        assert done.json["procs"] == procs
        if len(done.lines) == 6:
            break
    for name in "AB":
        assert [line for line in done.lines if line.startswith(name)] == [f"{name} {i}" for i in (1, 2, 3)]


@of("00-welcome")
def test_00_the_table_of_commands_is_true(lesson):
    assert lesson.run("%explore\n" + lesson.cell('go hello("A")')).all > 1
    assert lesson.run("%check race-free\n" + lesson.cell('go hello("A")')).status == "ok"
    words = lesson.run("%t101")
    assert "%procs" in str(words.shown)


# --- 01 threads ---

DECLARED_01 = ("func printString", "type Worker struct")
START_01 = "left.Start()"


@of("01-threads")
def test_01_two_workers_print_in_many_orders(lesson):
    lesson.declare(*DECLARED_01)
    orders, first = set(), set()
    for _ in range(OFTEN):
        done = lesson.rerun(START_01)
        assert done.how == "waiting" and sorted(done.lines) == [f"{w} {n}" for w in "AB" for n in (1, 2, 3)]
        orders.add(tuple(done.lines))
        first.add(done.lines[0])
        if len(orders) > 2 and len(first) == 2:
            break
    assert len(orders) > 2 and first == {"A 3", "B 3"}, "started first is not first to print"


@of("01-threads")
def test_01_modify_the_cell_that_starts(lesson):
    lesson.declare(*DECLARED_01)
    third = 'third := NewWorker("C", 3, 20*time.Millisecond)\nthird.Start()'

    for _ in range(3):
        assert is_whole(lesson.rerun(START_01, ('"B", 3, 20*', '"B", 3, 70*')).lines, 3), "A has finished before B's first line"

    lesson.declare(START_01)
    assert lesson.run(third).lines == ["C 3", "C 2", "C 1"], "main was at the prompt until A and B had finished"


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
    done = lesson.run(tokens.OURS.sub("", lesson.cell("I have slept enough")))
    assert done.lines[-1] == "main: I have slept enough"
    assert sorted(done.lines[:-1]) == [f"{w} {n}" for w in "AB" for n in (1, 2, 3)]
    for worker in "AB":
        assert [e["value"].strip() for e in done.of(worker, "print")] == [f"{worker} {n}" for n in (3, 2, 1)]

    short = lesson.run(tokens.OURS.sub("", lesson.cell("I have slept enough")).replace("200 * time", "50 * time"))
    assert short.ends == {"main": "returned", "A": "cut-off", "B": "cut-off"}
    assert re.search(r"A and B were cut off, last seen at printString:4|(\w was cut off, last seen at printString:\d.*){2}", short.words), short.text


@of("01-threads")
def test_01_under_the_free_clock_hardly_two_runs_are_alike(lesson):
    lesson.declare(*DECLARED_01)
    longer = ('"A", 3, 20*', '"A", 5, 1*'), ('"B", 3, 20*', '"B", 5, 30*')
    runs = [lesson.rerun(START_01, *longer, head="%clock free\n") for _ in range(20)]
    for done in runs:
        assert done.json["clock"] == "free" and done.how == "waiting"
        assert sorted(done.lines) == sorted(f"{w} {n}" for w in "AB" for n in range(1, 6))
    assert len({tuple(done.lines) for done in runs}) >= 15
    kept = lesson.rerun(START_01, *longer)
    assert is_whole(kept.lines, 5) and kept.lines[0] == "A 5", "the virtual clock keeps to the delays"
    real = lesson.rerun(START_01, *longer, head="%real\n")
    assert real.json["mode"] == "real" and len(real.lines) == 10, "the prompt of a real run is long enough for B"


@of("01-threads")
def test_01_both_printers_start_at_the_one_go_statement(lesson):
    lesson.declare("func printString")
    source = lesson.cell("type Printer struct")
    lesson.declare("type Printer struct")
    done = lesson.rerun('NewPrinter("left").Start()')
    assert done.how == "waiting" and sorted(done.lines) == ["left 1", "left 2", "right 1", "right 2"]
    line = 1 + source[:source.index("go t.run()")].count("\n")
    assert [e["line"] for e in done.ops("go")] == [line, line]


# --- 02 lock ---

GIVEN_02, START_02, LOCK_02 = "Given and locked", "a.Start()", "var lock sync.Mutex"


@of("02-lock")
def test_02_under_the_lock_blocks_are_whole_and_one_waits(lesson):
    lesson.declare(GIVEN_02, START_02)
    done = lesson.rerun(LOCK_02)
    assert "it is run anew from its first cell" in str(done.shown), "the lock is in a cell of its own"
    assert done.how == "waiting" and len(done.lines) == 6 and is_whole(done.lines, 3), done.lines
    assert done.objects("lock") == {"lock"}
    first, second = [e["goroutine"] for e in done.ops("lock")]
    waits = done.ops("lock-want")
    assert [w["goroutine"] for w in waits] == [second] and waits[0]["partner"] == first
    steps = [e["step"] for e in done.json["events"] if e["goroutine"] == second and "step" in e]
    taken = done.ops("lock")[1]["step"]
    assert not [s for s in steps if waits[0]["step"] < s < taken], "who waits takes no step"
    assert re.search(r"waits for lock, held by [AB]", done.text)


@of("02-lock")
def test_02_the_lock_taken_out_and_put_back(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    torn = lesson.rerun(LOCK_02, ("\tlock.Lock()\n", ""), ("\tdefer lock.Unlock()\n", ""))
    assert not torn.ops("lock") and not is_whole(torn.lines, 3), torn.lines
    assert is_whole(lesson.rerun(LOCK_02).lines, 3)


@of("02-lock")
def test_02_blocks_are_whole_in_20_of_20(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    first = set()
    for _ in range(20):
        done = lesson.rerun(START_02)
        assert len(done.lines) == 6 and is_whole(done.lines, 3), done.lines
        first.add(done.lines[0])
    assert first == {"A 3", "B 3"}, "the lock does not choose who is first"


@of("02-lock")
def test_02_no_block_is_torn_without_the_delays(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    for head in ["%clock free\n"] * 20 + ["%real\n"] * 2:
        done = lesson.rerun(START_02, head=head)
        assert len(done.lines) == 6 and is_whole(done.lines, 3), (head, done.lines)


@of("02-lock")
def test_02_the_wrong_locks_tear(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    for text in ("var mine sync.Mutex", "for i := w.counter"):
        assert not is_whole(lesson.rerun(text).lines, 3)
        assert not any(is_whole(lesson.rerun(START_02).lines, 3) for _ in range(10))


@of("02-lock")
def test_02_no_lock_is_no_lock(lesson):
    lesson.declare(GIVEN_02)
    done = lesson.rerun(START_02)
    assert not done.ops("lock") and len(done.lines) == 6


@of("02-lock")
def test_02_a_lock_each_holds_nobody_up(lesson):
    lesson.declare(GIVEN_02, START_02)
    done = lesson.rerun("var mine sync.Mutex")
    assert done.objects("lock") == {"mine", "mine·2"}
    assert not done.ops("lock-want"), "nobody ever waits"
    assert len(done.lines) == 6


@of("02-lock")
def test_02_a_lock_for_each_line_is_free_between_the_lines(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    done = lesson.rerun("for i := w.counter")
    assert done.objects("lock") == {"lock"}
    assert len(done.ops("lock")) == len(done.ops("unlock")) == len(done.lines) == 6
    for worker in "AB":
        taken = [(e["op"], e.get("value", "").strip()) for e in done.of(worker) if e["op"] in ("lock", "print", "unlock")]
        assert [op for op, _ in taken] == ["lock", "print", "unlock"] * 3


@of("02-lock")
def test_02_modify_a_third_worker(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    done = lesson.rerun(START_02, ("b.Start()", 'b.Start()\nc := NewWorker("C", 3, 10*time.Millisecond)\nc.Start()'))
    assert done.how == "waiting" and len(done.lines) == 9 and is_whole(done.lines, 3), done.lines


@of("02-lock")
def test_02_modify_a_lock_that_nobody_gives_back(lesson):
    lesson.declare(GIVEN_02, START_02)
    done = lesson.rerun(LOCK_02, ("\tdefer lock.Unlock()\n", ""))
    assert len(done.ops("lock")) == 1 and not done.ops("unlock")
    assert len(done.lines) == 3 and is_whole(done.lines, 3)
    holder = done.lines[0].split()[0]
    other = {"A": "B", "B": "A"}[holder]
    assert done.ends[holder] == "returned" and done.ends[other] != "returned"
    assert f"{other} waits for lock, held by {holder}" in done.text
    given = lesson.run("lock.Unlock()")
    assert given.lines == [f"{other} {n}" for n in (3, 2, 1)], "main can give it back"


@of("02-lock")
def test_02_make_with_defer_in_the_loop_waits_for_itself(lesson):
    lesson.declare(GIVEN_02, START_02, LOCK_02)
    (source,) = explored.solutions("02-lock")
    done = lesson.run(source)
    assert len(done.lines) == 12 and len(done.ops("lock")) == 4, "between its blocks a worker lets others in"
    done = lesson.run(source.replace("\t\tlock.Unlock()\n", "").replace("lock.Lock()", "lock.Lock()\n\t\tdefer lock.Unlock()"))
    holder = done.lines[0].split()[0]
    assert f"{holder} waits for lock, held by itself" in done.text and len(done.lines) == 3, done.text


# --- 03 join ---

DECLARED_03 = ("func printString", "type Worker struct")
START_03, JOIN_A, JOIN_B = "a.Start()", "a.Join()", "b.Join()"


@of("03-join")
def test_03_join_one(lesson):
    lesson.declare(*DECLARED_03)
    assert not lesson.rerun(START_03).lines, "the world stands still"
    before = set()
    for _ in range(OFTEN):
        done = lesson.rerun(JOIN_A)
        told = done.lines.index("main: A is done")
        assert {"A 3", "A 2", "A 1", "B 3"} <= set(done.lines[:told]) and done.lines[-1] == "B 1"
        before.add("B 2" in done.lines[:told])
        closed, found = done.of("A", "close")[0], done.of("main", "recv")[0]
        assert closed["object"] == found["object"] and closed["step"] < found["step"]
        assert found["partner"] == closed["goroutine"], "the arrow leads from A's close to main"
        assert len(done.of("main", "recv-want")) == 1
        if len(before) == 2:
            break
    assert before == {True, False}, "a rerun is another interleaving"


@of("03-join")
def test_03_join_all(lesson):
    lesson.declare(*DECLARED_03, START_03, JOIN_A)
    assert lesson.rerun(JOIN_A, head="%check joined\n").violated == "joined", "joined one: the text has it fail"
    lesson.declare(JOIN_A)
    done = lesson.rerun(JOIN_B, searched=False)
    assert done.lines == ["main: B is done"]
    assert done.ends["A"] == done.ends["B"] == "returned"
    assert len(done.of("main", "recv-want")) == 1, "the second join does not wait"
    assert {e["object"] for e in done.of("main", "recv")} == {"w.done", "w.done·2"}


@of("03-join")
def test_03_modify(lesson):
    lesson.declare(*DECLARED_03, START_03)
    lesson.declare(JOIN_A)
    stuck = lesson.rerun("type Worker struct", ("\tdefer close(w.done)\n", ""))
    assert stuck.status == "error" and stuck.how == "deadlock"
    assert stuck.ends["A"] == stuck.ends["B"] == "returned"
    assert "all goroutines are asleep - deadlock!" in stuck.error and "main waits to receive from w.done" in stuck.error
    assert "✖ waits for ever" in stuck.text
    assert lesson.rerun("type Worker struct").status == "ok", "put back"


@of("03-join")
def test_03_the_group_s_last_line_is_last(lesson):
    lesson.declare("func printString", "wg.Go(")
    orders = set()
    for _ in range(OFTEN):
        done = lesson.rerun("wg.Wait()", searched=False)
        assert done.status == "ok" and done.lines[-1] == "main: all are done"
        assert sorted(done.lines[:-1]) == [f"{w} {n}" for w in "ABC" for n in (1, 2)]
        waited = done.of("main", "wait")[0]
        assert all(e["step"] < waited["step"] for e in done.ops("wg-done"))
        orders.add(tuple(done.lines))
        if len(orders) > 1:
            break
    assert len(orders) > 1


# --- 05a three steps, 05b critical section ---

MONEY, LOCKED_05 = "var balance = 100", "var lock sync.Mutex"


@of("05a-three-steps")
def test_05_what_the_account_can_hold(lesson):
    seen = set()
    for seed in range(1, 80):
        done = lesson.run(f"%seed {seed}\n" + lesson.cell(MONEY))
        assert len(done.json["races"]) == 1, "each run has the race, whatever it prints"
        assert (done.lost > 0) == (done.lines != ["balance: 130"])
        seen |= set(done.lines)
    assert seen == {"balance: 130", "balance: 120", "balance: 110"}


@of("05a-three-steps")
def test_05_go_s_own_detector_agrees(lesson):
    lesson.declare(MONEY)
    raced = lesson.run(lesson.cell("%race"))
    assert raced.status == "error" and "race detector found" in raced.error and raced.json["mode"] == "race"


@of("05b-critical-section")
def test_05_with_the_lock_the_sum_is_right_and_no_race_is_left(lesson):
    lesson.declare(LOCKED_05)
    for _ in range(5):
        done = lesson.rerun("func pay(", searched=False)
        assert done.lines == ["balance: 130"] and not done.json.get("races")


@of("05b-critical-section")
def test_05_what_is_locked_twice_has_no_race(lesson):
    lesson.declare(LOCKED_05)
    source = tokens.OURS.sub("", lesson.cell("func getBalance"))
    assert lesson.run("%race\n" + source).status == "ok", "Go's own detector finds nothing"


# --- 06 file ---

@of("06-file")
def test_06_git_finds_the_conflict(lesson):
    said = lesson.run(lesson.cell("git merge-file")).lines
    assert [line[:7] for line in said if line[0] in "<=>"] == ["<<<<<<<", "=======", ">>>>>>>"], said
    assert "oat milk" in said and "two bottles of milk" in said


# --- 07a database, 07b isolation ---

ACCOUNTS = 'fmt.Println("Ben has"'


@of("07a-database")
def test_07_what_a_dead_program_leaves_in_the_database(lesson):
    cells, (died, *_) = tokens.mentions("07a-database")
    lesson.declare("func bank(", "func transfer(")
    assert tokens.wrong(died, tokens.replay(lesson.client, died, died.token)) == ""
    anna, ben, server = lesson.run(lesson.cell(ACCOUNTS)).lines
    assert (anna, ben) == ("Anna has 70", "Ben has 100") and server.startswith("The server is PostgreSQL 1")


@of("07b-isolation")
def test_07_the_table_is_what_each_database_does(lesson):
    lesson.declare("func begin(", "func payOnce")
    assert lesson.rerun("func payInFile", searched=False).status == "ok"
    lesson.declare("func clash")
    head, *rows = lesson.run(lesson.cell("sqlite_version()")).lines
    assert head.split("  ")[-1].strip() == "rule on a sum"
    assert [row for row in rows if "." not in row] == [
        "read committed   lost         differs     broken",
        "repeatable read  refused      same        broken",
        "serializable     refused      same        refused",
        "SQLite           refused      same        refused",
    ]
    assert [row.split()[0] for row in rows if "." in row] == ["PostgreSQL", "SQLite"], "the version of each"


# --- 08 deadlock ---

BANK = "type Account struct"


@of("08-deadlock")
def test_08_a_transfer_ends_well_or_not_at_all(lesson):
    lesson.declare(BANK)
    seen = set()
    for seed in range(1, 40):
        done = lesson.run(f"%seed {seed}\n" + lesson.cell("func annaPays"))
        seen.add(done.how)
        if done.how == "deadlock":
            assert done.circle == ["annaPays 10", "benPays 20"] and "neither can go on" in done.words
            assert "✖ waits for ever" in done.text and done.status == "error" and not done.lines
            assert "▶ waits for ben.lock, held by benPays 20" in done.text, "the circle stands under the lanes"
        else:
            assert done.lines == ["Anna 110 Ben 90"] and not done.json.get("races")
    assert seen == {"ok", "deadlock"}


@of("08-deadlock")
def test_08_one_goroutine_is_enough_in_every_run(lesson):
    lesson.declare(BANK)
    source = lesson.cell("func (a *Account) Interest")
    for seed in range(1, 6):
        done = lesson.run(f"%seed {seed}\n" + source)
        assert done.how == "deadlock" and len(done.circle) == 1 and "it waits for itself" in done.words
    real = lesson.run("%real\n" + source)
    assert real.status == "error" and "waits for itself" in real.error


# --- 04a queue, 04b closing ---

@of("04a-queue")
def test_04_one_lane_prints_and_nothing_is_locked(lesson):
    lesson.declare("func printString")
    for _ in range(3):
        done = lesson.run(lesson.cell("func owner"))
        assert done.how == "ok" and len(done.lines) == 4 and is_whole(done.lines, 2), done.lines
        assert len(done.of("owner", "print")) == len(done.ops("print")) == 4 and not done.ops("lock")


@of("04b-closing")
def test_04_a_queue_that_nobody_closes_is_a_deadlock_in_every_run(lesson):
    lesson.declare("type Note struct")
    for seed in range(1, 6):
        done = lesson.run(f"%seed {seed}\n" + lesson.cell("\tclerk(\"A\", queue)\n\t<-done"))
        assert done.status == "error" and done.how == "deadlock" and done.lines == ["A 1", "A 2"]
        assert "bookkeeper waits to receive from queue" in done.error and "main waits to receive from done" in done.error


# --- 10 to 12, and f: a program that is wrong, and a locked check; explored.py tries all of it ---

@pytest.mark.parametrize("name", SMALL)
def test_a_small_lesson_has_its_parts(name):
    """It says how long it takes, explains itself behind a fold, helps in three steps, and has its solutions in a file."""
    cells, text = code_cells(name), "\n".join(c.source for c in book(name).cells if c.cell_type == "markdown")
    number = re.match(r"\d\d(-\d\d|[a-z])?|f\d", name).group()
    assert re.match(rf"# {number} · .+\n", text) and "<details>" in text
    asked = "\n".join(c.source for c in cells)
    assert "%predict " in asked and ("\n%explore" in asked or "%replay" in text)
    checks = [c for c in cells if "check" in c.metadata.get("tags", [])]
    assert checks and all({"editable", "deletable"} <= set(c.metadata) and "raises-exception" in c.metadata.tags for c in checks)
    hints = [c.metadata.get("threading101", {}).get("hints", []) for c in cells if c.source == "%hint"]
    assert hints and all(len(three) == 3 for three in hints)
    assert explored.solutions(name)
    title = re.match(r"# .*", text).group()
    assert (ROOT / "lessons" / "solutions" / f"{name}.md").read_text().startswith(title + "\n")


def test_solutions_are_of_lessons():
    assert sorted(f.stem for f in (ROOT / "lessons" / "solutions").glob("*.md")) == SMALL


LISTS = [page for page in PAGES if "-00-" in page]


@pytest.mark.parametrize("page", LISTS)
def test_a_list_has_each_lesson_by_its_title(page):
    text = "\n".join(c.source for c in book(page).cells if c.cell_type == "markdown")
    listed = [(title, name) for title, name in re.findall(r"^\| \[([^\]]+)\]\(([^)]+)\.ipynb\) \|", text, re.M)]
    mine = [name for name in SMALL if name.startswith(page[:3])]
    assert listed == [(book(name).cells[0].source.split("\n")[0][2:].replace(" · ", " "), name) for name in mine]
    assert f"%t101 progress {page[:2]}" in [c.source for c in code_cells(page)]


def test_10_a_case_that_is_solved_is_noted_and_listed(tmp_path):
    """As a front end runs it that sends metadata: a locked check that holds, and no other, gets its mark."""
    name = "10-12-two-keys"
    for path in (ROOT / "notebooks").glob("10-*.ipynb"):
        shutil.copy(path, tmp_path)
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, cwd=tmp_path)

    def run(cell, source=None):
        return execute(client, source or cell.source, metadata=cell.metadata)

    def listed():
        return [line for line in execute(client, "%t101 progress 10").shown[0]["text/plain"].split("\n") if line.startswith("✔")]

    try:
        program, check = code_cells(name)[0], next(c for c in code_cells(name) if "check" in c.metadata.get("tags", []))
        run(program)
        assert run(check).violated and not listed()
        run(program, explored.solutions(name)[0])
        assert run(check, check.source.replace("deadlock-free", "panic-free")).status == "ok" and not listed(), "another check was asked"
        held = run(check)
        assert held.status == "ok" and "✔ 10-12-two-keys: " in str(held.shown) and listed() == ["✔ 10-12 · Two keys"]
        assert run(check).status == "ok" and "✔ 10-12-two-keys: " not in str(run(check).shown), "that is said once"
        line, = (tmp_path / "predictions.jsonl").read_text().splitlines()
        assert json.loads(line).items() >= {"lesson": name, "verdict": "holds", "check": check.metadata.threading101.check.sum}.items()
        page = execute(client, "%t101 progress 10").shown[0]["text/html"]
        assert page.count('href="./10-') == 13 and page.count('aria-label="solved"') == 1

        (tmp_path / "predictions.jsonl").unlink()
        (tmp_path / "predictions.jsonl").mkdir()
        another = {"threading101": {"check": {"lesson": "x", "sum": make.summed(check.source + "//")}}}
        unkept = execute(client, check.source + "//", metadata=another)
        assert unkept.status == "ok" and "This ✔ is kept only until the kernel ends: " in str(unkept.shown)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)


def test_10_the_questions_are_those_that_can_be_asked(kernel):
    text = "\n".join(c.source for c in book("10-00-detective").cells if c.cell_type == "markdown")
    told = re.findall(r"^\| `(\S+?)(?: [^`]*)?` \|", text, re.M)
    refused = execute(kernel, "%check qqqqqqqqqq\nfunc main() {}")
    assert refused.status == "error" and "The properties are:" in refused.error
    assert set(told) == set(re.findall(r"^  ([a-z-]+) ", refused.error.split("The properties are:")[1], re.M)), refused.error


# --- the course as one ---

@pytest.mark.parametrize("name", LESSONS + PAGES)
def test_the_readme_and_the_guide_have_each_lesson(name):
    assert f"](lessons/{name}.md)" in (ROOT / "README.md").read_text(), "README.md has a row for each lesson"
    assert re.search(f"^## {tokens.section(name)} .*· ", (ROOT / "lessons" / "GUIDE.md").read_text(), re.M), "lessons/GUIDE.md has a section for each lesson"


def test_each_row_of_the_claims_is_about_a_lesson():
    for rows in ("CLAIMS", "FINDINGS"):
        assert set(getattr(claims, rows)) <= set(LESSONS + PAGES), f"lessons/claims.py, {rows}"


def test_the_page_is_where_the_kernel_links_to():
    words = (ROOT / "kernel" / "words" / "controlled.go").read_text()
    assert f'ControlledPage = "{PAGES[0]}.ipynb"' in words and (ROOT / "notebooks" / f"{PAGES[0]}.ipynb").exists()


def test_the_minutes_agree_with_the_guide():
    guide = (ROOT / "lessons" / "GUIDE.md").read_text()
    for name in LESSONS + PAGES:
        if name in LISTS:
            assert minutes.stated(name) == sum(minutes.stated(lesson) for lesson in SMALL if lesson.startswith(name[:3])), name
        if name in LISTS or tokens.section(name) != name[:2]:
            assert re.search(f"^## {tokens.section(name)} .*· {minutes.stated(name)} minutes", guide, re.M), name


@pytest.mark.parametrize("name", [name for name in LESSONS + PAGES if name not in LISTS])
def test_a_lesson_states_no_fewer_minutes_than_it_takes(name):
    assert minutes.computed(name) - 2 <= minutes.stated(name) <= 2 * minutes.computed(name), name


def test_the_guide_says_how_minutes_are_computed():
    guide, s = (ROOT / "lessons" / "GUIDE.md").read_text(), minutes.SECONDS
    assert (f"{minutes.WORDS} words a minute, {minutes.LINES} lines of code, and {s['run']} seconds for a run. A prediction is {s['prediction']} seconds, "
            f"a fold {s['fold']}, a token {s['token']}, a task {s['task']}.") in guide


# The paths of the guide, each with its minutes: whole lessons, and parts of some with their last task.
PATHS = {
    "00b: the whole tutorial on one page": (10, ["00b-one-page"]),
    "00 to *Predict*, 01 without *inherit from Thread*, 02 to the first colleague; the check of 02 as the end": (45, [
        ("00-welcome", {"until": "Predict"}), ("01-threads", {"without": ["What happened to"]}), ("02-lock", {"until": "Investigate: a lock each"}), ("02-lock", {"only": ["Make"]})]),
    "00, 01, 02, 03 as far as *Join all*, and 05a to *All of them*": (90, [
        "00-welcome", "01-threads", "02-lock", ("03-join", {"until": "Join all"}), ("03-join", {"only": ["Make"]}), ("05a-three-steps", {"until": "All of them"}), ("05a-three-steps", {"only": ["Make"]})]),
    "databases, after 05a: 07a, and *Write skew* in 07b": (45, ["07a-database", ("07b-isolation", {"only": ["07b", "Write skew", "Make"]})]),
    "databases, after 05a: 06, 07a, then 07b. Leave out *Each waits for the other*": (90, [
        "06-file", "07a-database", ("07b-isolation", {"without": ["Each waits for"]})]),
}


def test_the_paths_of_the_guide_fit_into_their_minutes():
    guide = (ROOT / "lessons" / "GUIDE.md").read_text()
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", guide.split("## Paths")[1].split("## ")[0], re.M)
    assert {what: int(n) for n, what in rows} == {what: n for what, (n, _) in PATHS.items()}
    for what, (n, parts) in PATHS.items():
        takes = sum(minutes.computed(part) if isinstance(part, str) else minutes.computed(part[0], **part[1]) for part in parts)
        assert 0.7 * n <= takes <= n, f"{what}: {takes:.0f} minutes"
