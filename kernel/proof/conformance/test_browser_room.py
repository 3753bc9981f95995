"""A class in browsers: a teacher, a wall and two learners at once."""

import contextlib
import re

import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import classroom
import lab

pytestmark = lab.NEEDS_CHROMIUM
COUNTER = """%seed 57
%predict "What is printed?" 2 | 1 | it depends
var total int

func main() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { total++ })
	}
	wg.Wait()
	fmt.Println(total)
}
"""


def written(folder, name, room):
    """A notebook of a learner, each in a folder of their own."""
    (folder / name).mkdir()
    book = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "threading101", "display_name": "", "language": "go"}})
    book.cells = [nbformat.v4.new_code_cell(cell, id=f"lesson-0{i}") for i, cell in enumerate((f"%room {room.code}@{room.address}", COUNTER, "%follow", "%t101"), 1)]
    nbformat.write(book, folder / name / "lesson.ipynb")
    return f"{name}/lesson.ipynb"


def answers(book, number):
    """The learner runs the cell that asks, and says something."""
    cell = book.cell("What is printed?")
    cell.locator(".cm-content").click()
    book.page.keyboard.press("Shift+Enter")
    asked = cell.locator(".jp-Stdin-input")
    expect(asked).to_be_visible(timeout=60_000)
    asked.press(number)
    asked.press("Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]"), timeout=60_000)
    book.idle()


def flawless(page):
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


def test_a_class(page, browser, jupyterlab):
    url, token, folder = jupyterlab
    with classroom.room() as room, contextlib.ExitStack() as stack:
        said = []
        pages = [page, stack.enter_context(contextlib.closing(browser.new_page()))]
        # The teacher's passes are not the wall's: each has a browser of its own.
        others = [stack.enter_context(contextlib.closing(browser.browser.new_context(viewport={"width": 1280, "height": 720}))) for _ in range(2)]
        wall, teacher = (context.new_page() for context in others)
        for shown in (wall, teacher):
            shown.set_default_timeout(60_000)
            shown.on("pageerror", lambda e: said.append(str(e)))
            shown.on("console", lambda m: m.type in ("warning", "error") and said.append(m.text))

        wall.goto(room.url)
        flawless(wall)
        wall.get_by_label("Code").fill(room.code.upper())
        wall.get_by_label("Code").press("Enter")
        expect(wall.locator(".welcome .code")).to_have_text(f"%room {room.code}@{room.address}", timeout=60_000)
        teacher.goto(room.teacher)
        expect(teacher.locator("#seats")).to_have_text("Nobody has joined yet.", timeout=60_000)
        assert room.secret not in teacher.url, "the secret is not left on the screen"

        learners = [lab.Lab(hers, url, token, written(folder, name, room)) for hers, name in zip(pages, ("anna", "ben"))]
        for book in learners:
            book.run(book.cell("%room"))
        expect(wall.locator(".welcome")).to_contain_text("2 here", timeout=60_000)
        answers(learners[0], "1")
        answers(learners[1], "2")

        # The question is on the wall, and what was said is not, until it is revealed.
        asked = teacher.locator("#questions article")
        expect(asked).to_contain_text("2 of 2 have answered", timeout=60_000)
        asked.get_by_role("button", name="On the wall").click()
        expect(wall.locator(".question")).to_contain_text("2 of 2 have answered", timeout=60_000)
        expect(wall.locator(".bars")).to_have_count(0)
        flawless(wall)
        asked.get_by_role("button", name="Reveal").click()
        expect(wall.locator(".bars tbody tr")).to_have_text(["21", "11", "it depends0"], timeout=60_000)
        flawless(wall)

        # One order of both; it is drawn on the wall, and stepped through from the teacher's page.
        runs = teacher.locator("#runs article")
        expect(runs).to_contain_text("2 learners · 1 order", timeout=60_000)
        expect(teacher.locator("#seats")).to_contain_text("lesson · cell 2")
        learners[1].run(learners[1].cell("%follow"))
        runs.locator(".of button").click()
        expect(wall.locator(".steps img")).to_be_visible(timeout=60_000)
        before = wall.locator(".says").inner_text()
        teacher.keyboard.press("End")
        expect(wall.locator(".says")).to_have_text(re.compile("main returns"), timeout=60_000)
        assert before.startswith("Step 1:"), before
        drawn = wall.locator(".steps img").evaluate("i => i.decode().then(() => i.naturalWidth)")
        assert drawn > 200
        followed = learners[1].page.locator(".jp-CodeCell", has=learners[1].page.locator(".jp-InputArea", has_text="%follow")).last
        expect(followed).to_contain_text(re.compile(r"The teacher is at Step \d+: main returns"), timeout=60_000)
        # Who steps through the run is led, and types on where they were.
        followed.locator(".t101-open").click()
        player = followed.locator(".t101-live")
        expect(player.locator(".t101-say")).to_be_visible(timeout=60_000)
        player.locator(".t101-lanes").press("Home")
        expect(player.locator(".t101-say")).not_to_have_text(re.compile("main returns"))
        learners[1].run(learners[1].cell("%t101"))  # behind it, the kernel knows that the run is open
        editor = learners[1].cell("%t101").locator(".cm-content")
        editor.click()
        teacher.keyboard.press("Home")
        expect(wall.locator(".says")).to_have_text(re.compile("Step 1:"), timeout=60_000)
        teacher.keyboard.press("End")
        expect(player.locator(".t101-say")).to_have_text(re.compile("main returns"), timeout=60_000)
        learners[1].page.keyboard.type("//typed")
        expect(editor).to_contain_text("//typed")
        flawless(teacher)
        flawless(wall)
        for shown, name in ((wall, "wall"), (teacher, "teacher")):
            for theme in ("light", "dark"):
                shown.emulate_media(color_scheme=theme)
                shown.screenshot(path=lab.ARTEFACTS / f"room-{name}-{theme}.png")
        learners[1].screenshot("room-follow")
        assert not said, said
