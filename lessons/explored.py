"""What the lessons say of all interleavings of their programs.

Each lesson is run from top to bottom, as printed, and each of its questions is
answered: no cell ends in an error but those that say so. Each cell with %explore or %check has a row in claims.py, in the order in which
they stand; each question of a %predict has one for its answer, where the kernel knows
one; what the text says of a program that the learner is to change has
one that names the cell and the change. And each number of interleavings in a
text must be one that was found.

Each program in solutions/ is run in the place of the lesson's cell with the tag
task, or else of its first cell with a program that is not locked; every locked
check of the lesson must hold then. So is each program of tries.py, the right ones and
the wrong ones.
"""

import itertools
import re

import jupytext

from claim import Finding, clean
from claims import FINDINGS, PREDICTIONS
from tokens import FOLDER, LESSONS, OURS, PAGES, RUNS, cell_id, execute, kernel, section
from tries import TRIES, UNPROVED

ASKED = re.compile(r"^%predict\b", re.M)
ASKS = re.compile(r"^%(explore|check)\b", re.M)
COUNTED = re.compile(r"\b(?:([\d,]+) of )?(?:all )?([\d,]+)\*{0,2} interleavings?\b")


def cells_of(lesson):
    return [c.source for c in jupytext.read(FOLDER / f"{lesson}.md").cells if c.cell_type == "code"]


def failing(lesson):
    """Of each of these cells, whether it may end in an error: who runs a notebook from top to bottom stops at others."""
    return ["raises-exception" in c.metadata.get("tags", []) for c in jupytext.read(FOLDER / f"{lesson}.md").cells if c.cell_type == "code"]


def asking():
    """The lessons and pages with an %explore or a %check."""
    return [lesson for lesson in LESSONS + PAGES if any(ASKS.search(source) for source in cells_of(lesson))]


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


def check(*lessons):
    """Run lessons from the top: [(lesson, finding, run, what is wrong with it; "" if nothing is)]."""
    with kernel() as client:
        return [(lesson, *row) for lesson in lessons for row in judged(client, lesson)]


def judged(client, lesson):
    execute(client, "%reset")  # what the lesson before has declared
    rows = FINDINGS.get(lesson, [])
    printed, predicted = [f for f in rows if not f.cell], list(PREDICTIONS.get(lesson, []))
    drawn = False
    for number, (source, fails) in enumerate(zip(cells_of(lesson), failing(lesson))):
        run = execute(client, source, cell=cell_id(number), says="1" if ASKED.search(source) else None)
        drawn = drawn or bool(run.json or run.found)
        if run.status != "ok" and not fails:
            yield Finding(f"cell {number + 1} of the code runs", None), run, f"it has no tag raises-exception, and ends so:\n{run.error}"
        for question, was in run.predicted.items():
            assert predicted, f"{lesson} asks {question!r}, and claims.py has no row for it"
            yield Finding(question, None), run, "" if was == (expected := predicted.pop(0)) else f"it is {was!r}, not {expected!r}"
        if ASKS.search(source):
            assert printed, f"{lesson} asks for all interleavings, and claims.py has no row for it:\n{source}"
            row = verdict(printed.pop(0), run)
            yield verdict(row[0], execute(client, longer(source), timeout=120, cell=cell_id(number))) if row[2] or uncounted(run) else row
    assert drawn, f"no cell of {lesson} was drawn or explored"
    assert not predicted, f"{lesson} has fewer predictions than claims.py has rows: {predicted}"
    assert not printed, f"{lesson} asks less than claims.py has rows: {[f.says for f in printed]}"
    for finding in rows:
        if finding.cell:
            yield verdict(finding, changed(client, lesson, finding))
    yield from solved(client, lesson)
    if small(lesson):
        yield from tried(client, lesson)


def uncounted(run):
    """Whether all interleavings were tried, but there was no time to count them."""
    return run.found and run.found["complete"] and run.found["interleavings"] is None


def longer(source):
    """A cell that asks for all interleavings, and gives a busy machine time for them."""
    ours = [line for line in source.splitlines() if line.startswith("%explore")]
    return source.replace(ours[0], re.sub(r"^%explore( \d+s)?", "%explore 60s", ours[0]), 1) if ours else "%explore 60s\n" + source


def solutions(lesson):
    """The programs that solve a lesson."""
    path = FOLDER / "solutions" / f"{lesson}.md"
    return re.findall(r"```go\n(.*?)\n```", path.read_text(), re.S) if path.exists() else []


def solved(client, lesson):
    """The runs of the lesson's locked checks with each of its solutions."""
    cells, task, checks = parts(lesson)
    for program in solutions(lesson):
        first = program.split("\n", 1)[0]
        execute(client, program, cell=cell_id(task))
        for number in checks:
            asked = cells[number].source
            yield verdict(Finding(f"solved: {asked.split(chr(10), 1)[0]} ({first})", clean), checking(client, asked, cell_id(number)))


def checking(client, source, cell):
    """The run of a locked check; one with more time where a busy machine had not enough for all."""
    run = execute(client, source, cell=cell)
    if run.status == "ok" and run.found and not run.found["complete"]:
        run = execute(client, "%explore 60s\n" + source, timeout=120, cell=cell)
    return run


def parts(lesson):
    """The lesson's code cells, and which is its task and which are its locked checks."""
    cells = [c for c in jupytext.read(FOLDER / f"{lesson}.md").cells if c.cell_type == "code"]
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
        wrote = execute(client, program, cell=cell_id(place))
        number = checks[one.check]
        run = checking(client, cells[number].source, cell_id(number))
        problem = "" if said_to(run) == one.refused else f"{said_to(run)!r}, not {one.refused!r}\n{wrote.error}\n{run.error or run.table}"
        yield Finding(f"tried: {one.says}", None), run, problem


def said_to(run):
    """The property that a check found not to hold; "" if all do."""
    if run.violated:
        return run.violated
    return "" if run.found and clean(run) and "◐" not in run.table else UNPROVED


def changed(client, lesson, finding):
    """The run of a cell that the learner has changed, explored or checked."""
    cells = cells_of(lesson)

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


def verdict(finding, run):
    if run.found is None:
        return finding, run, f"nothing was explored: {run.error or run.lines}"
    return finding, run, "" if holds(finding, run) else f"it is not so: {finding.says}\n{run.table}\n{run.content.get('evalue', '')}"


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
    text = "\n".join(c.source for c in jupytext.read(FOLDER / f"{lesson}.md").cells if c.cell_type == "markdown") + guide(lesson)
    number = lambda digits: int(digits.replace(",", "")) if digits else 0
    return {(number(some), number(all)) for some, all in COUNTED.findall(text)}


def unfounded(lessons, runs):
    """Those in the texts of some lessons that none of the runs has found."""
    found = set()
    for run in runs:
        if run.found and run.found["complete"] and not uncounted(run):
            found |= {(0, run.all)} | {(n, run.all) for n in run.ways.values()}
    return {pair for lesson in lessons for pair in said(lesson) if pair not in found}


def main(only=()):
    """Check them all; print each that is not so."""
    bad = 0
    for lessons in groups():
        if only and not only & set(lessons):
            continue
        found = check(*lessons)
        for lesson, finding, run, problem in found:
            print(f"{lesson}  {finding.says}  " + (problem or "ok"), flush=True)
            bad += bool(problem)
        for some, all in sorted(unfounded(lessons, [run for _, _, run, _ in found])):
            print(f"{lessons[0]}  the text says {some} of {all} interleavings, and nothing was found to be so")
            bad += 1
    return 1 if bad else 0
