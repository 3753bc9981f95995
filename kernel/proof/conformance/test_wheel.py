"""The wheel: installed into an environment of its own, it needs no checkout, no network and nothing on the PATH but Go."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from conftest import ROOT, run

sys.path.insert(0, str(ROOT / ".python"))

import wheel  # noqa: E402  (of the project)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wheel.build(tmp_path_factory.mktemp("wheel"))


def pip(environment, *command):
    subprocess.run([sys.executable, "-m", "pip", "--python", environment / "bin" / "python", *command],
                   check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """An environment with the wheel and nothing else, in a folder that a path has to be quoted for."""
    folder = tmp_path_factory.mktemp("an environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip(folder, "install", "-q", "--no-deps", "--no-index", built)
    return folder


@pytest.fixture
def offline(tmp_path, monkeypatch):
    """A home with nothing in it, Go alone on the PATH, and no network for modules."""
    go = pathlib.Path(shutil.which("go"))
    caches = {"GOCACHE": wheel.go("env", "GOCACHE").strip(), "GOMODCACHE": str(tmp_path / "modules")}
    environment = {"HOME": str(tmp_path), "PATH": f"{go.parent}:/usr/bin:/bin", "GOPROXY": "off", "GOFLAGS": "-modcacherw", **caches}
    for name in [n for n in os.environ if n.startswith(("JUPYTER", "T101"))]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def test_a_cell_runs_without_a_checkout_and_without_a_network(installed, offline):
    specs = KernelSpecManager(kernel_dirs=[str(installed / "share" / "jupyter" / "kernels")], ensure_native_kernel=False)
    manager = KernelManager(kernel_name="threading101", kernel_spec_manager=specs)
    assert str(ROOT) not in json.dumps(specs.get_kernel_spec("threading101").argv)
    manager.start_kernel(cwd=str(offline))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        reply = run(client, "%check deadlock-free\nfunc main() {\n\tgo fmt.Println(1)\n}", timeout=300)
        assert reply.status == "ok", reply.content
        assert "holds in all" in "".join(reply.displays("text/plain"))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)


def test_the_command_brings_the_lessons(installed, offline):
    command = installed / "bin" / "threading101"
    done = subprocess.run([command, "lessons", "new", offline / "mine"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {p.name for p in (offline / "mine").glob("*.ipynb")} == {p.name for p in (ROOT / "notebooks").glob("*.ipynb")}
    assert nbformat.read(offline / "mine" / "00-welcome.ipynb", as_version=4).metadata.kernelspec.name == "threading101"
    told = subprocess.run([command, "version"], capture_output=True, text=True).stdout
    assert told.startswith(f"threading101 {wheel.version()} ")
    doctor = subprocess.run([command, "doctor"], capture_output=True, text=True).stdout
    assert re.search(rf"^ok +kernelspec +{re.escape(str(installed))}", doctor, re.M), doctor


def test_each_module_that_is_linked_into_a_program_has_its_notice(built):
    with zipfile.ZipFile(built) as files:
        (notices,) = [files.read(n).decode() for n in files.namelist() if n.endswith("/THIRD-PARTY")]
    linked = wheel.modules()
    assert len(linked) > 20 and "github.com/janpfeifer/gonb" in linked and "golang.org/x/tools/gopls" in linked
    parts = dict(re.findall(r"^={78}\n(\S.*?) v?\S+\n={78}\n(.*?)(?=^={78}$|\Z)", notices, re.M | re.S))
    assert set(parts) == {"Go's standard library", *linked}
    for name, text in parts.items():
        assert re.search(r"(?i)permission|redistribution|apache license|mozilla", text), name


def test_pip_takes_all_of_it_away_again(built, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path], check=True)
    before = sorted(tmp_path.rglob("*"))
    pip(tmp_path, "install", "-q", "--no-deps", "--no-index", "--no-compile", built)
    assert (tmp_path / "bin" / "threading101").exists()
    pip(tmp_path, "uninstall", "-q", "-y", "threading101")
    left = [p for p in tmp_path.rglob("*") if p not in before and p.is_file()]
    assert not left


def test_a_machine_of_many_users_is_provided_with_it(built, tmp_path):
    """The recipe of the image, in a folder: all but the packages of others, and what is compiled, which take minutes."""
    recipe, target, kernels = tmp_path / "recipe", tmp_path / "opt", tmp_path / "local"
    recipe.mkdir()
    for name in ("lab.txt", "hub.txt", "postgres.txt"):
        assert (ROOT / ".python" / name).exists()
        (recipe / name).write_text("# nothing\n")
    done = subprocess.run([ROOT / ".hub" / "provision", built, target, kernels], capture_output=True, text=True,
                          env={**os.environ, "RECIPE": str(recipe), "PREPARE": "", "PYTHON": sys.executable, "HOME": str(tmp_path)})
    assert done.returncode == 0, done.stdout + done.stderr
    spec = json.loads((kernels / "share" / "jupyter" / "kernels" / "threading101" / "kernel.json").read_text())
    programs = [pathlib.Path(word) for word in spec["argv"] if word.startswith(str(target))]
    assert len(programs) == 3 and all(p.stat().st_mode & 0o555 == 0o555 for p in programs)
    assert not [p for p in target.rglob("*") if not p.is_symlink() and p.stat().st_mode & 0o044 != 0o044], "everybody can read it"


def test_what_has_changed_begins_with_this_version():
    heads = re.findall(r"^## (\d\S*)", (ROOT / "kernel" / "CHANGELOG.md").read_text(), re.M)
    assert heads[0] == wheel.version()
