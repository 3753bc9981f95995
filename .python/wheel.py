"""Put what make setup has built into a Python wheel: pip install of it, and jupyter lab, are enough then.

    python .python/wheel.py FOLDER

The wheel has the kernel's programs, the kernelspec, the lessons, and the licences of all that
is linked into the programs. It is for the system and processor that it is built on. Go is not
in it, nor is PostgreSQL.
"""

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import sysconfig
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = ["threading101", "threading101-tool", "gonb", "gopls", "goimports"]
NEEDS = ["jupyterlab>=4.4,<5", "jupyterlab-deck>=0.2,<1", "anywidget>=0.9,<1"]

# Beside the folder of the programs, wherever pip puts both; a shell knows paths with blanks.
COMMAND = """#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/../share/threading101/bin/threading101" "$@"
"""


def version() -> str:
    return re.search(r'Version = "([^"]+)"', (ROOT / "kernel" / "cli" / "version.go").read_text())[1]


def go(*arguments: str) -> str:
    return subprocess.run(["go", *arguments], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def modules() -> dict[str, str]:
    """What is linked into the programs, as go tells it of each: modules with their versions."""
    found = {}
    for program in PROGRAMS:
        for kind, path, at in re.findall(r"^\t(mod|dep|=>)\t(\S+)\t(v\S+)", go("version", "-m", f"bin/{program}"), re.M):
            found[path] = at
    return found


def licences() -> str:
    """The notices of Go and of each module, in the words of their own files."""
    folders = {m["Path"]: m.get("Dir") for m in objects(go("list", "-m", "-json", "all"))}
    parts = [("Go's standard library", pathlib.Path(go("env", "GOROOT").strip()), go("env", "GOVERSION").strip())]
    parts += [(path, pathlib.Path(folders[path]), at) for path, at in sorted(modules().items())]
    text = "Threading 101's programs are linked with these. Each has the licence below its name.\n"
    for name, folder, at in parts:
        files = sorted(f for f in folder.iterdir() if re.match(r"(?i)(licen[cs]e|copying|notice|patents)", f.name) and f.is_file())
        if not files:
            raise SystemExit(f"{name} {at} has no licence in {folder}")
        text += f"\n{'=' * 78}\n{name} {at}\n{'=' * 78}\n" + "\n".join(f.read_text(errors="replace") for f in files)
    return text


def objects(text: str):
    """The JSON objects of a text, one after the other."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text.rstrip()):
        one, at = decoder.raw_decode(text, at)
        yield one
        at += len(text[at:]) - len(text[at:].lstrip())


def kernelspec() -> str:
    """Jupyter puts the kernelspec's own folder in the place of its name: no path is that of a machine."""
    spec = json.loads((ROOT / ".venv" / "share" / "jupyter" / "kernels" / "threading101" / "kernel.json").read_text())
    spec["argv"] = ["{resource_dir}/../../../threading101/bin/threading101", "kernel", "{connection_file}"]
    return json.dumps(spec, indent=2) + "\n"


def metadata() -> str:
    needs = "".join(f"Requires-Dist: {need}\n" for need in NEEDS)
    return (f"Metadata-Version: 2.4\nName: threading101\nVersion: {version()}\n"
            "Summary: See the interleaving of your own Go program, in a notebook\nLicense-Expression: MIT\n"
            f"License-File: LICENSE\nLicense-File: THIRD-PARTY\nRequires-Python: >=3.11\n{needs}\n"
            "Needs Go 1.26 or newer on the PATH. Then `jupyter lab`: the kernel is Threading 101 (Go). "
            "`threading101 lessons new` makes your own copies of the lessons, `threading101 doctor` says what is missing.\n")


def build(folder: pathlib.Path) -> pathlib.Path:
    tag = "py3-none-" + re.sub(r"[.-]", "_", sysconfig.get_platform())
    name = f"threading101-{version()}"
    path = folder / f"{name}-{tag}.whl"
    folder.mkdir(parents=True, exist_ok=True)
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as wheel:
        def add(to: str, body: bytes, mode: int = 0o644):
            info = zipfile.ZipInfo(to, (2026, 1, 1, 0, 0, 0))
            info.external_attr, info.compress_type = (0o100000 | mode) << 16, zipfile.ZIP_DEFLATED
            wheel.writestr(info, body, compresslevel=1)  # of a file with an info of its own, the archive's is not heeded
            digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
            record.append(f"{to},sha256={digest},{len(body)}")

        data, info = f"{name}.data/data/share", f"{name}.dist-info"
        for program in PROGRAMS:
            add(f"{data}/threading101/bin/{program}", (ROOT / "bin" / program).read_bytes(), 0o755)
        for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
            add(f"{data}/threading101/notebooks/{notebook.name}", notebook.read_bytes())
        add(f"{data}/jupyter/kernels/threading101/kernel.json", kernelspec().encode())
        for logo in sorted((ROOT / ".venv" / "share" / "jupyter" / "kernels" / "threading101").glob("logo*")):
            add(f"{data}/jupyter/kernels/threading101/{logo.name}", logo.read_bytes())
        add(f"{data}/jupyter/lab/settings/overrides.d/threading101.json", (ROOT / ".python" / "overrides.json").read_bytes())
        add(f"{name}.data/scripts/threading101", COMMAND.encode(), 0o755)
        add(f"{info}/METADATA", metadata().encode())
        add(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: threading101\nRoot-Is-Purelib: false\nTag: {tag}\n".encode())
        add(f"{info}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes())
        add(f"{info}/licenses/THIRD-PARTY", licences().encode())
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,"]) + "\n")
    return path


if __name__ == "__main__":
    print(build(pathlib.Path(sys.argv[1])))
