"""Run go test and print what a person wants to know of it.

    python kernel/proof/conformance/gotest.py ARGS…     ARGS as for go test

A line for each package, the whole output of what failed, and each test that
was left out with its reason. With T101_NO_SKIPS set, a test left out fails the
run. What each package and each test took is added to the file T101_TIMES names.
"""

import collections
import json
import os
import subprocess
import sys


def note(seconds, name):
    if seconds >= 1 and "T101_TIMES" in os.environ:
        with open(os.environ["T101_TIMES"], "a") as times:
            times.write(f"{seconds}\t{name.removeprefix('threading101/')}\n")


def main(args):
    process = subprocess.Popen(["go", "test", "-json", *args], stdout=subprocess.PIPE, text=True)
    output, count, skipped = collections.defaultdict(list), collections.Counter(), []
    for line in process.stdout:
        try:
            event = json.loads(line)
        except ValueError:
            print(line, end="")
            continue
        package, test, action = event.get("Package", event.get("ImportPath", "")), event.get("Test"), event["Action"]
        if action in ("output", "build-output"):
            output[package, test].append(event["Output"])
        elif test and action in ("pass", "fail", "skip"):
            count[action] += 1
            if "/" not in test:
                note(event["Elapsed"], f"{package} {test}")
            if action == "skip":
                skipped.append((package, test, "".join(output[package, test])))
            if action == "fail":
                print("".join(output[package, test]), end="")
            del output[package, test]
        elif action in ("fail", "build-fail"):
            # Also what tests said that never came to an end: the process may have died in one.
            for key in [k for k in output if k[0] == package]:
                print("".join(output.pop(key)), end="", flush=True)
        elif action == "pass":
            note(event["Elapsed"], package)
            print(f"ok    {package}  {event['Elapsed']:.1f} s", flush=True)
    status = process.wait()
    for package, test, reason in skipped:
        print(f"left out: {package} {test}\n{reason}", end="")
    print(f"{count['pass']} passed, {count['fail']} failed, {len(skipped)} skipped")
    if skipped and os.environ.get("T101_NO_SKIPS"):
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
