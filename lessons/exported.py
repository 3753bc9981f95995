"""The runs of the lessons as plain Go programs.

Each token of the lessons, and each way to end that an %explore or %check in them
finds, is exported, built once and run many times, on one processor and on two.
"""

import os
import pathlib
import re
import subprocess
import tempfile

from tokens import LESSONS, OURS, cell_id, execute, kernel, mentions, replay

TIMES = 100
MOST_OTHERS = 1  # of these may end otherwise
ASKS = re.compile(r"^%(explore|check)\b", re.M)


def tokens_of(client, lesson):
    """(code cell, token) of a lesson, as its cells are run."""
    cells, found = mentions(lesson)
    for number, cell in enumerate(cells):
        code = OURS.sub("", cell.source)
        if not code.strip() and not ASKS.search(cell.source):
            continue
        run = execute(client, code, cell=cell_id(number)) if code.strip() else None
        if run and run.token:
            yield number, run.token
        if ASKS.search(cell.source):
            asked = execute(client, cell.source, cell=cell_id(number) if code.strip() else None)
            for outcome in asked.found["outcomes"] if asked.found else []:
                if outcome["token"]:
                    yield number, outcome["token"]
        for mention in (m for m in found if m.number == number):
            replay(client, mention, mention.token)
            yield number, mention.token


def export(client, token, file):
    """Write the run of a token to a file; what the kernel says if it is not there then."""
    run = execute(client, f"%export {token} {file}")
    return "" if file.exists() else " ".join(s.get("text/plain", "") for s in run.shown) or run.error


def ends(binary, processors):
    done = subprocess.run([binary], capture_output=True, timeout=60, env=os.environ | {"GOMAXPROCS": str(processors)})
    return done.stdout, done.returncode


def others(file):
    """How many of its runs end otherwise than the first, which the kernel has compared with the token's."""
    binary = file.with_suffix("")
    subprocess.run(["go", "build", "-o", binary, file], check=True, cwd=file.parent)
    first = ends(binary, 1)
    return sum(ends(binary, 1 + i % 2) != first for i in range(TIMES - 1))


def check(lesson):
    """Run a lesson: [(code cell, token, what is wrong with it; "" if nothing is)]."""
    with kernel() as client, tempfile.TemporaryDirectory() as folder:
        seen = set()
        for number, token in tokens_of(client, lesson):
            if token in seen:
                continue
            seen.add(token)
            file = pathlib.Path(folder) / f"{token.replace('.', '_')}.go"
            problem = export(client, token, file)
            if not problem and (n := others(file)) > MOST_OTHERS:
                problem = f"{n} of {TIMES} runs end otherwise"
            yield number, token, problem


def main(only=()):
    bad = 0
    for lesson in LESSONS:
        if only and lesson not in only:
            continue
        for number, token, problem in check(lesson):
            print(f"{lesson} [{number + 1}]  {token}  {problem or 'ok'}", flush=True)
            bad += bool(problem)
    return 1 if bad else 0
