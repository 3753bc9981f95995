"""What a hub is told, as far as that can be read without one: see .hub/README.md for the rest."""

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from traitlets.config import Config

import lab
from conftest import ROOT

HUB = ROOT / ".hub"
sys.path.insert(0, str(HUB))
sys.path.insert(0, str(ROOT / ".python"))

import links  # noqa: E402  (of the project)
import wheel  # noqa: E402

UNITS = {"M": 1 << 20, "G": 1 << 30}


def size(text):
    return int(text[:-1]) * UNITS[text[-1]]


def test_the_values_give_each_learner_a_share():
    values = yaml.safe_load((HUB / "values.yaml").read_text())
    learner = values["singleuser"]
    assert size(learner["memory"]["guarantee"]) * 30 <= 12 << 30 and size(learner["memory"]["guarantee"]) < size(learner["memory"]["limit"])
    assert 0 < learner["cpu"]["guarantee"] < learner["cpu"]["limit"]
    assert values["scheduling"]["userPlaceholder"]["replicas"] > 0 and values["cull"]["enabled"]
    assert learner["image"]["tag"] == wheel.version()


def test_the_settings_of_one_machine_are_read():
    config = Config()
    exec((HUB / "jupyterhub_config.py").read_text(), {"get_config": lambda: config})
    spawner = config.SystemdSpawner
    assert size(spawner.mem_limit) == 1 << 30 and spawner.cpu_limit > 0 and spawner.cmd[0].startswith("/opt/threading101/")
    room, cull = config.JupyterHub.services
    assert {role["name"] for role in config.JupyterHub.load_roles} == {cull["name"]}
    assert room["command"][0].startswith("/opt/threading101/bin/") and room["url"] == "http://" + room["command"][-1]


def test_the_room_is_found_where_the_hub_has_it():
    """Started as the hub starts a service: its path is in the environment, and stays in what is asked."""
    config = Config()
    exec((HUB / "jupyterhub_config.py").read_text(), {"get_config": lambda: config})
    address = f"127.0.0.1:{lab.free_port()}"
    command = [str(ROOT / "bin" / "threading101"), *config.JupyterHub.services[0]["command"][1:-1], address]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"JUPYTERHUB_SERVICE_PREFIX": "/services/room/"}) as room:
        try:
            said = ""
            while "Ctrl-C" not in said:
                line = room.stdout.readline()
                assert line, f"the room did not open: {said}"
                said += line
            assert re.search(r"https://HOST/services/room/teacher#\S+\n", said), said
            with urllib.request.urlopen(f"http://{address}/services/room/", timeout=60) as page:
                assert b"room.js" in page.read()
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"http://{address}/", timeout=60)
            assert refused.value.code == 404
        finally:
            room.send_signal(signal.SIGINT)


def test_the_image_is_made_of_what_is_there():
    recipe = (ROOT / ".binder" / "Dockerfile").read_text()
    sources = re.findall(r"^COPY (?!--from)(\S+) ", recipe, re.M)
    assert sources and all((ROOT / source).exists() for source in sources)
    assert "/recipe/.hub/provision /wheel/*.whl /opt/threading101" in recipe
    assert f"go {'.'.join(re.search(r'golang:([0-9.]+)-', recipe)[1].split('.')[:2])}" in (ROOT / "go.mod").read_text()
    assert f":{wheel.version()} " in recipe


def test_each_link_opens_a_lesson_there_is():
    found = links.links("https://hub.example/", "https://github.com/someone/threading101.git")
    assert len(found) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    for name, link in found.items():
        parts = urlsplit(link)
        asked = {key: value for key, (value,) in parse_qs(parts.query).items()}
        assert (parts.netloc, parts.path) == ("hub.example", "/hub/user-redirect/git-pull")
        assert asked["repo"] == "https://github.com/someone/threading101.git" and asked["branch"] == "main"
        assert asked["urlpath"] == f"lab/tree/threading101/notebooks/{name}.ipynb"


def test_what_was_not_tried_is_said_with_its_steps():
    text = (HUB / "README.md").read_text()
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        assert part.startswith("Links") or "**Not verified.** Steps: " in part, part.splitlines()[0]
    for file in re.findall(r"\]\((\S+?)\)", text):
        assert (HUB / file).exists(), file
