"""The tokens in the lessons: what they show, and fresh ones for changed cells.

A token belongs to the code cell in whose %replay line it stands, or, in the
text, to the last cell with Go in it before it. claims.py says what its run shows.
"""

import contextlib
import functools
import itertools
import pathlib
import re
import tempfile

import jupytext
from jupyter_client.manager import start_new_kernel

import screen
from claims import CLAIMS

FOLDER = pathlib.Path(__file__).resolve().parent

# The lessons, and the pages beside them, by the files there are. A number from 90 on, 00b, or NN-00 for the
# list of the lessons NN, is a page: without tokens, and without a task.
PAGES = [f.stem for p in ("9[0-9]-*.md", "00b-*.md", "[0-9][0-9]-00-*.md") for f in sorted(FOLDER.glob(p))]
LESSONS = sorted(f.stem for p in ("[0-8][0-9]-*.md", "[0-8][0-9][a-z]-*.md", "f[0-9]-*.md") for f in FOLDER.glob(p) if f.stem not in PAGES)
RUN_JSON = "application/vnd.threading101.run+json"
FOUND_JSON = "application/vnd.threading101.exploration+json"
PREDICTION_JSON = "application/vnd.threading101.prediction+json"
TOKEN = re.compile(r"\bt2(?:-[0-9a-z.]+){2,4}\b")
MEASURED = re.compile(r"^%real -procs .*", re.M)  # how often is for learners: no test asks for a time
OURS = re.compile(r"^%(replay|seed|clock|diff|explore|check|outcome|predict|why|hint|step)\b.*\n?", re.M)
# A line that a cell of declarations alone does not have: func main, or a statement.
RUNS = re.compile(r"^(?:func main\(|(?!(?:func|type|var|const|import)\b)[a-z<])", re.M)
SEEDS = 5000  # that are tried for a claim
STEPS = 16    # after which a switch is tried
PATIENCE = 300  # seconds until a cell counts as not answered: others may use the machine


class Run:
    """What one cell brought, as a learner sees it."""

    def __init__(self, reply, messages):
        self.content = reply["content"]
        self.status = self.content["status"]
        self.lines = self.stream("stdout", messages).splitlines()
        self.shown = screen.seen(messages)
        drawn = [data for data in self.shown if RUN_JSON in data]
        self.json = drawn[0][RUN_JSON] if drawn else None
        self.text = drawn[0]["text/plain"] if drawn else ""
        self.svg = drawn[0].get("image/svg+xml", "") if drawn else ""
        # What was asked, and what it was: once for each question, the last that was shown of it.
        self.predicted = {d["question"]["text"]: (d["rounds"][-1].get("was") or [None])[0] for d in
                          (m["content"]["data"][PREDICTION_JSON] for m in messages
                           if m["msg_type"] in ("display_data", "update_display_data") and PREDICTION_JSON in m["content"]["data"]) if d["rounds"]}
        found = [data for data in self.shown if FOUND_JSON in data]
        self.found = found[-1][FOUND_JSON] if found else None  # of %explore and %check
        self.table = found[-1]["text/plain"] if found else ""

    @staticmethod
    def stream(name, messages):
        return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == name)

    @property
    def error(self):
        """The error report, without colours."""
        return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(self.content.get("traceback", [])))

    @property
    def ends(self):
        return {g["name"]: g["end"] for g in self.json["goroutines"]}

    @property
    def how(self):
        return self.json["status"]

    @property
    def token(self):
        return self.json.get("token", "") if self.json else ""

    @property
    def ways(self):
        """How an explored program can end: {what came out, or how it ended: in how many interleavings}."""
        ways = {}
        for outcome in self.found["outcomes"]:
            what = outcome["value"].strip() if outcome["status"] in ("ok", "cut-off") else outcome["status"]
            ways[what] = ways.get(what, 0) + int(outcome["interleavings"])
        return ways

    @property
    def all(self):
        """How many interleavings were tried, which must be all there are."""
        assert self.found["complete"], self.table
        return int(self.found["interleavings"])

    @property
    def classes(self):
        """How many classes all interleavings are."""
        return self.found["classes"]

    @property
    def violated(self):
        """The property that a %check found not to hold; "" if all hold."""
        if self.content.get("ename") != "CheckFailed":
            return ""
        return re.search(r": (.+?) does not hold", self.content["evalue"]).group(1)

    @property
    def words(self):
        """All that the run says, on one line."""
        return " ".join(self.text.split())

    @property
    def lost(self):
        """How many updates were lost: marked in the picture, and told in a sentence."""
        return self.text.count("⚠ lost update")

    @property
    def circle(self):
        """The names of those who wait for each other in a circle, sorted."""
        names = {g["id"]: g["name"] for g in self.json["goroutines"]}
        last = {e["goroutine"]: e for e in self.json["events"]}
        waits = {g: e.get("partner") for g, e in last.items() if e["op"].endswith("-want")}
        found = []
        for g in waits:
            at, steps = waits[g], 0
            while at in waits and at != g and steps < len(waits):
                at, steps = waits[at], steps + 1
            if at == g:
                found.append(names[g])
        return sorted(found)

    def of(self, name, op=None):
        """The events of one goroutine, in order."""
        ids = [g["id"] for g in self.json["goroutines"] if g["name"] == name]
        assert len(ids) == 1, f"{len(ids)} lanes are called {name!r}: {[g['name'] for g in self.json['goroutines']]}"
        return [e for e in self.json["events"] if e["goroutine"] == ids[0] and op in (None, e["op"])]

    def done(self, name):
        """Whether the goroutine returned, or had nothing left but to return.

        Whoever has closed its channel, or is done in its group, may still be cut
        off there in a real run: main can be quicker to the end than it.
        """
        return self.ends[name] == "returned" or self.of(name)[-1]["op"] in ("close", "wg-done")

    def ops(self, op):
        return [e for e in self.json["events"] if e["op"] == op]

    def objects(self, op):
        return {e["object"] for e in self.ops(op)}


def execute(client, code, cell=None, says=None, metadata=None):
    """Execute code, as a front end does: cell is the id of the notebook's cell, which a cell that runs again has again.
    Some front ends send the cell's metadata as well.

    With something to say, it is the answer to all that the cell asks."""
    client.session.metadata = dict(metadata or {}, **({"cellId": cell} if cell else {}))
    messages = []
    code = MEASURED.sub("%real -procs 1,2 -repeat 1", code)
    reply = client.execute_interactive(code, timeout=PATIENCE, allow_stdin=says is not None, output_hook=messages.append,
                                       stdin_hook=lambda _: client.input(says))
    return Run(reply, messages)


def cell_id(number):
    """The id of a lesson's code cell."""
    return f"cell-{number}"


class Mention:
    """A token, where the lesson mentions it first."""

    def __init__(self, lesson, token, claim, number, source):
        self.lesson, self.token, self.claim = lesson, token, claim
        self.number = number  # of the code cell it belongs to
        self.cell = cell_id(number)
        # Of that cell, without words on the schedule. One of declarations makes no run of its own:
        # the token is of the program that other cells are.
        self.source = OURS.sub("", source) if RUNS.search(source) else ""

    def __repr__(self):
        return f"{self.lesson} [{self.number + 1}] {self.token}: {self.claim.says}"


def cells_of(lesson):
    """The cells of a lesson as its text is now: none of them is to be changed."""
    return parsed((FOLDER / f"{lesson}.md").read_text())


@functools.cache
def parsed(text):
    return jupytext.reads(text, fmt="md").cells


def section(lesson):
    """How the instructor's guide heads what it says of a lesson; those with two numbers, 10-01, have one section together."""
    return lesson[:2] if re.match(r"\d\d-\d\d-", lesson) else lesson.replace("-", " ")


def with_tokens():
    """The lessons that mention tokens."""
    return [lesson for lesson in LESSONS if tokens_of(lesson)]


def tokens_of(lesson):
    """All tokens a lesson mentions, each once, in order."""
    return list(dict.fromkeys(TOKEN.findall((FOLDER / f"{lesson}.md").read_text())))


def mentions(lesson):
    """(code cells, the lesson's tokens with their claims)."""
    claims, cells, found, known = list(CLAIMS.get(lesson, [])), [], [], set()
    number = 0
    for cell in cells_of(lesson):
        if cell.cell_type == "code":
            cells.append(cell)
            if OURS.sub("", cell.source).strip():
                number = len(cells) - 1
        for token in TOKEN.findall(cell.source):
            if token not in known:
                known.add(token)
                assert claims, f"{lesson} mentions {token}, and claims.py has no row for it"
                found.append(Mention(lesson, token, claims.pop(0), number, cells[number].source))
    assert not claims, f"{lesson} mentions fewer tokens than claims.py has rows: {[c.says for c in claims]}"
    return cells, found


def wrong(mention, run):
    """What is wrong with the run of a mentioned token; "" if nothing is."""
    if run.token != mention.token:
        return (run.error.strip().split("\n")[0] if run.status == "error" else "") or f"the run has the token {run.token or '(none)'}"
    return "" if holds(mention, run) else f"its run does not show: {mention.claim.says}"


def holds(mention, run):
    try:
        return bool(mention.claim.holds(run))
    except (AssertionError, IndexError, KeyError, TypeError):
        return False  # not even the lanes of the claim are there


def replay(client, mention, token):
    """The run of a token, in the cell it belongs to."""
    return execute(client, f"%replay {token}\n{mention.source}", cell=mention.cell if mention.source else None)


def fresh(client, mention, ran):
    """The token of a run that shows what the lesson says: the first in the order of candidates."""
    for token in candidates(mention.claim, ran):
        run = replay(client, mention, token)
        if run.json is None and "belongs to other code" in run.error:
            raise SystemExit(f"{mention}: the cell's code changes while it is looked at")
        if run.json and holds(mention, run):
            return run.token
    raise SystemExit(f"{mention}: no run of those that were tried shows it")


def candidates(claim, ran):
    """Tokens as one writes them by hand: seeds, or the steps after which to switch to the claim's goroutines. ran is a token of the code."""
    _, code, decided = ran.split("-")[:3]
    clock = "f" if claim.clock == "free" else ""
    if claim.to:
        steps = itertools.combinations(range(1, STEPS + 1), len(claim.to))
        decisions = ("s" + "x".join(f"{step}.{to}" for step, to in zip(at, claim.to)) for at in steps)
    else:
        cells = decided.count(".") + 1  # each has a seed
        decisions = (".".join(["1"] * (cells > 1) + [str(seed)] * max(cells - 1, 1)) for seed in range(1, SEEDS + 1))
    return (f"t2-{code}-{all}{clock}-manual" for all in decisions)


def check(lesson):
    """Run a lesson and each of its tokens, and look for fresh ones: {token: (what is wrong, fresh token)}."""
    cells, found = mentions(lesson)
    out = {}
    with kernel() as client:
        for number, cell in enumerate(cells):
            if not OURS.sub("", cell.source).strip():
                continue  # only words of ours, on what was run before
            ran = execute(client, OURS.sub("", cell.source), cell=cell_id(number))
            for m, problem in replayed(client, found, number):
                out[m.token] = (problem, fresh(client, m, ran.token) if problem else m.token)
    return out


def replayed(client, found, number):
    """Each token that belongs to a cell that has just run, with what is wrong with its run."""
    for m in found:
        if m.number == number:
            yield m, wrong(m, replay(client, m, m.token))


@contextlib.contextmanager
def kernel():
    """A client of a kernel in a folder of its own, where lessons put their files."""
    with tempfile.TemporaryDirectory() as folder:
        manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, cwd=folder)
        try:
            yield client
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=False)


def replace(lesson, tokens):
    """Write fresh tokens into the lesson and the guide."""
    for path in (FOLDER / f"{lesson}.md", FOLDER / "GUIDE.md"):
        text = path.read_text()
        mended = TOKEN.sub(lambda m: tokens.get(m.group(), m.group()), text)
        if mended != text:
            path.write_text(mended)


def strangers():
    """Tokens of the guide that no lesson mentions."""
    known = {token for lesson in LESSONS + PAGES for token in tokens_of(lesson)}
    return [t for t in TOKEN.findall((FOLDER / "GUIDE.md").read_text()) if t not in known]


def main(write, only=()):
    """Check all tokens; print a fresh one for each that is not right, and with write put it in its place."""
    bad = 0
    for lesson in with_tokens():
        if only and lesson not in only:
            continue
        found = check(lesson)
        for token, (problem, better) in found.items():
            print(f"{lesson}  {token}  " + (f"{problem}\n    fresh: {better}" if problem else "ok"), flush=True)
        bad += sum(bool(problem) for problem, _ in found.values())
        if write:
            replace(lesson, {old: new for old, (problem, new) in found.items() if problem})
    for token in strangers():
        print(f"GUIDE  {token}  no lesson mentions it")
        bad += 1
    return 1 if bad and not write else 0
