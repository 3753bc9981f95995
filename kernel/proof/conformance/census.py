"""How many of the repository's own programs a search tries to the end in three seconds, and why not the others.

    python kernel/proof/conformance/census.py [--every N] [--budget 3s] TOOL…

TOOL is a built threading101. Several take turns with each program, so that what
else the machine does meets all of them. A program counts as complete when its
search says so; of the others the first words of what was not tried are counted.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3] / "kernel"
ARCHIVES = ("cases/testdata", "realbugs/testdata", "behaviour/testdata", "explore/testdata/oracle")
SINGLE = ("explore/testdata/sct", "explore/testdata/exact")
MARKER = re.compile(r"^-- (.+) --$", re.M)


def archive(path):
    """The files of a txtar archive, by name."""
    parts = MARKER.split(path.read_text())
    return dict(zip(parts[1::2], (text.lstrip("\n") for text in parts[2::2])))


def folders(files):
    """The programs of an archive: its files together, or each that has a main of its own."""
    mains = [name for name, text in files.items() if name.endswith(".go") and "func main()" in text and "package main" in text]
    tops = {name.split("/")[0] for name in files if "/" in name}
    for main in mains:
        top = main.split("/")[0]
        if "/" in main:
            yield main, {name.removeprefix(top + "/"): text for name, text in files.items() if name.startswith(top + "/")}
        elif len(mains) == 1:
            yield main, {name: text for name, text in files.items() if name.endswith((".go", ".mod"))}
        else:
            beside = {} if tops & {"bug", "fixed"} else {name: text for name, text in files.items() if "/" in name}
            yield main, {"main.go": files[main], **beside}


def programs():
    for folder in ARCHIVES:
        for path in sorted((ROOT / folder).glob("*.txtar")):
            for name, files in folders(archive(path)):
                yield f"{path.stem}/{name}", files
    for folder in SINGLE:
        for path in sorted((ROOT / folder).glob("*.go")):
            yield path.stem, {"main.go": path.read_text()}


def search(tool, folder, budget):
    """Why a program's search was not complete, "complete" where it was."""
    done = subprocess.run([tool, "explore", "-json", "-budget", budget, folder], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    try:
        found = json.loads(done.stdout)
    except json.JSONDecodeError:
        return "refused: " + (done.stderr.strip().splitlines() or ["nothing said"])[0][:70]
    if found["complete"]:
        return "complete"
    reasons = found["uncontrolled"] + ([found["stopped"]] if found.get("stopped") else [])
    return f"{found['level']}: {re.sub(r'[(].*?[)]', '…', reasons[0])[:70]}" if reasons else f"{found['level']}: time"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--budget", default="3s")
    parser.add_argument("tools", nargs="+")
    options = parser.parse_args()
    counts = {tool: collections.Counter() for tool in options.tools}
    for name, files in list(programs())[:: options.every]:
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {"go.mod": "module program\n\ngo 1.26.0\n", **files}.items():
                (pathlib.Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
                (pathlib.Path(folder) / path).write_text(text)
            said = [search(tool, folder, options.budget) for tool in options.tools]
        for tool, reason in zip(options.tools, said):
            counts[tool][reason] += 1
        if len(set(said)) > 1:
            print(f"{name}: {' | '.join(said)}", flush=True)
    for tool, counted in counts.items():
        total = sum(counted.values())
        print(f"\n{tool}: {counted['complete']} of {total} complete, {counted['complete'] / total:.0%}")
        for reason, n in counted.most_common():
            print(f"{n:5}  {reason}")


if __name__ == "__main__":
    main()
