"""Run the phases of make test, some beside others, and say what took its time.

    python .ci/phases.py LANE… [then LANE…]     a lane is "PHASE PHASE …", each a target of the Makefile

The lanes run beside each other, the phases of a lane one after the other: what
waits for a browser leaves the processors to what compiles. A lane that begins with
"nice" gives way to the others, so that what waits most is not kept waiting longer.
The lanes behind "then" begin when those before it have ended. What a phase prints
is in .artefacts/gate/PHASE.log. All phases are run, also after one has failed;
the output of those that failed comes last, that of the first at the very end.
"""

import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

OUTPUT = pathlib.Path(__file__).resolve().parents[1] / ".artefacts" / "gate"
LIMIT = 30 * 60  # seconds that no phase needs on any machine
SLOWEST = 20


class Phase:
    """One target of the Makefile."""

    def __init__(self, name, nice=False):
        self.name = name
        self.command = ["nice", "-n", "5"] * nice + ["make", "--no-print-directory", name]
        self.log, self.times = OUTPUT / f"{name}.log", OUTPUT / f"{name}.times"
        self.process, self.status = None, None
        self.wall = self.cpu = self.ended = 0.0

    def run(self):
        began = time.monotonic()
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, "T101_TIMES": str(self.times), "MAKEFLAGS": ""}, start_new_session=True)
            late = threading.Timer(LIMIT, self.stop)
            late.start()
            _, status, used = os.wait4(self.process.pid, 0)
            late.cancel()
        self.status = self.process.returncode = os.waitstatus_to_exitcode(status)
        self.ended = time.monotonic()
        self.wall, self.cpu = self.ended - began, used.ru_utime + used.ru_stime
        verdict = "ok    " if self.status == 0 else "FAILED"
        print(f"{verdict} {self.name:12} {self.wall:5.0f} s  {self.last_line()}", flush=True)

    def stop(self):
        """End the phase with all it has started."""
        if self.process and self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)

    def last_line(self):
        lines = self.log.read_text(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "")[:100]

    def parts(self):
        """(seconds, name) of its packages and tests."""
        if not self.times.exists():
            return []
        lines = self.times.read_text().splitlines()
        return [(float(seconds), name) for seconds, _, name in (line.partition("\t") for line in lines)]


def lane_of(words):
    nice = words.startswith("nice ")
    return [Phase(name, nice) for name in words.removeprefix("nice ").split()]


def run(lanes):
    def through(lane):
        for phase in lane:
            phase.run()

    threads = [threading.Thread(target=through, args=(lane,), daemon=True) for lane in lanes]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        for phase in (p for lane in lanes for p in lane):
            phase.stop()


def tell(phases, took):
    """The table of what took its time, and then all that failed, the first of it last."""
    print("\n  wall s  processor s")
    for p in sorted(phases, key=lambda p: -p.cpu):
        print(f"{p.wall:8.0f} {p.cpu:12.0f}  {p.name}")
    print(f"{took:8.0f} {sum(p.cpu for p in phases):12.0f}  all of them, beside each other")
    print(f"\nThe slowest parts, in seconds (others ran beside them):")
    for seconds, name in sorted((part for p in phases for part in p.parts()), reverse=True)[:SLOWEST]:
        print(f"{seconds:8.1f}  {name}")
    failed = sorted((p for p in phases if p.status != 0), key=lambda p: -p.ended)
    for p in failed:
        print(f"\n--- {p.name} failed (exit status {p.status}) ---\n{p.log.read_text(errors='replace')}")
    if failed:
        print("failed:", ", ".join(p.name for p in reversed(failed)))
    return 1 if failed else 0


def main(args):
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for old in OUTPUT.iterdir():
        old.unlink()
    first, _, second = " | ".join(args).partition(" | then | ")
    groups = [[lane_of(words) for words in group.split(" | ")] for group in (first, second) if group]
    began = time.monotonic()
    for lanes in groups:
        run(lanes)
    return tell([p for lanes in groups for lane in lanes for p in lane], time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
