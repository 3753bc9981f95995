"""A class at work: kernels that run edited cells of the lessons, with completion in use.

KERNELS=30 MINUTES=30 PAUSE=20 make soak prints how long cells and completions took, how much
memory a learner takes, and fails if anything grows, is not answered, or is left behind. PAUSE
is how many seconds a learner reads before the next cell, in the mean; 0: none ever reads.
"""

import json
import os
import pathlib
import random
import statistics
import sys
import tempfile
import threading
import time

from jupyter_client.manager import start_new_kernel

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATIENCE = 300  # seconds until a cell counts as not answered
GROWTH = 64 << 20  # bytes that a kernel may have grown by: the runs that it remembers


def lessons():
    """The code cells of each notebook that needs no database, in order."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = [c["source"] for c in json.loads(path.read_text())["cells"] if c["cell_type"] == "code"]
        cells = ["".join(c) for c in cells]
        if cells and not any("database/sql" in c or "pgx" in c for c in cells):
            yield cells


def family(pid):
    """A process and all that descend from it."""
    parents = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            pass
    found = {pid}
    while more := {p for p, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def memory(pids):
    """What processes take of the machine: what several share is counted once."""
    total = 0
    for pid in pids:
        try:
            for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) << 10
        except OSError:
            pass
    return total


class Learner(threading.Thread):
    def __init__(self, courses, until, pause, seed, folder, notebooks):
        super().__init__()
        self.courses, self.until, self.pause, self.random = courses, until, pause, random.Random(seed)
        self.cells, self.completions, self.own, self.whole, self.faults = [], [], [], [], []
        self.folder, self.notebooks = folder, notebooks

    def run(self):
        try:
            self.manager, self.client = start_new_kernel(
                kernel_name="threading101", startup_timeout=PATIENCE, cwd=self.notebooks, env={**os.environ, "TMPDIR": str(self.folder)})
            self.pid = self.manager.provisioner.process.pid
            try:
                while time.monotonic() < self.until:
                    self.lesson(self.random.choice(self.courses))
            finally:
                self.pids = family(self.pid)
                self.client.stop_channels()
                self.manager.shutdown_kernel(now=False)
        except Exception as fault:  # told at the end, by whoever has started us
            self.faults.append(repr(fault))

    def lesson(self, cells):
        for cell in cells:
            self.read()
            if time.monotonic() >= self.until:
                return
            self.work(cell + f"\n// edit {self.random.randrange(10**9)}\n")
            self.complete(cell)
            if len(self.cells) % 5 == 1:
                self.own.append(memory([self.pid]))
                self.whole.append(memory(family(self.pid)))

    def read(self):
        """Learners come when they come: the pauses are as long as those between independent events."""
        if self.pause:
            time.sleep(min(self.random.expovariate(1 / self.pause), max(0, self.until - time.monotonic())))

    def work(self, code):
        began = time.monotonic()
        self.client.execute_interactive(code, timeout=PATIENCE, allow_stdin=False, output_hook=lambda _: None)
        self.cells.append(time.monotonic() - began)

    def complete(self, code):
        at = code.rfind(".") + 1 or len(code)
        began = time.monotonic()
        self.client.complete(code, cursor_pos=at, reply=True, timeout=PATIENCE)
        self.completions.append(time.monotonic() - began)


def grown(sizes):
    """How much more the end of a series is than its first third."""
    third = len(sizes) // 3
    return statistics.median(sizes[-third:]) - max(sizes[:third]) if third else 0


def percentiles(times):
    times = sorted(times)
    return [times[min(len(times) - 1, int(len(times) * p))] for p in (0.5, 0.9, 0.99)] + [times[-1]]


def soak(kernels, seconds, pause=0, seed=1):
    """Returns the learners and all that is wrong. The pause is in seconds, as in Learner.read."""
    courses = list(lessons())
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as name, tempfile.TemporaryDirectory() as notebooks:
        folder = pathlib.Path(name)
        learners = [Learner(courses, time.monotonic() + seconds, pause, seed + n, folder, notebooks) for n in range(kernels)]
        for learner in learners:
            learner.start()
        for learner in learners:
            learner.join()
        wrong = [fault for learner in learners for fault in learner.faults]
        wrong += [f"a kernel has grown by {grown(learner.own) >> 20} MB" for learner in learners if grown(learner.own) > GROWTH]
        wrong += left(learners, folder)
    return learners, wrong


def left(learners, folder):
    """What is there that should be gone: a while is given to what is just ending."""
    deadline = time.monotonic() + 30
    while True:
        pids = [p for learner in learners for p in getattr(learner, "pids", ()) if pathlib.Path(f"/proc/{p}").exists()]
        files = sorted(path.name for path in folder.iterdir())
        if not pids and not files:
            return []
        if time.monotonic() > deadline:
            return [f"left behind: processes {pids}, files {files}"]
        time.sleep(0.1)


def table(learners):
    rows = [("cells", [t for learner in learners for t in learner.cells]),
            ("completions", [t for learner in learners for t in learner.completions])]
    print(f"{'seconds':12} {'n':>6} {'half':>8} {'90 %':>8} {'99 %':>8} {'most':>8}")
    for name, times in rows:
        if times:
            print(f"{name:12} {len(times):6} " + " ".join(f"{t:8.2f}" for t in percentiles(times)))
    sizes = [max(learner.whole) for learner in learners if learner.whole]
    if sizes:
        print(f"a learner's processes, at most: {statistics.median(sizes) / 2**20:.0f} MB, all together {sum(sizes) / 2**30:.1f} GB")
    print("load:", *(f"{load:.1f}" for load in os.getloadavg()), "on", os.cpu_count(), "processors")


if __name__ == "__main__":
    given = lambda name, default: float(os.environ.get(name, default))
    learners, wrong = soak(int(given("KERNELS", 30)), 60 * given("MINUTES", 30), given("PAUSE", 20), random.randrange(10**6))
    table(learners)
    print(*wrong, sep="\n")
    sys.exit(bool(wrong))
