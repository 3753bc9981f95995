"""What each token in a lesson shows, as far as the text around it says.

One row for each token of a lesson, in the order in which the lesson mentions
them. A row that no longer holds is an error of lessons/make.py --tokens and of
kernel/conformance/test_lessons.py; --tokens --write looks for a run for which
it holds, and writes its token into the lesson.
"""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Claim:
    says: str
    holds: Callable  # of a tokens.Run
    clock: str = "virtual"
    to: tuple = ()  # for runs too rare for a seed: the goroutines to switch to, in this order


def rows(run, *wanted):
    """Whether the run has these operations in these steps: (step, goroutine, operation, value)."""
    names = {g["id"]: g["name"] for g in run.json["goroutines"]}
    there = {(e.get("step"), names[e["goroutine"]], e["op"], e.get("value")) for e in run.json["events"]}
    return set(wanted) <= there


def switches(lines):
    """How often the output changes from one worker to the other."""
    names = [line.split()[0] for line in lines]
    return sum(a != b for a, b in zip(names, names[1:]))


def down(name, first):
    return [f"{name} {n}" for n in range(first, 0, -1)]


def up(name, last):
    return [f"{name} {n}" for n in range(1, last + 1)]


CLAIMS = {
    "00-welcome": [
        Claim("B is first", lambda run: run.lines == ["hello from B", "hello from A"] and run.of("hello B", "print")[0]["step"] == 4),
        Claim("A is through before B begins", lambda run: run.lines == up("A", 3) + up("B", 3)),
        Claim("A and B take turns", lambda run: run.lines == ["A 1", "B 1", "A 2", "B 2", "A 3", "B 3"]),
    ],
    "01-threads": [
        Claim("B is first", lambda run: run.lines[0] == "B 3" and run.how == "ok" and len(run.lines) == 7),
        Claim("main wakes up before B has printed a line",
              lambda run: run.lines == ["A 3", "A 2", "main: I have slept enough"]
              and run.ends == {"main": "returned", "A": "cut-off", "B": "cut-off"}, "free"),
        Claim("B is through before A has printed a line", lambda run: run.lines == down("B", 5) + down("A", 5), "free"),
    ],
    "02-lock": [
        Claim("the output changes five times", lambda run: len(run.lines) == 6 and switches(run.lines) == 5),
        Claim("whole, and both locks held at once",
              lambda run: run.lines in (down("A", 3) + down("B", 3), down("B", 3) + down("A", 3))
              and [e["op"] for e in run.json["events"] if e["op"] in ("lock", "unlock")] == ["lock", "lock", "unlock", "unlock"], "free", to=(2, 3, 2)),
    ],
    "03-join": [
        Claim("B, the slow one, is through first",
              lambda run: run.lines == down("B", 3) + down("A", 3) + ["main: B is done", "main: A is done"]
              or run.lines == down("B", 3) + ["main: B is done"] + down("A", 3) + ["main: A is done"], "free"),
        Claim("C is first", lambda run: run.lines[0] == "C 2" and run.lines[-1] == "main: all are done"),
        Claim("A's line is missing", lambda run: run.lines == ["main: done"] and run.ends["A"] == "cut-off", "free"),
        Claim("main does not wait at all",
              lambda run: run.lines == ["main: all are done"] and run.how == "cut-off" and not run.of("main", "wait-want")),
    ],
    "05-lost-update": [
        Claim("B's 20 are lost", lambda run: run.lines == ["balance: 110"] and run.lost == 1 and rows(
            run, (5, "pay A", "load", "100"), (6, "pay B", "load", "100"), (7, "pay B", "store", "120"), (8, "pay A", "store", "110"))),
        Claim("the smallest number is 2", lambda run: run.lines == ["n: 2"]),
        Claim("right total, still a race", lambda run: run.lines == ["balance: 130"] and run.lost == 0 and len(run.json["races"]) == 1),
        Claim("the auditor finds 190", lambda run: run.lines == ["all the money: 190"]
              and rows(run, *[(e.get("step"), "audit", "load", v) for e, v in zip(run.of("audit", "load"), ("90", "100"))])
              and all("step" in e for e in run.of("audit", "load"))),
        Claim("20 are lost without a race", lambda run: run.lines == ["balance: 110"] and not run.json.get("races")),
    ],
    "08-deadlock": [
        Claim("each holds what the other wants",
              lambda run: run.how == "deadlock" and run.circle == ["annaPays 10", "benPays 20"] and len(run.ops("lock")) == 2
              and run.ops("lock")[-1]["step"] == 6 and not run.ops("load")),
        Claim("the same with one function", lambda run: run.how == "deadlock" and run.circle == ["transfer A", "transfer B"]),
        Claim("a circle of three", lambda run: run.how == "deadlock" and run.circle == ["arendt", "kant", "plato"] and not run.lines),
        Claim("two wait for ever, and Go says nothing",
              lambda run: run.status == "ok" and run.how == "leak" and run.circle == ["annaPays 10", "benPays 20"]
              and run.lines == ["main: good night"]),
    ],
}
