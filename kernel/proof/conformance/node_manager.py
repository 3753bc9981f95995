"""ipywidgets' own manager code, in node, against the kernel: make widgets."""

import json
import os
import shutil
import subprocess

from conftest import ROOT, run
from test_live import PICTURE, Front, name_of

MODULES = ROOT / ".node" / "node_modules"


def test_the_manager_of_ipywidgets(kernel):
    front = Front(kernel)
    name = name_of(run(kernel, PICTURE))
    node = subprocess.Popen(
        [shutil.which("node"), ROOT / "kernel" / "proof" / "conformance" / "manager.mjs", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env={**os.environ, "NODE_MODULES": str(MODULES)})
    with node:
        kinds = [pass_on(front, node, json.loads(line)) for line in node.stdout]
    assert node.returncode == 0 and kinds[-1] == "done", kinds


def pass_on(front, node, message):
    """Give the kernel a message of the manager's, and the manager what comes of it."""
    id, kind, content = message["id"], message["kind"], message["content"]
    if kind == "done":
        return kind
    answers = [(m["msg_type"], m["content"]) for m in front.say(kind, content)]
    if kind == "comm_info_request":
        answers.insert(0, ("comm_info_reply", front.client.get_shell_msg(timeout=30)["content"]))
    for answer, content in answers:
        node.stdin.write(json.dumps({"id": id, "kind": answer, "content": content}) + "\n")
    node.stdin.flush()
    return kind
