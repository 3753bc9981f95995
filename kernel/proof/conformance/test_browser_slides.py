"""A lesson as slides that run in the lab: what a class looks at."""

import shutil

import lab
from playwright.sync_api import expect

pytestmark = lab.NEEDS_CHROMIUM

PROJECTOR = {"width": 1366, "height": 768}


def test_slides_run_and_what_comes_out_fits_one_screen(page, jupyterlab):
    """A section is a slide, each run below it another; beside the program is its picture, whole."""
    url, token, notebooks = jupyterlab
    own = notebooks / "slides"  # no predictions of other tests lie here
    own.mkdir()
    shutil.copy(notebooks / "05a-three-steps.ipynb", own)
    page.set_viewport_size(PROJECTOR)
    slides = lab.Lab(page, url, token, "slides/05a-three-steps.ipynb")

    def go(where):
        page.evaluate("where => window.jupyterapp.commands.execute('deck:' + where)", where)

    def on_screen(text):
        return expect(page.locator(".jp-Cell.jp-deck-mod-onscreen", has_text=text))

    go("start")
    page.wait_for_selector("body[data-jp-deck-mode=presenting]", state="attached")
    on_screen("An account has 100").to_be_visible(timeout=30_000)
    on_screen("A pays in 10").to_have_count(0)
    go("forward")
    on_screen("A pays in 10").to_be_visible(timeout=30_000)
    cell = page.locator(".jp-CodeCell", has_text="What can main print?").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    cell.locator(".jp-Stdin-input").press("Enter", timeout=60_000)
    expect(cell.locator(".jp-OutputArea-output svg").first).to_be_visible(timeout=60_000)
    slides.idle()
    go("down")
    cell = page.locator(".jp-CodeCell", has_text="t2-es3mk-57").first
    on_screen("t2-es3mk-57").to_be_visible(timeout=30_000)
    on_screen("A pays in 10").to_have_count(0)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    picture = cell.locator(".jp-OutputArea-output svg").first
    expect(picture).to_be_visible(timeout=60_000)
    slides.idle()
    inside = picture.bounding_box()
    assert inside["x"] >= cell.locator(".cm-content").bounding_box()["x"] + 200, "beside the program"
    assert inside["x"] + inside["width"] <= PROJECTOR["width"] and inside["y"] >= 0
    assert inside["y"] + inside["height"] <= PROJECTOR["height"]
    slides.screenshot("slides")
    go("stop")
    expect(page.locator("body[data-jp-deck-mode=presenting]")).to_have_count(0)
