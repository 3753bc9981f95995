"""Shared by the tests that talk to the kernel from outside, as a front end does."""

import os
import pathlib
import subprocess
import sys

import pytest
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import sync_playwright

import lab

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "lessons"))

import screen  # noqa: E402  (of the lessons)

# For the go command: the packages as the kernel has them compiled, not once more.
SLIM = "-gcflags=all=-dwarf=false"


def strangers(root):
    """The files of a checkout that it does not have and does not ignore; none where there is no Git."""
    listed = subprocess.run(["git", "ls-files", "--others", "--exclude-standard"], cwd=root, capture_output=True, text=True)
    return set(listed.stdout.splitlines())


def pytest_sessionstart(session):
    session.strangers = strangers(ROOT)


# Whose tests are of lessons, each of one that a parameter names.
OF_LESSONS = {"test_lessons.py", "test_notebooks.py"}


def pytest_collection_modifyitems(items):
    """All tests of a lesson run one after the other: a program that one has built the next finds on disk,
    where the kernel keeps 256 of them, and the course has more."""
    files = list(dict.fromkeys(item.path.name for item in items))

    def place(item):
        if item.path.name not in OF_LESSONS:
            return files.index(item.path.name), ""
        given = item.callspec.params if hasattr(item, "callspec") else {}
        return min(files.index(name) for name in OF_LESSONS & set(files)), given.get("lesson") or given.get("name") or given.get("names", [""])[0]

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def elsewhere(tmp_path_factory):
    """Tests, and the kernels that they start, are in a folder of their own: lessons write files."""
    before = os.getcwd()
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    yield
    os.chdir(before)


def pytest_sessionfinish(session, exitstatus):
    """A test left out is an error where T101_NO_SKIPS is set, and named anywhere. So is a file left behind."""
    left = sorted(strangers(ROOT) - session.strangers)
    if left:
        print(f"\nleft behind in the checkout: {', '.join(left)}")
        session.exitstatus = 1
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    for report in skipped:
        print(f"\nleft out: {report.nodeid}: {report.longrepr}")
    if skipped and os.environ.get("T101_NO_SKIPS"):
        session.exitstatus = 1


def pytest_runtest_logreport(report):
    """What each part of a test took is added to the file T101_TIMES names."""
    if report.duration >= 1 and "T101_TIMES" in os.environ:
        with open(os.environ["T101_TIMES"], "a") as times:
            times.write(f"{report.duration:.2f}\t{report.nodeid.rpartition('/')[2]}{'' if report.when == 'call' else ' ' + report.when}\n")


@pytest.fixture
def kernel():
    """A fresh kernel and a client of it; nothing of it is left afterwards."""
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=False)


@pytest.fixture(scope="session")
def jupyterlab(tmp_path_factory):
    """A server with JupyterLab and Notebook, for all tests."""
    with lab.server(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def browser():
    """One for all tests: JupyterLab's scripts are read and compiled once."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=lab.CHROMIUM, args=lab.BROWSER_FLAGS)
        yield browser.new_context(viewport=lab.WINDOW)
        browser.close()


@pytest.fixture(scope="session")
def standing():
    """The page in which JupyterLab is loaded, while no test has it."""
    return []


@pytest.fixture
def fresh():
    """See lab.FRESH."""


@pytest.fixture
def page(request, browser, standing):
    """JupyterLab stays loaded in it from test to test, until one fails."""
    own = "fresh" in request.fixturenames
    page = standing.pop() if standing and not own else browser.new_page()
    page.set_viewport_size(lab.WINDOW)
    before = request.session.testsfailed
    yield page
    failed = request.session.testsfailed > before
    if failed:
        last_seen(page, request)
    if own or failed:
        page.close()
    else:
        page.evaluate(lab.STANDS)
        standing.append(page)


def last_seen(page, request):
    """A picture of what a test that failed has last seen."""
    lab.ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=lab.ARTEFACTS / f"last-of-{request.node.name}.png")


@pytest.fixture
def offline(request, browser):
    """A page without a network. The other pages, in which JupyterLab stands, keep theirs."""
    context = browser.browser.new_context(viewport=lab.WINDOW, offline=True)
    page, before = context.new_page(), request.session.testsfailed
    yield page
    if request.session.testsfailed > before:
        last_seen(page, request)
    context.close()


class Reply:
    """What one execute_request brought: the reply's content and everything on iopub until idle."""

    def __init__(self, reply, messages):
        self.content = reply["content"]
        self.messages = messages

    @property
    def status(self):
        return self.content["status"]

    def stream(self, name="stdout"):
        return "".join(m["content"]["text"] for m in self.messages
                       if m["msg_type"] == "stream" and m["content"]["name"] == name)

    def displays(self, mime):
        return [data[mime] for data in screen.seen(self.messages) if mime in data]

    def types(self):
        return [m["msg_type"] for m in self.messages]


def run(client, code, timeout=60, **kw):
    """Execute code and wait for the reply and for idle."""
    messages = []
    kw.setdefault("allow_stdin", False)
    reply = client.execute_interactive(code, timeout=timeout, output_hook=messages.append, **kw)
    return Reply(reply, messages)
