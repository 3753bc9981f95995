"""Prepared notebooks, top to bottom, through the kernel; and the picture of the README.

All but a few are run so in test_lessons.py, with all their interleavings: see
lessons/explored.py. Here are those of which more is to be seen.
"""

import functools
import re
import subprocess
import sys
import tempfile

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

from conftest import ROOT, SLIM

sys.path.insert(0, str(ROOT / "lessons"))

import explored  # noqa: E402  (of the lessons)

NOTEBOOKS = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 6


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_are_stripped(name):
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    assert not any(c.get("outputs") or c.get("execution_count") for c in book.cells)


RUN = "application/vnd.threading101.run+json"

# The notebooks that have cells which continue each other.
CONTINUED = {"00b-one-page", "01-threads", "02-lock", "03-join"}


@functools.cache
def executed(name):
    """(the notebook as nbclient has run it, the program its cells are and what that printed), once for all tests."""
    book = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    program = None
    with tempfile.TemporaryDirectory() as folder:  # lessons write files
        client = NotebookClient(book, kernel_name="threading101", timeout=60, resources={"metadata": {"path": folder}})
        with client.setup_kernel():
            for number, cell in enumerate(list(book.cells)):
                cell.source = cell.source.replace(" -procs 1,2,4 -repeat 7", " -procs 1,2 -repeat 1")  # how often is for learners
                client.execute_cell(cell, number)
                run = next((o["data"][RUN] for o in reversed(cell.get("outputs", [])) if RUN in o.get("data", {})), {})
                if run.get("status") == "waiting" and "%freeze" not in cell.source:
                    program = (added(client, "%program").outputs[0]["data"]["text/plain"], printed(added(client, f"%replay {run['token']}")))
    return book, program


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name in CONTINUED or name not in explored.checked()])
def test_runs_top_to_bottom(name, tmp_path):
    book, program = executed(name)
    assert "-00-" in name or any({RUN, "application/vnd.threading101.exploration+json"} & set(o.get("data", {}))
                                 for c in book.cells for o in c.get("outputs", [])), "no cell of this notebook was drawn or explored"
    assert bool(program) == (name in CONTINUED)
    if program:
        runs_as_a_file(*program, tmp_path)


def added(client, code):
    """A cell that is run behind all others so far."""
    client.nb.cells.append(nbformat.v4.new_code_cell(code))
    return client.execute_cell(client.nb.cells[-1], len(client.nb.cells) - 1)


def runs_as_a_file(text, want, folder):
    """The program of the cells, as a file, prints the lines that the cells print."""
    # A busy machine wakes sleepers late: whoever reads here takes a second for each cell.
    slow, prompts = re.subn(r"time\.Sleep\(\d+ \* time\.Millisecond\) // your prompt", "time.Sleep(time.Second)", text)
    assert prompts > 0
    (folder / "main.go").write_text(slow)
    ran = subprocess.run(["go", "run", SLIM, "main.go"], cwd=folder, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert want and sorted(ran.stdout.splitlines()) == sorted(want.splitlines())


def cells_with(book, text):
    found = [c for c in book.cells if c.cell_type == "code" and text in c.source]
    assert found, f"no cell holds {text!r}"
    return found


def run_of(cell):
    for output in cell.outputs:
        if RUN in output.get("data", {}):
            return output["data"][RUN]
    raise AssertionError("the cell has no picture:\n" + cell.source)


def printed(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stdout")


def test_step_1_main_returns_and_the_others_are_cut_off():
    cell = cells_with(executed("01-threads")[0], 'fmt.Println("main: both are started")')[0]
    run = run_of(cell)
    assert run["status"] == "cut-off"
    assert [g["end"] for g in run["goroutines"]] == ["returned", "cut-off", "cut-off"]
    assert [g["name"] for g in run["goroutines"]] == ["main", "A", "B"]
    assert printed(cell) == "main: both are started\n"


def test_step_2_the_lock_keeps_blocks_whole():
    cells = cells_with(executed("02-lock")[0], "\tdefer lock.Unlock()\n\tprintString")
    lines = printed(cells[0]).split("\n")[:-1]
    assert sorted([lines[:3], lines[3:]]) == [["A 3", "A 2", "A 1"], ["B 3", "B 2", "B 1"]]


def test_step_3_join_one_and_join_all():
    book = executed("03-join")[0]
    one, both = cells_with(book, "a.Join()\n")[0], cells_with(book, "b.Join()\n")[0]
    lines = printed(one).splitlines()
    assert sorted(lines) == ["A 1", "A 2", "A 3", "B 1", "B 2", "B 3", "main: A is done"]
    assert lines.index("A 1") < lines.index("main: A is done") < lines.index("B 1")
    assert not any(o.output_type == "error" for o in both.outputs), "joined passes"
    (unjoined,) = [c for c in cells_with(book, "%check joined") if "check" in c.metadata.get("tags", [])]
    assert run_of(unjoined)["goroutines"][0]["end"] == "returned" and "cut-off" in [g["end"] for g in run_of(unjoined)["goroutines"]]


def test_step_1_reruns_under_a_new_seed():
    cell = cells_with(executed("01-threads")[0], "I have slept enough")[0]
    run = run_of(cell)
    assert run["mode"] == "controlled" and run["clock"] == "virtual" and re.fullmatch(r"t2(-[0-9a-z.]+){4}", run["token"])


# --- the picture at the top of the README ---

def test_the_picture_of_the_readme_is_what_its_command_draws(tmp_path):
    program = (ROOT / "lessons/picture/main.go").read_text()
    seed = re.search(r"threading101 run (-seed \d+) -svg lessons/picture/picture.svg lessons/picture\n", program).group(1)
    assert f"`threading101 run {seed} lessons/picture`" in (ROOT / "README.md").read_text()
    cells = [c.source for c in nbformat.read(ROOT / "notebooks/00b-one-page.ipynb", as_version=4).cells if c.cell_type == "code"]
    for cell in cells[1:2] + cells[3:]:  # without the check
        lines = [line.strip() for line in cell.splitlines() if not line.startswith("%")]
        assert "\n".join(lines) in "\n".join(line.strip() for line in program.splitlines()), "the picture is of the cells of one page"
    tool = KernelSpecManager().get_kernel_spec("threading101").argv[0]
    drawn = tmp_path / "picture.svg"
    subprocess.run([tool, "run", *seed.split(), "-svg", drawn, "lessons/picture"], cwd=ROOT, check=True, capture_output=True, timeout=120)
    assert drawn.read_text() == (ROOT / "lessons/picture/picture.svg").read_text(), "draw it anew, with the command in lessons/picture/main.go"
