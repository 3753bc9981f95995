"""How long a lesson takes one reader, computed as the guide says.

    python lessons/minutes.py   prints what is computed beside what the lesson states
"""

import re
import sys

import jupytext

from tokens import FOLDER, LESSONS, PAGES, TOKEN

WORDS, LINES = 150, 15  # a minute
SECONDS = {"run": 8, "prediction": 30, "fold": 20, "token": 30, "task": 180}
HEADING = re.compile(r"^##? (.+)", re.M)
AGAIN = re.compile(r"few times|[Rr]erun|[Rr]un it (?:again|a few)")  # each is counted as two runs more
SEEN = re.compile(r"<[^>]+>|\]\([^)]*\)")  # what nobody reads
STATED = re.compile(r"\*About (\d+) minutes")


def sections(lesson):
    """The lesson's cells, by the heading above them; what comes before the first is below "" ."""
    found, heading = {"": []}, ""
    for cell in jupytext.read(FOLDER / f"{lesson}.md").cells:
        if cell.cell_type == "markdown" and (headings := HEADING.findall(cell.source)):
            heading = headings[-1]
        found.setdefault(heading, []).append(cell)
    return found


def of_cell(cell):
    """The minutes that a cell takes."""
    lines = [line for line in cell.source.split("\n") if line.strip()]
    asked = [line for line in lines if line.startswith("%predict")]
    written = cell.source if cell.cell_type == "markdown" else "\n".join(asked)
    read = len(re.findall(r"[\w’']+", SEEN.sub("", written))) / WORDS
    times = {"fold": cell.source.count("<details>"), "token": len(set(TOKEN.findall(cell.source))), "run": 2 * len(AGAIN.findall(written))}
    if cell.cell_type == "code":
        read += len([line for line in lines if not line.startswith(("%", "//"))]) / LINES
        times |= {"run": times["run"] + 1, "prediction": len(asked), "task": "check" in cell.metadata.get("tags", [])}
    return read + sum(SECONDS[what] * n for what, n in times.items()) / 60


def computed(lesson, until="", without=(), only=()):
    """The minutes of a lesson: to the end of a section, without others, or of some only. Each is named by how its heading begins."""
    total, begins = 0, lambda heading, names: any(heading.startswith(name) for name in names)
    for heading, cells in sections(lesson).items():
        if not begins(heading, without) and (not only or begins(heading, only)):
            total += sum(map(of_cell, cells))
        if until and heading.startswith(until):
            return total
    assert not until, f"{lesson} has no section {until}"
    return total


def stated(lesson):
    return int(STATED.search((FOLDER / f"{lesson}.md").read_text()).group(1))


def main():
    for lesson in PAGES + LESSONS:
        print(f"{lesson:26} {computed(lesson):5.1f} computed, {stated(lesson)} stated")


if __name__ == "__main__":
    sys.exit(main())
