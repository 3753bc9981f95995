"""A room for a class, and kernels in it, for the tests."""

import contextlib
import os
import re
import signal
import subprocess

from jupyter_client.manager import start_new_kernel

import lab

BINARY = lab.ROOT / "bin" / "threading101"


class Room:
    """A room that is served. Starting it again takes the same code and port."""

    def __init__(self):
        self.code = "kbd-7xm"
        self.port = lab.free_port()
        self.process = None
        self.start()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        return f"http://{self.address}/"

    def start(self):
        self.process = subprocess.Popen([BINARY, "room", "-addr", self.address, "-code", self.code], stdout=subprocess.PIPE, text=True)
        said = ""
        while "Ctrl-C closes it" not in said:
            line = self.process.stdout.readline()
            assert line, f"the room did not open: {said}"
            said += line
        self.teacher = re.search(r"\S+/teacher#\S+", said).group()
        self.secret = self.teacher.partition("#")[2]

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(30) == 0


@contextlib.contextmanager
def room():
    one = Room()
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.stop()


@contextlib.contextmanager
def learner(folder, **env):
    """A kernel whose user has no settings but those in a folder."""
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, cwd=str(folder),
                                       env={**os.environ, "XDG_CONFIG_HOME": str(folder / "config"), **env})
    try:
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)
