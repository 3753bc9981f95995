"""What a row of claims.py and cases.py is, and the predicates that several rows share."""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Claim:
    says: str
    holds: Callable  # of a tokens.Run
    clock: str = "virtual"
    to: tuple = ()  # for runs too rare for a seed: the goroutines to switch to, in this order


@dataclass(frozen=True)
class Finding:
    says: str
    holds: Callable  # of a tokens.Run
    # Of a program that the learner is to change: the cell that holds this text,
    # with these edits, asked this, after the cells that hold those texts; where cells
    # continue one program, before those that come behind it.
    cell: str = ""
    edit: tuple = ()
    ask: str = "%explore"
    after: tuple = ()
    before: tuple = ()


def clean(run):
    """Whether all that was checked holds, in all interleavings that there are."""
    return run.status == "ok" and not run.violated and run.all > 0


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


def fails(of, *ways):
    """A check that fails on that property, and is shown a run of it, which ends in one of these ways."""
    return lambda run: run.violated == of and run.token and (not ways or run.how in ways)
