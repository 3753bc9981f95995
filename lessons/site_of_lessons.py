"""The course as static pages: each lesson executed, each of its runs to be stepped through.

    python lessons/site_of_lessons.py FOLDER [LESSON…]

A page needs no kernel, no server and no network: the data of its runs are in it, and
the script that the kernel gives to a notebook's page. What a lesson asks is not
answered: its pages are for looking, the notebooks for doing.
"""

import contextlib
import html
import json
import pathlib
import re
import sys
import tempfile

import nbformat
from jupyter_client.blocking import BlockingKernelClient
from nbclient import NotebookClient
from nbconvert import HTMLExporter

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
SECONDS = 120  # that no cell needs
PICTURE = re.compile(r'class="t101-pic" id="([^"]+)"')
TITLE = re.compile(r"^#\s+(.+)$", re.M)

# Nothing is fetched: what nbconvert would load from elsewhere, the lessons do not use.
NO_NETWORK = {"mathjax_url": "", "require_js_url": "", "jquery_url": "", "mermaid_js_url": "", "widget_renderer_url": ""}

STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}
li{margin:.3rem 0}@media(prefers-color-scheme:dark){body{background:#14181d;color:#e6e8eb}a{color:#8ab4f8}}"""


class Desk:
    """What a kernel says to a page about the runs whose pictures it has shown."""

    def __init__(self, client):
        self.client = client
        self.id = next(iter(self.ask("comm_info_request", {"target_name": "jupyter.widget"})[0]["comms"]))

    def ask(self, kind, content):
        """Send a request; the contents of its reply, if there is one, and of all comm messages about it."""
        client = self.client
        sent = client.session.send(client.shell_channel.socket, kind, content)["header"]["msg_id"]
        about, idle = [], False
        while not idle:
            message = client.get_iopub_msg(timeout=SECONDS)
            if message["parent_header"].get("msg_id") != sent:
                continue
            if message["msg_type"] == "comm_msg":
                about.append(message["content"]["data"])
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
        return [client.get_shell_msg(timeout=SECONDS)["content"]] if kind == "comm_info_request" else about

    def custom(self, content):
        data = {"method": "custom", "content": content}
        return [m["content"] for m in self.ask("comm_msg", {"comm_id": self.id, "data": data}) if m["method"] == "custom"]

    def state(self):
        return self.ask("comm_msg", {"comm_id": self.id, "data": {"method": "request_state"}})[0]["state"]

    def runs(self, names):
        """{name: data as JSON} of the pictures that can be stepped through."""
        have = self.custom({"ask": "have", "names": names})[0]["have"]
        return {name: "".join(part["text"] for part in self.custom({"ask": "run", "name": name})) for name in have}


def execute(book):
    """Run all cells; (state of the page's model, {picture: data of its run})."""
    def announce(cell, cell_index):  # as a notebook's page does, which says more than nbclient
        runner.kc.session.metadata = {"cellId": cell.id, **cell.metadata}

    with tempfile.TemporaryDirectory() as folder:
        runner = NotebookClient(book, kernel_name="threading101", timeout=SECONDS, allow_errors=True,
                                on_cell_execute=announce, resources={"metadata": {"path": folder}})
        with runner.setup_kernel():
            for number, cell in enumerate(book.cells):
                runner.execute_cell(cell, number)
            with beside(runner.km) as client:
                desk = Desk(client)
                return desk.state(), desk.runs(pictures(book))


@contextlib.contextmanager
def beside(manager):
    """Another front end of a running kernel."""
    client = BlockingKernelClient()
    client.load_connection_info(manager.get_connection_info())
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        yield client
    finally:
        client.stop_channels()


def pictures(book):
    """The names of the pictures in a notebook's outputs, each once."""
    shown = (o.data.get("text/html", "") for c in book.cells for o in c.get("outputs", []) if "data" in o)
    return list(dict.fromkeys(name for text in shown for name in PICTURE.findall(text)))


def embedded(text):
    """JSON inside a script element."""
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")


def page(book, title, state, runs):
    """A notebook as HTML, with its runs and what steps through them."""
    book.metadata.title = title
    text, _ = HTMLExporter(**NO_NETWORK).from_notebook_node(book)
    data = "".join(f'<script type="application/json" data-t101-run="{html.escape(name)}">{embedded(run)}</script>\n' for name, run in runs.items())
    words = embedded(json.dumps({"words": state["words"]}))
    ours = (f'<style>{state["_css"]}</style>\n{data}<script type="application/json" id="t101-saved">{words}</script>\n'
            f'<script type="module">{state["_esm"]}</script>\n')
    before, end, after = text.rpartition("</body>")
    return before + ours + end + after


def title_of(book):
    return TITLE.search(next(c.source for c in book.cells if c.cell_type == "markdown")).group(1)


def index(titles):
    """The page with the list of all lessons."""
    rows = "\n".join(f'<li><a href="{html.escape(name)}.html">{html.escape(title)}</a></li>' for name, title in titles.items())
    return (f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>Threading 101</title><style>{STYLE}</style></head>\n<body><h1>Threading 101</h1>\n"
            f"<p>The lessons, executed. Press ▶ below a picture to step through its run.</p>\n<ul>\n{rows}\n</ul></body></html>\n")


def main(folder, only=()):
    folder.mkdir(parents=True, exist_ok=True)
    titles = {}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if only and path.stem not in only:
            continue
        book = nbformat.read(path, as_version=4)
        titles[path.stem] = title_of(book)
        state, runs = execute(book)
        (folder / f"{path.stem}.html").write_text(page(book, titles[path.stem], state, runs))
        print(f"{path.stem}: {len(runs)} runs", flush=True)
    (folder / "index.html").write_text(index(titles))
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2:]))
