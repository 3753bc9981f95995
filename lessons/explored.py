"""What the lessons say of runs and of all interleavings of their programs.

Each lesson is run from top to bottom, as printed, and each of its questions is
answered: no cell ends in an error but those that say so. Each cell with %explore or
%check has a row in claims.py, in the order in which they stand; each question of a
%predict has one for its answer, where the kernel knows one; what the text says of a
program that the learner is to change has one that names the cell and the change. And
each number of interleavings in a text must be one that was found. Behind each cell
its tokens are replayed: see tokens.py.

Each solution, of solutions/ or of the guide, is run in the place of the lesson's
task: the cell with the tag task, or that has "your code here", or else the first cell
with a program that is not locked. Every locked check of the lesson must hold then. So
is each program of tries.py, the right ones and the wrong ones.

All that is done in one kernel, so that a program is built once for all who ask.
"""

import functools
import itertools
import re
from typing import NamedTuple

from claim import Finding, clean
from claims import FINDINGS, PREDICTIONS
from tokens import FOLDER, LESSONS, OURS, PAGES, RUNS, Run, cell_id, cells_of, execute, kernel, mentions, replayed, section
from tries import TRIES, UNPROVED

ASKED = re.compile(r"^%predict\b", re.M)
ASKS = re.compile(r"^%(explore|check)\b", re.M)
MAIN = re.compile(r"^func main\(\) \{\n(?:.*\n)*?\}(?:\n|\Z)", re.M)
COUNTED = re.compile(r"\b(?:([\d,]+) of )?(?:all )?([\d,]+)\*{0,2} interleavings?\b")


def code_of(lesson):
    """The lesson's code cells."""
    return [c for c in cells_of(lesson) if c.cell_type == "code"]


def sources_of(lesson):
    return [c.source for c in code_of(lesson)]


def asking():
    """The lessons and pages with an %explore or a %check."""
    return [lesson for lesson in LESSONS + PAGES if any(ASKS.search(source) for source in sources_of(lesson))]


def checked():
    """These, and those that only have a %predict, in the order of the course."""
    return [lesson for lesson in LESSONS + PAGES if lesson in FINDINGS or lesson in PREDICTIONS]


# The lessons whose names begin so are many and small: one kernel tries them one after the other.
SMALL = re.compile("09|1[0-2]|f")


def small(lesson):
    """How the names of the lessons begin with which it is tried together; "" for a lesson of its own."""
    begins = SMALL.match(lesson)
    return begins.group() if begins and lesson in LESSONS else ""


def groups():
    """The same, with those in one list that are tried together."""
    return [list(group) for _, group in itertools.groupby(checked(), lambda lesson: small(lesson) or lesson)]


CELL, FOUND, TOKEN, RED, SOLVED, TRIED = "cell", "found", "token", "red", "solved", "tried"


class Row(NamedTuple):
    """What a run is to show, and what is wrong with it; "" if nothing is."""

    part: str  # of what is looked at: one of those above
    finding: Finding
    run: Run | None  # None: nobody asks for more of it
    problem: str


@functools.cache
def looked_at(*lessons):
    """What check returns, for all who ask about parts of it: [(lesson, row)]."""
    return check(*lessons)


def check(*lessons):
    """Run lessons as in this file's first lines, on one kernel: [(lesson, row)]."""
    with kernel() as client:
        return [(lesson, row) for lesson in lessons for row in judged(client, lesson)]


def judged(client, lesson):
    execute(client, "%reset")  # what the lesson before has declared
    yield from printed(client, lesson)
    yield from solved(client, lesson)
    yield from tried(client, lesson)
    yield from changed(client, lesson)


def printed(client, lesson):
    """The lesson from top to bottom, each token behind the cell that it belongs to."""
    rows, predicted = [f for f in FINDINGS.get(lesson, []) if not f.cell], list(PREDICTIONS.get(lesson, []))
    drawn, replays = False, mentions(lesson)[1]
    for number, cell in enumerate(code_of(lesson)):
        source, fails = cell.source, "raises-exception" in cell.metadata.get("tags", [])  # who runs a notebook from top to bottom stops at others
        run = execute(client, source, cell=cell_id(number), says="1" if ASKED.search(source) else None)
        drawn = drawn or bool(run.json or run.found)
        yield Row(CELL, Finding(source, None), run, "" if run.status == "ok" or fails else f"it has no tag raises-exception, and ends so:\n{run.error}")
        for question, was in run.predicted.items():
            assert predicted, f"{lesson} asks {question!r}, and claims.py has no row for it"
            yield Row(FOUND, Finding(question, None), run, "" if was == (expected := predicted.pop(0)) else f"it is {was!r}, not {expected!r}")
        if ASKS.search(source):
            assert rows, f"{lesson} asks for all interleavings, and claims.py has no row for it:\n{source}"
            row = verdict(rows.pop(0), run)
            if row.problem or uncounted(run):
                row = verdict(row.finding, execute(client, longer(source), cell=cell_id(number)))
            yield row
            if number in parts(lesson)[2]:
                yield Row(RED, row.finding, row.run, "" if row.run.violated else f"the check is not red as printed: {row.run.error or row.run.table}")
        if OURS.sub("", source).strip():
            yield from (Row(TOKEN, Finding(m.token, None), None, problem) for m, problem in replayed(client, replays, number))
    assert drawn, f"no cell of {lesson} was drawn or explored"
    assert not predicted, f"{lesson} has fewer predictions than claims.py has rows: {predicted}"
    assert not rows, f"{lesson} asks less than claims.py has rows: {[f.says for f in rows]}"


def uncounted(run):
    """Whether all interleavings were tried, but there was no time to count them."""
    return run.found and run.found["complete"] and run.found["interleavings"] is None


def longer(source):
    """A cell that asks for all interleavings, and gives a busy machine time for them."""
    ours = [line for line in source.splitlines() if line.startswith("%explore")]
    return source.replace(ours[0], re.sub(r"^%explore( \d+s)?", "%explore 60s", ours[0]), 1) if ours else "%explore 60s\n" + source


def solutions(lesson):
    """The programs that solve a lesson: of a small one in a file of its own, of others in the guide."""
    text = (FOLDER / "solutions" / f"{lesson}.md").read_text() if small(lesson) else guide(lesson)
    return re.findall(r"```go\n(.*?)\n```", text, re.S)


def solved(client, lesson):
    """The runs of the lesson's locked checks with each of its solutions.

    The check of a page holds once the cells below it have run, as they have."""
    cells, task, checks = parts(lesson)
    for program in solutions(lesson) if lesson in LESSONS else [""]:
        if program:
            execute(client, program, cell=cell_id(task))
        for number in checks:
            asked = cells[number].source
            says = f"solved: {asked.split(chr(10), 1)[0]} ({program.split(chr(10), 1)[0]})"
            yield verdict(Finding(says, clean), checking(client, asked, cell_id(number)), SOLVED)


def checking(client, source, cell):
    """The run of a locked check; one with more time where a busy machine had not enough for all."""
    run = execute(client, source, cell=cell)
    if run.status == "ok" and run.found and not run.found["complete"]:
        run = execute(client, "%explore 60s\n" + source, cell=cell)
    return run


def parts(lesson):
    """The lesson's code cells, and which is its task and which are its locked checks."""
    cells = code_of(lesson)
    checks = [n for n, c in enumerate(cells) if "check" in c.metadata.get("tags", [])]
    own = [n for n, c in enumerate(cells) if "task" in c.metadata.get("tags", [])] or [
        n for n, c in enumerate(cells) if "your code here" in c.source] or [
        n for n, c in enumerate(cells) if c.metadata.get("editable", True) and RUNS.search(c.source)]
    return cells, own[0], checks


def tried(client, lesson):
    """The runs of a locked check with what learners write in the place of the task."""
    cells, task, checks = parts(lesson)
    for one in TRIES.get(lesson, ()):
        place = next(n for n, c in enumerate(cells) if one.cell in c.source) if one.cell else task
        program = OURS.sub("", cells[place].source)
        for old, new in one.edit:
            assert program.count(old) == 1, f"{lesson}, {one.says}: {old!r} is in the task {program.count(old)} times"
            program = program.replace(old, new)
        number = checks[one.check]
        asked = with_check(program, cells[number].source)
        wrote = None if asked else execute(client, program, cell=cell_id(place))
        run = checking(client, asked or cells[number].source, cell_id(number))
        problem = "" if said_to(run) == one.refused else f"{said_to(run)!r}, not {one.refused!r}\n{wrote.error if wrote else ''}\n{run.error or run.table}"
        yield Row(TRIED, Finding(f"tried: {one.says}", None), run, problem)


def with_check(program, check):
    """Both in one cell, which is one program to build and not two; "" where the check has no main of its own, or
    where the program is statements that other cells continue."""
    declared = MAIN.sub("", program)
    if not MAIN.search(check) or RUNS.search(declared):
        return ""
    asks = "".join(re.findall(r"^%.*\n", check, re.M))
    return asks + declared + "\n" + check.replace(asks, "")


def said_to(run):
    """The property that a check found not to hold; "" if all do. What was not searched is neither."""
    if run.violated:
        return run.violated
    if not run.found:
        return f"nothing was explored: {run.error}"
    return "" if clean(run) and "◐" not in run.table else UNPROVED


def changed(client, lesson):
    """What the text says of cells that the learner has changed, explored or checked."""
    rows = [f for f in FINDINGS.get(lesson, []) if f.cell]
    if rows:
        as_printed(client, lesson)
    for finding in rows:
        yield verdict(finding, change(client, lesson, finding))


def as_printed(client, lesson):
    """Run the cells again in whose place something else was tried."""
    cells, task, _ = parts(lesson)
    for number in {task} | {n for n, c in enumerate(cells) for one in TRIES.get(lesson, ()) if one.cell and one.cell in c.source}:
        execute(client, OURS.sub("", cells[number].source), cell=cell_id(number))


def change(client, lesson, finding):
    """The run of a cell that the learner has changed, explored or checked."""
    cells = sources_of(lesson)

    def place(text):
        return next(n for n, s in enumerate(cells) if text in s and OURS.sub("", s).strip())

    number = place(finding.cell)
    source = OURS.sub("", cells[number])
    for old, new in finding.edit:
        assert old in source, f"{lesson}: {old!r} is not in the cell with {finding.cell!r}"
        source = source.replace(old, new)
    for text in finding.after:
        execute(client, cells[place(text)], cell=cell_id(place(text)))
    if "func main(" in source:
        return execute(client, f"{finding.ask}\n{source}")
    # It is part of the program of the cells, which is asked for as a whole.
    execute(client, source, cell=cell_id(number))
    for text in finding.before:
        execute(client, cells[place(text)], cell=cell_id(place(text)))
    return execute(client, finding.ask)


def verdict(finding, run, part=FOUND):
    if run.found is None:
        return Row(part, finding, run, f"nothing was explored: {run.error or run.lines}")
    return Row(part, finding, run, "" if holds(finding, run) else f"it is not so: {finding.says}\n{run.table}\n{run.content.get('evalue', '')}")


def holds(finding, run):
    try:
        return bool(finding.holds(run))
    except (AssertionError, IndexError, KeyError, TypeError):
        return False


def guide(lesson):
    """What the instructor's guide says of the lesson."""
    sections = re.split(r"^(?=## )", (FOLDER / "GUIDE.md").read_text(), flags=re.M)
    return next(s for s in sections if s.startswith(f"## {section(lesson)} "))


def said(lesson):
    """The numbers of interleavings in the text and the guide: {(how many, of how many)}, 0 for what is not said."""
    text = "\n".join(c.source for c in cells_of(lesson) if c.cell_type == "markdown") + guide(lesson)
    number = lambda digits: int(digits.replace(",", "")) if digits else 0
    return {(number(some), number(all)) for some, all in COUNTED.findall(text)}


def unfounded(lessons, runs):
    """Those in the texts of some lessons that none of the runs has found."""
    found = set()
    for run in runs:
        if run and run.found and run.found["complete"] and not uncounted(run):
            found |= {(0, run.all)} | {(n, run.all) for n in run.ways.values()}
    return {pair for lesson in lessons for pair in said(lesson) if pair not in found}


def main(only=()):
    """Check them all; print each that is not so."""
    bad = 0
    for lessons in groups():
        if only and not only & set(lessons):
            continue
        found = check(*lessons)
        for lesson, row in found:
            print(f"{lesson}  {row.finding.says}  " + (row.problem or "ok"), flush=True)
            bad += bool(row.problem)
        for some, all in sorted(unfounded(lessons, [row.run for _, row in found])):
            print(f"{lessons[0]}  the text says {some} of {all} interleavings, and nothing was found to be so")
            bad += 1
    return 1 if bad else 0
