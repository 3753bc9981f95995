"""Make an nbgrader assignment from the tasks of a lesson, in the folder of a course.

    python lessons/assignment.py LESSON FOLDER

LESSON is the beginning of a lesson's name: 05a. FOLDER/source/05a-three-steps gets a
notebook with the lesson's tasks, what they need of the cells above them, and their locked
checks: each property is worth a point, half of it where not everything could be tried, and
the search ends after a number of schedules, so that a busy grader marks as an idle one
does. FOLDER/nbgrader_config.py is copied once, and then left alone.
"""

import functools
import pathlib
import re
import shutil
import subprocess
import sys

import nbformat

import make

ROOT = make.ROOT
SCHEDULES = 5_000
GIVEN = "// Given and locked: run this cell, leave it as it is."

# Where a declaration begins that gofmt has laid out: its end is before the next one.
DECLARATION = re.compile(r"^(?=(?:var|const|type|func)\b)", re.M)
NAMES = re.compile(r"^(?:var|const|type)\s+([\w, ]+?)(?:\s*=|\s+[^\w,]|\s+\w)|^func\s+(?:\(\w+\s+\*?(\w+)(?:\[\w+\])?\)\s*)?(\w+)")


def lesson(beginning: str) -> pathlib.Path:
    found = sorted((ROOT / "lessons").glob(f"{beginning}*.md"))
    found = [path for path in found if any(tagged(cell, "check") for cell in cells(path))]
    if len(found) != 1:
        names = ", ".join(path.stem for path in found) or "none"
        sys.exit(f"LESSON={beginning} is not one lesson with a locked check: {names}")
    return found[0]


def cells(path: pathlib.Path) -> list:
    return nbformat.reads(make.notebook(path), as_version=4).cells


def tagged(cell, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


@functools.cache
def properties() -> list[str]:
    """The names of all properties, as the kernel tells them."""
    told = subprocess.run([ROOT / "bin" / "threading101", "check", "-h"], capture_output=True, text=True).stderr
    return re.findall(r"^  ([a-z-]+)(?: [^ ]+)* {2,}", told[told.index("The properties are:"):], re.M)


def graded(source: str) -> tuple[str, int]:
    """The check with a point for each property, and how many they are."""
    names, points = properties(), 0

    def give(line: re.Match) -> str:
        nonlocal points
        groups: list[list[str]] = []
        for word in line[1].split():
            if word in names:
                groups.append([])
            groups[-1].append(word)
        points += len(groups)
        return "%check -points " + " ".join(" ".join(g) + ":1" for g in groups) + f" -schedules {SCHEDULES} -unproven half"

    return re.sub(r"^%check (.*)$", give, source, flags=re.M), points


def declarations(source: str) -> list[str]:
    """The top-level declarations of a cell, without main and our commands."""
    text = re.sub(r"^[%!].*\n?", "", source, flags=re.M)
    return [d.rstrip() for d in DECLARATION.split(text) if names(d) and "main" not in names(d)]


def names(declaration: str) -> list[str]:
    """What a declaration declares; of a method, its type as well."""
    found = NAMES.match(declaration)
    if not found:
        return []
    return [n.strip() for n in (found[1] or "").split(",") if n.strip()] + [n for n in found.groups()[1:] if n]


def needed(text: str, above: list[str]) -> list[str]:
    """The declarations above that a text needs, and what those need: of each name the last."""
    declared = declarations(text)
    have = {n for d in declared for n in names(d)[-1:]}
    last: dict[str, str] = {}
    for d in (d for source in above for d in declarations(source)):
        for name in names(d)[-1:] if d.startswith("func") else names(d):
            last[name] = d
    chosen: list[str] = []
    words = set(re.findall(r"\w+", text))
    while more := [d for n, d in last.items() if n not in have and n in words and d not in chosen]:
        chosen += more
        words |= {w for d in more for w in re.findall(r"\w+", d)}
    return [d for d in dict.fromkeys(last.values()) if d in chosen]


def task_above(all_cells: list, check: int) -> int:
    """Where the cell is that a check is about: the next above that is to be changed, else that declares something."""
    above = [k for k in range(check - 1, -1, -1) if all_cells[k].cell_type == "code" and not tagged(all_cells[k], "scaffold")]
    marked = [k for k in above if "your code here" in all_cells[k].source]
    return (marked or [k for k in above if declarations(all_cells[k].source)])[0]


def section(above: list) -> list:
    """The texts of the section that a task is in."""
    texts = []
    for cell in reversed(above):
        if cell.cell_type != "markdown":
            continue
        texts.insert(0, cell)
        if cell.source.lstrip().startswith("#"):
            break
    return texts


def marked(cell, number: int, kind: str, **settings):
    """A cell as nbgrader wants it."""
    cell.metadata.pop("editable", None)
    cell.metadata.pop("deletable", None)
    cell.metadata["nbgrader"] = {"schema_version": 3, "grade_id": f"{kind}-{number}", "task": False,
                                 "grade": False, "solution": False, "locked": False, **settings}
    return cell


def assignment(path: pathlib.Path):
    """The notebook with the tasks of a lesson."""
    book = nbformat.reads(make.notebook(path), as_version=4)
    all_cells, chosen, given = book.cells, [book.cells[0]], []
    number = 0
    for i, check in enumerate(all_cells):
        if not tagged(check, "check"):
            continue
        number += 1
        at = task_above(all_cells, i)
        task = all_cells[at]
        above = [c.source for c in all_cells[:at] if c.cell_type == "code"]
        needs = [d for d in needed(task.source + "\n" + check.source, above) if d not in given]
        for text in section(all_cells[:at]) + section(all_cells[:i]):
            if text not in chosen:
                chosen.append(text)
        if needs:
            given += needs
            cell = nbformat.v4.new_code_cell(GIVEN + "\n" + "\n\n".join(needs), id=f"given-{number}")
            chosen.append(marked(cell, number, "given", locked=True))
        task.source += "\n\n// BEGIN SOLUTION\n// END SOLUTION"
        chosen.append(marked(task, number, "task", solution=True))
        check.source, points = graded(check.source)
        check.metadata["threading101"]["check"]["sum"] = make.summed(check.source)
        chosen.append(marked(check, number, "check", grade=True, locked=True, points=points))
    book.cells = chosen
    nbformat.validate(book)
    return book


def main(beginning: str, folder: pathlib.Path) -> None:
    path = lesson(beginning)
    target = folder / "source" / path.stem / f"{path.stem}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(assignment(path), target)
    config = folder / "nbgrader_config.py"
    if not config.exists():
        shutil.copy(ROOT / "lessons" / "nbgrader_config.py", config)
    print(f"{target}: change it as you like. Then, in {folder}:")
    for step in ("generate_assignment", "autograde", "generate_feedback"):
        print(f"  {pathlib.Path(sys.prefix) / 'bin' / 'nbgrader'} {step} {path.stem}")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
