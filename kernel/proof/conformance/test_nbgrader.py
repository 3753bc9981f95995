"""A lesson as an assignment of nbgrader's: handed out, handed in, graded and given back, by nbgrader itself."""

import sqlite3
import subprocess
import sys

import nbformat
import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "lessons"))

import assignment  # noqa: E402  (of the lessons)

LESSON = "05a-three-steps"

# What three learners make of the task, and what each gets of the two points: all; that
# there is no race, but not that both guests are counted; nothing for what was handed out.
MADE = {
    "right": ([("var guests int ", "var guests atomic.Int64 "), ("guests++", "guests.Add(1)"), ("return guests", "return int(guests.Load())")], 2),
    "half": ([("var guests int ", "var guests atomic.Int64 "), ("guests++", "guests.Store(guests.Load() + 1)"), ("return guests", "return int(guests.Load())")], 1),
    "stub": ([], 0),
}


def nbgrader(course, *command):
    done = subprocess.run([ROOT / ".venv" / "bin" / "nbgrader", *command], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with the lesson handed out, handed in by all learners, and graded."""
    folder = tmp_path_factory.mktemp("course")
    assignment.main("05a", folder)
    nbgrader(folder, "generate_assignment", LESSON)
    released = folder / "release" / LESSON / f"{LESSON}.ipynb"
    for name, (edits, _) in MADE.items():
        book = nbformat.read(released, as_version=4)
        (task,) = (c for c in book.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "task-1")
        for old, new in edits:
            assert old in task.source
            task.source = task.source.replace(old, new)
        target = folder / "submitted" / name / LESSON / released.name
        target.parent.mkdir(parents=True)
        nbformat.write(book, target)
    nbgrader(folder, "autograde", LESSON)
    return folder


def test_what_is_handed_out_is_the_task_and_no_solution(course):
    book = nbformat.read(course / "release" / LESSON / f"{LESSON}.ipynb", as_version=4)
    given, task, check = (c for c in book.cells if c.cell_type == "code")
    assert "var wg sync.WaitGroup" in given.source and given.metadata.editable is False
    assert "guests++" in task.source and task.source.endswith("// your code here") and "SOLUTION" not in task.source
    assert check.source.startswith("%check -points race-free:1 outcome plates()-early==2:1 -schedules 5000 -unproven half\n")
    assert check.metadata.editable is False


def test_each_gets_the_points_for_what_holds(course):
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute("""
            SELECT student.id, grade.auto_score, grade_cell.max_score FROM grade
            JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
            JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
            JOIN student ON submitted_assignment.student_id = student.id
            JOIN grade_cells AS grade_cell ON grade.cell_id = grade_cell.id""").fetchall()
    assert {name: (score, most) for name, score, most in rows} == {name: (points, 2) for name, (_, points) in MADE.items()}


def test_nothing_that_is_graded_is_written_to_the_standard_error(course):
    for name in MADE:
        book = nbformat.read(course / "autograded" / name / LESSON / f"{LESSON}.ipynb", as_version=4)
        outputs = [o for c in book.cells if c.cell_type == "code" for o in c.outputs]
        assert outputs and not [o for o in outputs if o.get("name") == "stderr"]


def test_the_feedback_shows_what_fails_and_its_run(course):
    nbgrader(course, "generate_feedback", LESSON, "--student", "half")
    text = (course / "feedback" / "half" / LESSON / f"{LESSON}.html").read_text()
    assert "1 of 2 points" in text and "plates()-early = 1" in text and "<svg" in text


def test_each_lesson_with_a_locked_check_can_be_an_assignment():
    for path in sorted((ROOT / "lessons").glob("*.md")):
        checks = [c for c in assignment.cells(path) if assignment.tagged(c, "check")] if path.stem[0] in "01f" else []
        if checks:
            graded = [c for c in assignment.assignment(path).cells if c.metadata.get("nbgrader", {}).get("grade")]
            assert len(graded) == len(checks) and all(c.metadata.nbgrader.points > 0 for c in graded), path.stem


def test_a_lesson_without_a_task_is_no_assignment(tmp_path, capsys):
    with pytest.raises(SystemExit, match="not one lesson with a locked check: none"):
        assignment.main("90", tmp_path)
    assert not list(tmp_path.iterdir())
