"""What make says on a machine where something is missing."""

import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT


def make(target, tools, folder):
    """make TARGET on a PATH that holds only the named tools."""
    for tool in tools:
        # python3 may be a wrapper that needs the rest of the PATH: take what it stands for.
        real = f"{sys.base_prefix}/bin/python3" if tool == "python3" else shutil.which(tool)
        (folder / tool).symlink_to(real)
    return subprocess.run([shutil.which("make"), "-C", str(ROOT), target], capture_output=True, text=True,
                          env={"PATH": str(folder), "HOME": os.environ["HOME"]})


SHELL = ["bash", "find", "sort", "awk", "id"]


@pytest.mark.parametrize("missing, says", [
    ("go", "Go 1.26 or newer is missing. Install it: https://go.dev/doc/install"),
    ("python3", "Python 3.11 or newer is missing. Install it: apt-get install python3"),
    ("git", "git is missing. Install it: apt-get install git"),
])
def test_a_missing_prerequisite_is_named_with_what_installs_it(missing, says, tmp_path):
    tools = SHELL + [t for t in ("go", "python3", "git") if t != missing]
    done = make("prerequisites", tools, tmp_path)
    assert done.returncode != 0
    assert says in done.stdout


def test_make_alone_is_help(tmp_path):
    done = make("help", SHELL, tmp_path)
    assert done.returncode == 0, done.stderr
    for target in ("setup", "lab", "test", "check", "bench", "corpus", "notebooks", "clean"):
        assert f"make {target}" in done.stdout


def test_no_package_is_installed_that_makes_each_start_slow():
    """Of these lab.in says why. An older .venv still has them: pip uninstall rfc3987-syntax lark."""
    assert not [name for name in ("rfc3987_syntax", "lark") if importlib.util.find_spec(name)]


def test_the_top_level_holds_what_belongs_there():
    tracked = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True).stdout
    top = {pathlib.PurePath(name).parts[0] for name in tracked.splitlines()}
    assert {t for t in top if not t.startswith(".")} == {
        "notebooks", "kernel", "lessons", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE"}
