"""A real JupyterLab and a real browser, for the tests that look at the page."""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
ARTEFACTS = pathlib.Path(os.environ.get("ARTEFACTS", ROOT / ".artefacts"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found: apt-get install chromium")
FRESH = pytest.mark.usefixtures("fresh")  # a test that wants a page of its own
WINDOW = {"width": 1400, "height": 1000}
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                 "--disable-background-networking", "--disable-component-update"]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def server(folder):
    """JupyterLab on a copy of the notebooks; yields its URL; ends only what it started."""
    notebooks = folder / "notebooks"
    shutil.copytree(ROOT / "notebooks", notebooks)
    settings = folder / "settings" / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')  # cells out of sight stay in the page
    port, token = free_port(), "t101"
    log = open(folder / "lab.log", "w")
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", f"--notebook-dir={notebooks}", f"--port={port}", "--no-browser",
         "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", "--allow-root", "--expose-app-in-browser",
         f"--NotebookNotary.db_file={signatures(notebooks)}"],
        env={**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(process, f"{url}/api/status?token={token}")
        yield url, token, notebooks
    finally:
        ended(process)
        log.close()


def ended(process):
    """End a server. Once all its kernels have, a worker thread of anyio's may keep it from ending: seen once."""
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def signatures(notebooks):
    """The file in which the server finds out which notebooks are trusted."""
    return notebooks.parent / "signatures.db"


def wait_until_up(process, url):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("JupyterLab ended at its start")
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(url, timeout=2) as answer:
                json.load(answer)
                return
        time.sleep(0.1)
    raise TimeoutError("JupyterLab did not answer within 60 s")


# A page in which JupyterLab stands loaded for the next test, which opens its first notebook
# there in place of all that are open, and nobody is asked to save them. To load JupyterLab
# anew takes several times as long. Within a test it is, unless that says leave: what it is
# about may be just that. Where nothing is open JupyterLab opens its launcher, at some time
# and maybe above the notebook: so that stays open. The theme changes while there is nothing
# to be drawn anew.
STANDS = "() => { window.stands = Boolean(window.jupyterapp); }"
INSTEAD = """async notebook => {
    if (!window.stands) return false;
    window.stands = false;
    const app = window.jupyterapp, open = [...app.shell.widgets("main")], launches = widget => widget.id.startsWith("launcher");
    if (!open.some(launches)) await app.commands.execute("launcher:create");
    for (const widget of open) if (!launches(widget)) widget.dispose();
    await app.commands.execute("apputils:change-theme", {theme: "JupyterLab Light"});
    await app.commands.execute("docmanager:open", {path: notebook, factory: "Notebook"});
    return true;
}"""


# Whether the notebook is the one that commands are about, and has a kernel. It is that from
# when it gets the focus on, which it may have had before JupyterLab was listening.
READY = """notebook => {
    const shell = window.jupyterapp.shell, panel = [...shell.widgets("main")].find(widget => widget.context?.path === notebook);
    if (panel && shell.currentWidget !== panel) {
        document.activeElement?.blur();
        shell.activateById(panel.id);
    }
    const kernel = panel?.sessionContext?.session?.kernel;
    return shell.currentWidget === panel && kernel?.connectionStatus === "connected" && kernel?.status === "idle";
}"""


# Waits until a cell asks what it has not asked before, or until its prompt, which held a
# text, has another number: what it asks, or null. Whoever asks the page again and again
# instead has it lay out all its cells each time.
COMES = """(cell, [before, asked]) => new Promise((done, fail) => {
    const prompt = cell.querySelector(".jp-InputPrompt"), number = /\\[\\d+\\]/;
    let ran = before === null;
    const look = () => {
        ran ||= prompt.textContent.trim() !== before;
        const question = [...cell.querySelectorAll(".jp-Stdin-input")].find(input => input !== asked);
        if (ran && question) end(done, question);
        else if (ran && number.test(prompt.textContent)) end(done, null);
    };
    const watch = new MutationObserver(look);
    const late = setTimeout(() => end(fail, new Error("the cell neither asks nor ends: " + prompt.textContent)), 60_000);
    const end = (how, what) => { watch.disconnect(); clearTimeout(late); how(what); };
    watch.observe(cell, {subtree: true, childList: true, characterData: true});
    look();
})"""


class Lab:
    """One notebook open in JupyterLab."""

    def __init__(self, page, url, token, notebook):
        self.page = page
        if not page.evaluate(INSTEAD, str(notebook)):
            page.goto(f"{url}/lab/tree/{notebook}?token={token}&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.dismiss()
        page.wait_for_function(READY, arg=str(notebook), timeout=60_000)
        self.theme("Light")  # the server keeps the theme of the notebook before

    def theme(self, name):
        """Light or Dark; waits until the page is."""
        self.page.evaluate("name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: `JupyterLab ${name}`})", name)
        self.page.wait_for_selector(f"body[data-jp-theme-light={str(name == 'Light').lower()}]", state="attached")

    def dismiss(self):
        """Close dialogs that have nothing to do with us, e.g. news."""
        for text in ("No", "Dismiss"):
            button = self.page.locator(f'.jp-toast-button:has-text("{text}"), .jp-Dialog-button:has-text("{text}")')
            if button.count():
                button.first.click()

    def cell(self, text):
        """The code cell whose source holds text."""
        cell = self.page.locator(".jp-CodeCell", has=self.page.locator(".jp-InputArea", has_text=text)).first
        cell.scroll_into_view_if_needed()
        return cell

    def leave(self):
        """The next notebook is opened in this page, in the place of this one."""
        self.page.evaluate(STANDS)

    def run(self, cell):
        """Shift-Enter in the cell; waits until its prompt holds a new number. What the cell asks is not answered."""
        ran = cell.element_handle()
        before = ran.eval_on_selector(".jp-InputPrompt", "e => e.textContent.trim()")
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.pass_questions(ran, before)
        self.idle()

    def idle(self):
        """Wait until the kernel has nothing to do. In a narrow window nobody sees the toolbar's sign of that."""
        self.page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', state="attached", timeout=60_000)

    def pass_questions(self, cell, before):
        """Press Enter in each question of a cell that runs, until it is over."""
        asked = None
        while asked := cell.evaluate_handle(COMES, [before, asked]).as_element():
            asked.press("Enter")
            before = None

    def edit(self, cell, old, new):
        """Replace a text in the cell by typing, as a learner does."""
        cell.locator(".cm-content").click()
        source = cell.locator(".cm-content").evaluate("e => e.cmTile ? e.cmTile.view.state.doc.toString() : e.cmView.view.state.doc.toString()")
        assert old in source, f"{old!r} is not in the cell:\n{source}"
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(source.replace(old, new, 1))

    def screenshot(self, name):
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")

    def heighten(self):
        """Make the window so high that all of the notebook is seen at once."""
        height = self.page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
        self.page.set_viewport_size({**self.page.viewport_size, "height": height + 100})

    def screenshot_of(self, locator, name):
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        locator.scroll_into_view_if_needed()
        locator.screenshot(path=ARTEFACTS / f"{name}.png")
