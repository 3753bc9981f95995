"""A learner's way through 01-threads, in a real browser."""

import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

import lab

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found: apt-get install chromium")
PICTURE = ".jp-OutputArea-output .t101-run"


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory):
    with lab.server(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def page(request):
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=lab.BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        yield page
        lab.ARTEFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=lab.ARTEFACTS / f"last-of-{request.node.name}.png")
        browser.close()


def picture(cell):
    found = cell.locator(PICTURE)
    found.first.wait_for(timeout=30_000)
    return found.first


def test_step_1_cell_by_cell(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "01-threads.ipynb")
    for text in ("func printString", "type Worker struct"):
        book.run(book.cell(text))

    first = book.cell("main: both are started")
    book.run(first)
    assert first.locator(".jp-OutputArea").inner_text().count("main: both are started") >= 1
    drawn = picture(first)
    assert "✂" in drawn.inner_text(), "the picture does not show who was cut off"
    for lane in ("main", "A", "B"):
        assert lane in drawn.inner_text()
    book.screenshot("step1-first-run")
    book.screenshot_of(drawn, "step1-picture")

    book.edit(first, 'fmt.Println("main: both are started")', 'time.Sleep(200 * time.Millisecond)')
    first = book.cell("time.Sleep(200 * time.Millisecond)")
    book.run(first)
    again = picture(first)
    assert "✂" not in again.inner_text(), "nobody is cut off once main sleeps long enough"
    assert re.search(r"A 3[\s\S]*A 1", again.inner_text())
    book.screenshot("step1-after-edit")
    book.screenshot_of(again, "step1-after-edit-picture")

    book.run(first)
    picture(first)
    words = " ".join(first.locator(".jp-OutputArea").inner_text().split())
    assert re.search(r"another way than the last|Same order as the last run", words), words
    book.screenshot_of(first, "step1-rerun")


def test_dark_theme_and_errors(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "03-join.ipynb")
    page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_selector("body[data-jp-theme-light=false]", state="attached")
    for text in ("func printString", "type Worker struct"):
        book.run(book.cell(text))
    one = book.cell("main: A is done")
    book.run(one)
    book.screenshot_of(picture(one), "step3-dark")

    stuck = book.cell("forgotten")
    book.run(stuck)
    assert "deadlock" in stuck.locator(".jp-OutputArea").inner_text()
    assert "✖" in picture(stuck).inner_text()
    book.screenshot_of(stuck, "step3-deadlock-dark")
