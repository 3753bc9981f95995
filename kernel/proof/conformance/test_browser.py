"""A learner's way through the lessons, in a real browser."""

import functools
import json
import re
import shutil
import sys
import time

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbclient import NotebookClient
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

import lab
from conftest import ROOT

sys.path.insert(0, str(ROOT / "lessons"))

from explored import small  # noqa: E402  (of the lessons)
from tokens import LESSONS, tokens_of  # noqa: E402
from tokens import kernel as lesson_kernel  # noqa: E402

pytestmark = lab.NEEDS_CHROMIUM
PICTURE = ".jp-OutputArea-output .t101-run"
RUN_CLASS = re.compile(r'class="[^"]*\bt101-run\b')


def seen(locator):
    """Whether a reader sees it: what only a screen reader finds lies in a box of one pixel."""
    return locator.evaluate("""e => {
        for (; e; e = e.parentElement) {
            const box = e.getBoundingClientRect();
            if (box.width <= 1 || box.height <= 1) return false;
            if (e.classList.contains("jp-OutputArea")) return true;
        }
        return true;
    }""")


def picture(cell):
    found = cell.locator(PICTURE)
    found.first.wait_for(timeout=30_000)
    return found.first


def test_the_card_in_cells_that_continue_each_other(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "00b-one-page.ipynb")
    page.wait_for_timeout(500)
    assert not page.evaluate("() => window.jupyterapp.shell.currentWidget.context.model.dirty"), "to open a lesson has changed it"
    assert not page.locator(".Toastify__toast").count(), "JupyterLab asks for something"

    declared = book.cell("type Worker struct")
    book.run(declared)
    assert declared.locator(".jp-OutputArea").inner_text().strip().startswith("declared: type Worker, func NewWorker")
    start, join, locked = book.cell("a.Start()"), book.cell("a.Join()"), book.cell("var lock sync.Mutex")
    book.run(start)
    assert picture(start).locator("svg", has_text="waits for your next cell").count()
    book.run(join)
    assert join.locator(".jp-OutputArea-output").first.inner_text().strip() == "main: both are done"
    assert picture(join).locator("svg", has_text="as before").count()
    book.screenshot_of(join, "card-join")
    book.run(locked)
    lines = locked.locator(".jp-OutputArea").inner_text().splitlines()
    first = next(i for i, line in enumerate(lines) if re.fullmatch(r"[AB] 3", line))
    assert len({line[0] for line in lines[first:first + 3]}) == 1, lines
    book.run(start)
    assert "Time went back" in start.locator(".jp-OutputArea").inner_text()
    expect(picture(join)).to_contain_text("This ran in another past")
    book.screenshot_of(join, "card-another-past")
    orders = set()
    for _ in range(20):
        book.run(start)
        orders.add(start.locator(".jp-OutputArea-output").first.inner_text())
        if len(orders) == 2:
            break
    assert len(orders) == 2, "each block is whole, and either may come first"
    book.screenshot_of(start, "card-rerun")
    book.theme("Dark")
    book.screenshot_of(start, "card-rerun-dark")


def test_step_1_cell_by_cell(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "01-threads.ipynb")
    for text in ("func printString", "type Worker struct"):
        book.run(book.cell(text))

    first = book.cell("main: both are started")
    book.run(first)
    assert first.locator(".jp-OutputArea").inner_text().count("main: both are started") >= 1
    drawn = picture(first)
    assert drawn.locator("svg", has_text="cut off").count(), "the picture does not show who was cut off"
    for lane in ("main", "A", "B"):
        assert lane in drawn.inner_text()
    book.screenshot("step1-first-run")
    book.screenshot_of(drawn, "step1-picture")

    book.edit(first, 'fmt.Println("main: both are started")', 'time.Sleep(200 * time.Millisecond)')
    first = book.cell("time.Sleep(200 * time.Millisecond)")
    book.run(first)
    again = picture(first)
    assert not again.locator("svg", has_text="cut off").count(), "nobody is cut off once main sleeps long enough"
    assert re.search(r"A 3[\s\S]*A 1", again.inner_text())
    book.screenshot("step1-after-edit")
    book.screenshot_of(again, "step1-after-edit-picture")

    book.run(first)
    picture(first)
    words = " ".join(first.locator(".jp-OutputArea").inner_text().split())
    assert re.search(r"differs from the previous one|Same order as the previous run", words), words
    book.screenshot_of(first, "step1-rerun")


def test_dark_theme_and_errors(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "03-join.ipynb")
    book.theme("Dark")
    for text in ("func printString", "type Worker struct", "a.Start()"):
        book.run(book.cell(text))
    one = book.cell("main: A is done")
    book.run(one)
    book.screenshot_of(picture(one), "step3-dark")

    worker = book.cell("type Worker struct")
    book.edit(worker, "defer close(w.done)", "// forgotten")
    book.run(worker)
    assert "deadlock" in worker.locator(".jp-OutputArea").inner_text()
    assert picture(worker).locator("svg", has_text="waits for ever").count()
    book.screenshot_of(worker, "step3-deadlock-dark")


# --- reruns, and runs that come back ---

TOKEN = re.compile(r"%replay (t2(?:-[0-9a-z.]+){3,4})")


def token_of(cell):
    return TOKEN.search(picture(cell).inner_text()).group(1)


def svg_of(cell):
    return picture(cell).locator("svg").evaluate("e => new XMLSerializer().serializeToString(e)")


def lines_of(cell):
    """What the program printed, line by line."""
    return cell.locator(".jp-OutputArea-output pre").first.inner_text().split("\n")


def sleeping(book):
    """The cell of lesson 01 in which main sleeps, ready to be run, without its question."""
    for text in ("func printString", "type Worker struct"):
        book.run(book.cell(text))
    cell = book.cell("main: I have slept enough")
    book.edit(cell, '%predict -about sleep "Do all six lines come in every interleaving?" yes {lines==7 always} | no\n\n', "")
    return cell


def test_a_token_typed_into_a_cell_gives_the_identical_picture(page, jupyterlab):
    """One learner runs a cell, another one types the token, in a kernel of his own."""
    url, token, folder = jupyterlab
    shutil.copy(folder / "01-threads.ipynb", folder / "mine.ipynb")
    shutil.copy(folder / "01-threads.ipynb", folder / "hers.ipynb")
    mine = lab.Lab(page, url, token, "mine.ipynb")
    cell = sleeping(mine)
    mine.edit(cell, "func main() {", "// my run\nfunc main() {")
    mine.run(cell)
    ran, drawn, printed = token_of(cell), svg_of(cell), lines_of(cell)

    mine.leave()
    hers = lab.Lab(page, url, token, "hers.ipynb")
    cell = sleeping(hers)
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(f"%replay {ran}\n", delay=5)
    hers.run(cell)
    assert token_of(cell) == ran and lines_of(cell) == printed
    assert svg_of(cell) == drawn
    hers.screenshot_of(cell, "replay-light")
    hers.theme("Dark")
    hers.screenshot_of(cell, "replay-dark")

    hers.edit(cell, ran, ran[:-1] + ("2" if ran[-1] != "2" else "3"))
    hers.run(cell)
    assert "not a complete token" in cell.locator(".jp-OutputArea").inner_text()
    assert not cell.locator(PICTURE).count(), "nothing is run by guess"
    hers.screenshot_of(cell, "token-mangled-dark")


def test_a_rerun_shows_what_changed(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "01-threads.ipynb")
    cell = sleeping(book)
    book.run(cell)
    assert "differs from the previous" not in picture(cell).inner_text()
    seen = {token_of(cell)}
    for _ in range(6):
        book.run(cell)
        seen.add(token_of(cell))
        words = " ".join(picture(cell).inner_text().split())
        assert re.search(r"differs from the previous one|Same order as the previous run", words), words
        if "differs from the previous" in words:
            break
    assert len(seen) > 1, "each run has a seed of its own"
    assert re.search(r"From step \d+ on this run differs from the previous one: there .*; now ", words), words
    assert "from here on it differs: in the previous run " in words, "the step at which they part is marked in the picture"
    for theme in ("Light", "Dark"):
        book.theme(theme)
        worst = picture(cell).evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, (theme, worst)
        book.screenshot_of(cell, f"what-changed-{theme.lower()}")


def test_the_line_with_the_token_is_copied_and_pasted(page, jupyterlab):
    url, token, _ = jupyterlab
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    book = lab.Lab(page, url, token, "00-welcome.ipynb")
    cell = book.cell('go hello("A")')
    book.run(cell)
    ran, printed = token_of(cell), lines_of(cell)
    line = picture(cell).locator("code", has_text="%replay")
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    assert page.evaluate("() => getSelection().toString().trim()") == f"%replay {ran}"
    page.keyboard.press("Control+C")
    assert page.evaluate("() => navigator.clipboard.readText()").strip() == f"%replay {ran}"

    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+V")
    page.keyboard.press("Enter")
    book.run(cell)
    assert token_of(cell) == ran and lines_of(cell) == printed


def test_a_deadlock_shows_its_circle(page, jupyterlab):
    url, token, _ = jupyterlab
    page.set_viewport_size({"width": 1400, "height": 1700})
    book = lab.Lab(page, url, token, "08-deadlock.ipynb")
    for text in ("type Account struct", "func annaPays"):
        book.run(book.cell(text))
    cell = page.locator(".jp-CodeCell", has=page.locator(".jp-InputArea", has_text="%replay")).first
    book.run(cell)
    words = " ".join(picture(cell).inner_text().split())
    for said in ("Deadlock: main, annaPays 10 and benPays 20 wait", "neither can go on", "waits for ever",
                 "annaPays 10 waits for ben.lock, held by benPays 20", "benPays 20 waits for anna.lock, held by annaPays 10"):
        assert said in words, words
    error = " ".join(cell.locator(".jp-OutputArea").inner_text().split())
    assert "They wait in a circle: annaPays 10 → benPays 20 → annaPays 10" in error
    for theme in ("Light", "Dark"):
        book.theme(theme)
        worst = picture(cell).evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, (theme, worst)
        assert not picture(cell).evaluate(CLIPPED)
        book.screenshot_of(cell, f"circle-{theme.lower()}")


def test_two_runs_side_by_side(page, jupyterlab):
    url, token, _ = jupyterlab
    page.set_viewport_size({"width": 1400, "height": 1700})
    book = lab.Lab(page, url, token, "05a-three-steps.ipynb")
    book.run(book.cell("var balance = 100"))
    cell = book.cell("%why")
    lost, _, right = tokens_of("05a-three-steps")
    book.edit(cell, "%why", f"%diff {lost} {right}")
    cell = book.cell("%diff")
    book.run(cell)
    output = cell.locator(".jp-OutputArea")
    assert "The two runs are the same up to step 4." in " ".join(output.inner_text().split()), output.inner_text()
    for theme in ("Light", "Dark"):
        book.theme(theme)
        book.screenshot_of(cell, f"side-by-side-{theme.lower()}")


# --- what every lesson shows, in both themes ---

# The least ratio of contrast of the words in a picture with the paper under them (WCAG 2, 1.4.3).
CONTRAST = """picture => {
    const channel = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const paper = element => {
        for (let e = element; e; e = e.parentElement) {
            const sheet = e.tagName === "svg" ? e.querySelector(".paper") : null;
            const colour = numbers(getComputedStyle(sheet || e)[sheet ? "fill" : "backgroundColor"]);
            if (colour.length === 3 || colour[3] > 0.9) return colour;
        }
        return [255, 255, 255];
    };
    let worst = {ratio: 99};
    for (const e of picture.querySelectorAll("svg text, svg tspan, td, th, caption, p, li, label, pre, pre span")) {
        if (!e.textContent.trim() || !e.getClientRects().length) continue;
        const inside = e.namespaceURI.endsWith("svg");
        const ink = luminance(numbers(getComputedStyle(e)[inside ? "fill" : "color"]));
        const under = luminance(paper(e));
        const ratio = (Math.max(ink, under) + 0.05) / (Math.min(ink, under) + 0.05);
        if (ratio < worst.ratio) worst = {ratio, text: e.textContent};
    }
    return worst;
}"""


# The words of a picture that do not lie on its paper.
CLIPPED = """picture => [...picture.querySelectorAll("svg text")].filter(text => {
    const a = text.getBoundingClientRect(), b = text.ownerSVGElement.getBoundingClientRect();
    return a.width && (a.right > b.right + 1 || a.left < b.left - 1 || a.bottom > b.bottom + 1);
}).map(text => text.textContent)"""


# Of each picture that cells have drawn: the number of its cell, what of it is read worst,
# which words are not on its paper, its width, and how much room the page has for it.
READ = """(cells, picture) => cells.flatMap((cell, n) => [...cell.querySelectorAll(picture)].map(shown => {
    const output = shown.closest(".jp-OutputArea-output");
    return {cell: n, worst: (%s)(shown), clipped: (%s)(shown), width: output.scrollWidth, room: output.clientWidth};
}))""" % (CONTRAST, CLIPPED)
# Of the many small lessons, whose pictures are alike, one: it ends in a deadlock.
DRAWN = [name for name in LESSONS if not small(name)] + ["10-12-two-keys"]


@functools.cache
def executed(lesson):
    """The lesson as it was run from top to bottom, by who presses Enter in each question; once for all tests.

    The kernel is asked as the page asks it, and a page shows what it reads in a file as what
    comes from a kernel; to run the cells there, as other tests do, is most of the work."""
    book = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    with lesson_kernel() as client:
        for _ in range(3):  # on a busy machine a search may have no time to make its runs again, and draws none
            for cell in code_cells(book):
                if not drawn(cell):
                    execute_into(client, book, cell)
            if sum(map(drawn, code_cells(book))) >= 2:
                break
    return book


def execute_into(client, book, cell):
    """Run the cell; its outputs are those that the page would show."""
    cell.outputs = []
    client.session.metadata = {**cell.metadata, "cellId": cell.id}
    shown = NotebookClient(book, record_timing=False)
    shown.clear_before_next_output = False
    client.execute_interactive(
        cell.source, timeout=60, allow_stdin=True, stdin_hook=lambda _: client.input(""),
        output_hook=lambda m: m["msg_type"] == "status" or shown.process_message(m, cell, book.cells.index(cell)))


def drawn(cell):
    """Whether a picture is in the cell's outputs."""
    return any(RUN_CLASS.search(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", []))


def code_cells(book):
    return [c for c in book.cells if c.cell_type == "code"]


def saved(folder, book, name, trusted):
    """A notebook with its outputs, as a file of the learner's own or of someone else's."""
    nbformat.write(book, folder / name)
    notary = NotebookNotary(db_file=str(lab.signatures(folder)))
    (notary.sign if trusted else notary.unsign)(nbformat.read(folder / name, as_version=4))
    return name


@pytest.mark.parametrize("lesson", DRAWN)
def test_each_picture_can_be_read_in_both_themes(page, jupyterlab, lesson):
    url, token, folder = jupyterlab
    page.set_viewport_size({"width": 1400, "height": 1700})
    book = lab.Lab(page, url, token, saved(folder, executed(lesson), f"drawn-{lesson}.ipynb", trusted=True))
    cells, with_picture = page.locator(".jp-CodeCell"), [n for n, c in enumerate(code_cells(executed(lesson))) if drawn(c)]
    assert len(with_picture) >= 2
    book.heighten()
    for theme in ("Light", "Dark"):
        book.theme(theme)
        found = cells.evaluate_all(READ, PICTURE)
        assert sorted({one["cell"] for one in found}) == with_picture
        for one in found:
            assert one["worst"]["ratio"] >= 4.5 and not one["clipped"] and one["width"] <= one["room"], (theme, one)
        book.screenshot(f"{lesson}-{theme.lower()}")


def test_a_measurement_can_be_read_in_both_themes(page, jupyterlab):
    """Of lesson 09 the first measurement, and the one on one processor: a table, a plot and an axis of time."""
    url, token, _ = jupyterlab
    page.set_viewport_size({"width": 1400, "height": 1700})
    book = lab.Lab(page, url, token, "09-speed-up.ipynb")
    for n in range(2):
        book.run(page.locator(".jp-CodeCell").nth(n))
    cell = page.locator(".jp-CodeCell").nth(2)
    book.run(cell)
    shown = picture(cell)
    for theme in ("Light", "Dark"):
        book.theme(theme)
        worst = shown.evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, f"{theme}: {worst}"
        assert not shown.evaluate(CLIPPED)
        book.screenshot_of(cell, f"09-speed-up-{theme.lower()}")
    assert shown.locator("svg text", has_text=re.compile("^work 1$")).count() == 1
    shown.locator("input[type=checkbox]").check()
    assert seen(shown.locator("table").first) and seen(shown.locator("table").last)


def test_the_table_shows_the_same_steps(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "00-welcome.ipynb")
    cell = book.cell('go hello("A")')
    book.run(cell)
    drawn = picture(cell)
    assert not seen(drawn.locator("table")), "the table waits for the switch (and is there for a screen reader)"
    drawn.locator("input[type=checkbox]").check()
    assert seen(drawn.locator("table"))
    for theme in ("Light", "Dark"):
        book.theme(theme)
        worst = drawn.evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, (theme, worst)
        book.screenshot_of(drawn, f"as-a-table-{theme.lower()}")
    rows = drawn.locator("table tbody tr").all_inner_texts()
    for words in ("starts hello A", "starts hello B", "hello from A", "hello from B", "returns"):
        assert any(words in row for row in rows), (words, rows)


def test_a_locked_cell_runs_and_takes_no_letters(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "02-lock.ipynb")
    cell = book.cell("Given and locked")
    before = cell.locator(".cm-content").inner_text()
    cell.locator(".cm-content").click()
    page.keyboard.type("nonsense")
    assert cell.locator(".cm-content").inner_text() == before
    book.run(cell)
    assert cell.locator(".jp-OutputArea-output").all_inner_texts()[0].strip().startswith("declared: func printString, type Worker")


# --- the page: one card for a check that fails, and a picture that opens large ---

WORKERS = """type Worker struct {
	name string
	done chan struct{}
}

func (w *Worker) Run() {
	defer close(w.done)
	for i := 1; i <= 3; i++ {
		fmt.Println(w.name, i)
	}
}

func start(name string) *Worker {
	w := &Worker{name, make(chan struct{})}
	go w.Run()
	return w
}"""
CHECK = """%check no-overlap Worker.Run joined
func main() {
	anna := start("anna")
	start("ben")
	<-anna.done
}"""
CROWD = """func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range 6 {
		wg.Go(func() {
			mu.Lock()
			fmt.Println("worker", i)
			mu.Unlock()
		})
	}
	wg.Wait()
}"""

# Where a picture is, and how large: its box, its words, and what scrolls.
MEASURES = """run => {
    const box = run.querySelector(".t101-pic"), texts = [...run.querySelectorAll("svg text")].filter(t => t.getClientRects().length);
    const output = run.closest(".jp-OutputArea-output"), rect = box.getBoundingClientRect();
    return {
        open: box.matches(":popover-open"), left: rect.left, top: rect.top, width: rect.width, height: rect.height, scrolled: box.scrollTop,
        scrolls: box.scrollWidth > box.clientWidth, sideways: output.scrollWidth > output.clientWidth, page: document.documentElement.scrollWidth > innerWidth,
        place: run.querySelector(".t101-place").getBoundingClientRect().height,
        letters: Math.min(...texts.map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)),
    };
}"""


def notebook_of(folder, name, *cells):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    book.metadata["kernelspec"] = {"name": "threading101", "display_name": "Threading 101 (Go)", "language": "go"}
    nbformat.write(book, folder / name)
    return name


def test_a_failed_check_is_one_card_and_a_picture_opens_large(page, jupyterlab):
    url, token, folder = jupyterlab
    page.set_viewport_size({"width": 1280, "height": 720})
    book = lab.Lab(page, url, token, notebook_of(folder, "page.ipynb", WORKERS, CHECK, CROWD))
    book.run(book.cell("type Worker struct"))
    check = book.cell("%check")
    book.run(check)
    shown = check.locator(".jp-OutputArea-output")
    assert shown.count() == 2, "a card, and the error"
    card, error = shown.nth(0), shown.nth(1).inner_text().strip()
    assert re.fullmatch(r"cell 2, line 1: no-overlap Worker.Run does not hold: .* \(and 1 more fails\)", " ".join(error.split())), error
    for said in ("What was checked", "A run in which no-overlap Worker.Run does not hold:", "A run in which joined does not hold:"):
        assert said in card.inner_text(), said
    assert card.locator("svg").count() == 2 and card.locator("svg:visible").count() == 1, "the second run waits in a fold"
    steps = card.locator("summary", has_text="The steps that matter").first
    assert not card.locator("table.t101-columns:visible").count()
    steps.click()
    assert card.locator("table.t101-columns:visible").count() == 1
    for theme in ("Dark", "Light"):
        book.theme(theme)
        worst = card.evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, (theme, worst)
        book.screenshot_of(check, f"card-{theme.lower()}")

    crowd = book.cell('"worker", i')
    book.run(crowd)
    drawn = picture(crowd)
    before = drawn.evaluate(MEASURES)
    assert before["letters"] >= 11 and before["scrolls"] and not before["sideways"] and not before["page"], before
    drawn.get_by_role("button", name="open large").click()
    large = drawn.evaluate(MEASURES)
    assert large["open"] and (large["left"], large["top"], large["width"], large["height"]) == (0, 0, 1280, 720), large
    assert large["letters"] >= 22 and large["place"] == before["place"], large
    book.screenshot("large")
    page.keyboard.press("PageDown")
    page.wait_for_function("() => document.querySelector('.t101-pic:popover-open').scrollTop > 0")
    page.keyboard.press("Escape")
    after = drawn.evaluate(MEASURES)
    assert not after["open"] and {**after, "top": 0, "scrolled": 0} == {**before, "top": 0, "scrolled": 0}, (before, after)

    page.set_viewport_size({"width": 600, "height": 800})  # 900 at 150 %
    narrow = drawn.evaluate(MEASURES)
    assert narrow["letters"] >= 11 and narrow["scrolls"] and not narrow["sideways"] and not narrow["page"], narrow
    book.screenshot_of(crowd, "narrow-picture")
    book.screenshot_of(check, "narrow-card")


# --- the slips of a first hour, as they are seen ---

SLIPS = [
    "a := NewWorker(\"A\")",
    "func greet(name string) { fmt.Println(\"hello\", name) }",
    "wg := new(sync.WaitGroup)\nwg.Wiat()",
    "func main() {}\nfunc main() {}",
    "greet(\"a\"",
    "greet()",
    "func f() int {\n}",
    "while true { }",
    "func main() {\n\tvar p *int\n\tfmt.Println(*p)\n}",
    "func main() {\n\tready := make(chan bool)\n\tready <- true\n}",
    "func main() {\n\tboxes := map[string][]chan struct{}{}\n\tfmt.Println(boxes[\"a\"][0] + \"a text that goes on and on, past the end of any window\")\n}",
]

# What is wrong with how a cell's outputs are seen: lines that the page had to break, words
# or pictures that leave their place, codes that are not shown as colours.
FLAWS = """cell => {
    const flaws = [];
    for (const e of cell.querySelectorAll(".jp-OutputArea-output")) {
        const pre = e.matches("[data-mime-type='application/vnd.jupyter.stderr']") && e.querySelector("pre");
        if (pre) {
            const range = document.createRange();
            range.selectNodeContents(pre);
            const seen = new Set([...range.getClientRects()].map(r => Math.round(r.bottom))).size;
            const written = pre.textContent.trimEnd().split("\\n").length;
            if (seen !== written) flaws.push(`${written} lines are ${seen}: ${pre.textContent}`);
        }
        if (e.scrollWidth > e.clientWidth) flaws.push("is cut off: " + e.textContent);
        if (/\\x1b|\\[\\d+m/.test(e.textContent)) flaws.push("codes: " + e.textContent);
    }
    return flaws;
}"""


def test_the_slips_of_a_first_hour(page, jupyterlab):
    url, token, folder = jupyterlab
    page.set_viewport_size({"width": 900, "height": 1000})
    name = notebook_of(folder, "slips.ipynb", *SLIPS)
    notebook = nbformat.read(folder / name, as_version=4)
    for cell in notebook.cells:
        cell.metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, folder / name)
    book = lab.Lab(page, url, token, name)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    cells = page.locator(".jp-CodeCell")
    for n in range(len(SLIPS)):
        expect(cells.nth(n).locator(".jp-InputPrompt")).to_have_text(f"[{n + 1}]:", timeout=30_000)
    book.idle()
    for width, theme in ((900, "Light"), (933, "Dark")):  # 1,400 at 150 %
        page.set_viewport_size({"width": width, "height": 1000})
        book.theme(theme)
        for n, code in enumerate(SLIPS):
            cell = cells.nth(n)
            assert not cell.evaluate(FLAWS), code
            worst = cell.locator(".jp-OutputArea").evaluate(CONTRAST)
            assert worst["ratio"] >= 4.5, (theme, code, worst)
    for n, code in enumerate(SLIPS):
        errors = cells.nth(n).locator("[data-mime-type='application/vnd.jupyter.stderr']")
        assert errors.count() == (n != 1), (code, errors.all_inner_texts())
    book.screenshot("slips")


# --- a cell that runs again: the old picture stays until the new one is there ---

SLEEPS = """%real
func main() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { fmt.Println("worker", i) })
	}
	wg.Wait()
	time.Sleep(time.Second)
}"""

# Notes, frame by frame, how high a cell's outputs are and which pictures are there.
CURVE = """cell => {
    const area = cell.querySelector(".jp-OutputArea"), curve = window.curve = [];
    const look = () => {
        const old = area.querySelector(".t101-old");
        curve.push({height: area.getBoundingClientRect().height, pictures: area.querySelectorAll(".t101-run").length,
                    old: !!old, faded: old ? Number(getComputedStyle(old.lastChild).opacity) : 1, label: old?.firstChild.textContent});
        if (window.curve === curve) requestAnimationFrame(look);
    };
    look();
}"""


def curve_of(book, cell):
    """What is seen below the cell while it runs again."""
    cell.evaluate(CURVE)
    book.run(cell)
    expect(cell.locator(".t101-old")).to_have_count(0)
    cell.page.wait_for_timeout(100)
    return cell.page.evaluate("() => { const all = window.curve; window.curve = null; return all; }")


def test_the_old_picture_stays_until_the_new_one_is_there(page, jupyterlab):
    url, token, folder = jupyterlab
    book = lab.Lab(page, url, token, notebook_of(folder, "stays.ipynb", SLEEPS.replace("%real\n", ""), SLEEPS, "x := 1"))
    quick, slow = page.locator(".jp-CodeCell").nth(0), page.locator(".jp-CodeCell").nth(1)
    for cell in (quick, slow):
        book.run(cell)
        picture(cell)
    for change in (None, ('"worker"', '"labourer"')):
        if change:
            book.edit(quick, *change)
        curve = curve_of(book, quick)
        least = min(curve[0]["height"], curve[-1]["height"])
        assert any(c["old"] for c in curve), "the outputs were not cleared, so this shows nothing"
        # A line of the program's output may come before the picture does, and go over it.
        assert all(c["pictures"] == 1 and least - 60 < c["height"] for c in curve), curve
    curve = curve_of(book, slow)
    assert min(c["faded"] for c in curve) < 0.5 and {"the previous run"} == {c["label"] for c in curve if c["old"]}
    assert all(c["pictures"] == 1 for c in curve)

    book.edit(quick, "wg.Wait()", "wg.Wait(")
    assert curve_of(book, quick)[-1]["pictures"] == 0, "the picture of another program beside an error"
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    assert not page.locator(".t101-run").count(), "outputs that are cleared by hand stay"
    book.run(slow)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    saved = nbformat.read(folder / "stays.ipynb", as_version=4)
    assert [o.output_type for o in saved.cells[1].outputs] == ["stream", "display_data"]


# --- the learner decides ---

ASKS = """%predict -about end "How many lines?" two {lines==2} | one {lines==1} | none {lines==0}
func late(name string) { time.Sleep(time.Second); fmt.Println(name) }

func main() {
	go late("A")
	go late("B")
}"""
RACES = """var n int

func main() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { n++ })
	}
	wg.Wait()
}"""


def test_a_prediction_by_keys_alone(page, jupyterlab):
    """Asked, kept, revealed; a second round; all of it is there when the notebook is opened again."""
    url, token, folder = jupyterlab
    name = notebook_of(folder, "asks.ipynb", ASKS, RACES, "%why", "%hint")
    saved = nbformat.read(folder / name, as_version=4)
    saved.cells[1].metadata["threading101"] = {"picture": "plain", "hints": ["Look at n.", "Two steps.", "A lock."]}
    nbformat.write(saved, folder / name)
    book = lab.Lab(page, url, token, name)
    cells = page.locator(".jp-CodeCell")
    asks = cells.nth(0)
    for answer, said in (("1 because nobody stops them", "You said two. It was none."), ("none", "You said two, then none. It was none.")):
        asks.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        question = asks.locator(".jp-Stdin-input")
        expect(question).to_be_focused(timeout=60_000)
        page.keyboard.type(answer)
        book.screenshot_of(asks, "prediction-asked")
        page.keyboard.press("Enter")
        expect(asks.locator(".jp-OutputArea")).to_contain_text(said, timeout=60_000)
    book.idle()
    for theme in ("Light", "Dark"):
        book.theme(theme)
        book.screenshot_of(asks, f"prediction-{theme.lower()}")
        found = Axe().run(page, context=".t101-predict")
        assert not found.response["violations"], found.generate_report()
    kept = [json.loads(line) for line in (folder / "predictions.jsonl").read_text().splitlines()]  # of all notebooks of the folder
    assert [r["answer"] for r in kept if r["notebook"] == name and "answer" in r] == ["two", "two", "none", "none"]

    for n in (1, 2, 3):
        book.run(cells.nth(n))
    plain, why = picture(cells.nth(1)), picture(cells.nth(2))
    assert "⚠" not in plain.inner_html() and "What do you see?" in plain.inner_html(), "JupyterLab sends a cell's metadata"
    assert "⚠" in why.inner_html()
    expect(cells.nth(3).locator(".jp-OutputArea")).to_contain_text("Hint 1 of 3: Look at n.")

    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    book.leave()
    lab.Lab(page, url, token, name)
    expect(page.locator(".jp-CodeCell").nth(0).locator(".jp-OutputArea")).to_contain_text("You said two, then none. It was none.")


# --- a notebook of someone else, with outputs, not trusted ---

FORGOTTEN = """%new
forgotten := make(chan bool)
go printString("A", 1, 0)
<-forgotten // nobody will ever close it"""

CUT_OFF = """func main() {
	a := NewWorker("A", 3, 10*time.Millisecond)
	b := NewWorker("B", 3, 100*time.Millisecond)
	a.Start()
	b.Start()
	a.Join()
	fmt.Println("main: that is enough")
}"""


@functools.cache
def left_unfinished():
    """Lesson 03 with two programs below it in which goroutines do not get to their end, run from top to bottom."""
    book = nbformat.read(ROOT / "notebooks" / "03-join.ipynb", as_version=4)
    book.cells += [nbformat.v4.new_code_cell(FORGOTTEN), nbformat.v4.new_code_cell(CUT_OFF)]
    book.cells[-2].metadata["tags"] = ["raises-exception"]
    return NotebookClient(book, kernel_name="threading101", timeout=60).execute()


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_an_untrusted_notebook_shows_the_run_without_picture_and_style(page, jupyterlab, theme):
    url, token, folder = jupyterlab
    page.set_viewport_size({"width": 1400, "height": 1700})
    opened = lab.Lab(page, url, token, saved(folder, left_unfinished(), "saved.ipynb", trusted=False))
    opened.theme(theme)
    assert not any(page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.map(w => w.model.trusted)"))

    cut = opened.cell("that is enough")
    shown = cut.locator(".jp-OutputArea-output").last
    for what in ("svg", "style", "script"):
        assert not shown.locator(what).count(), f"a {what} in a notebook that is not trusted"
    words_seen = " ".join(shown.inner_text().split())
    for words in ("main returned first", "B was cut off", "The run, step by step", "starts A", "closes w.done", "B, started by main at Worker.Start:18: cut off at printString:4", "%replay t2-",
                  "Trust Notebook shows the picture."):
        assert words in words_seen, words_seen
    assert not shown.locator("[style*=color]").count(), "a colour that is not the page's own, light or dark"
    assert words_seen.count("starts A") == 1, "the words of the picture are not to be seen beside the table"
    assert shown.locator("table").is_visible()
    worst = shown.evaluate(CONTRAST)
    assert worst["ratio"] >= 4.5, worst
    opened.screenshot_of(cut, f"untrusted-{theme.lower()}")

    stuck = opened.cell("forgotten")
    said = " ".join(stuck.inner_text().split())
    assert "Deadlock: main waits, and nobody is left to wake it." in said and "to receive from forgotten" in said, said
    assert re.search(r"main: still waiting at cell \d+, line 4", said), said
    opened.screenshot_of(stuck, f"untrusted-deadlock-{theme.lower()}")


@pytest.mark.parametrize("lesson, said", [
    ("05a-three-steps", ("that update is lost", "controlled run", "lost update: overwrites pay B")),
    ("08-deadlock", ("Deadlock: main, annaPays 10 and benPays 20 wait", "neither can go on", "✖")),
])
def test_an_untrusted_notebook_shows_token_race_and_circle(page, jupyterlab, lesson, said):
    url, token, folder = jupyterlab
    page.set_viewport_size({"width": 1400, "height": 1700})
    opened = lab.Lab(page, url, token, saved(folder, executed(lesson), f"saved-{lesson}.ipynb", trusted=False))
    cell = page.locator(".jp-CodeCell", has=page.locator(".jp-InputArea", has_text="%replay")).first
    cell.scroll_into_view_if_needed()
    shown = cell.locator(".jp-OutputArea")
    assert not shown.locator(".jp-OutputArea-output").locator("svg, style, script").count()
    words = " ".join(shown.inner_text().split())
    for part in (*said, "%replay t2-"):
        assert part in words, words
    for theme in ("Light", "Dark"):
        opened.theme(theme)
        worst = shown.evaluate(CONTRAST)
        assert worst["ratio"] >= 4.5, (theme, worst)
        opened.screenshot_of(cell, f"untrusted-{lesson}-{theme.lower()}")


# --- without a mouse ---

def test_with_the_keyboard_alone(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "00-welcome.ipynb")
    cell = page.locator(".jp-CodeCell").nth(1)
    prompt = cell.locator(".jp-InputPrompt")
    past = page.evaluate("""() => {
        const book = window.jupyterapp.shell.currentWidget.content;
        return 1 + book.widgets.findIndex(w => w.model.sharedModel.source.includes('go hello("A")'));
    }""")
    for _ in range(past):
        page.keyboard.press("Shift+Enter")
    picture(cell)
    expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=30_000)
    before = prompt.inner_text()

    page.keyboard.press("ArrowUp")  # back to the cell that was run
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.closest('.jp-CodeCell')?.innerText.includes('go hello')")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n// typed")
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before, timeout=30_000)
    expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=30_000)

    table = cell.locator(".t101-run table")
    assert not seen(table)
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.t101-run input')"):
            break
    assert page.evaluate("() => document.activeElement.matches('.t101-run input')"), "Tab does not reach the switch"
    book.screenshot_of(cell, "keyboard-focus")
    page.keyboard.press("Space")
    assert seen(table)
    book.screenshot_of(cell, "keyboard-table")


# --- much output ---

def test_the_page_stays_responsive_after_100_000_lines(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lab.Lab(page, url, token, "00-welcome.ipynb")
    cell = book.cell("hello from one goroutine")
    book.edit(cell, 'fmt.Println("hello from one goroutine")', 'for i := 0; i < 100_000; i++ { go fmt.Sprint(i); fmt.Println("line", i) }')
    cell = page.locator(".jp-CodeCell").first
    book.run(cell)
    assert "line 0\n" in cell.locator(".jp-OutputArea").inner_text()
    assert page.evaluate("() => document.querySelectorAll('.jp-Notebook *').length") < 20_000
    other = book.cell('go hello("A")')
    begin = time.monotonic()
    other.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("// quick", delay=0)
    expect(other.locator(".cm-content")).to_contain_text("// quick", timeout=5_000)
    typed = time.monotonic() - begin
    frame = page.evaluate("""() => new Promise(done => {
        const begin = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin)));
    })""")
    assert typed < 5 and frame < 1_000, f"typing took {typed:.1f} s, two frames {frame:.0f} ms"
    book.run(other)
    picture(other)
    book.screenshot("after-100000-lines")
