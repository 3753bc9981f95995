"""Stepping through a run, in a real browser: JupyterLab, Notebook, and a page from disk."""

import contextlib
import re
import subprocess

import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import lab

pytestmark = lab.NEEDS_CHROMIUM
PLAYER = ".t101-live"


PAY = """var balance = 100
var wg sync.WaitGroup

func pay(name string, amount int) {
	defer wg.Done()
	balance += amount
}

"""
PAID = """func main() {
	wg.Add(2)
	go pay("A", 10)
	go pay("B", 20)
	wg.Wait()
	fmt.Println("balance:", balance)
}
"""
STUCK = """%seed 6
type Account struct { lock sync.Mutex; balance int }

var anna, ben Account
var wg sync.WaitGroup

func annaPays(amount int) {
	defer wg.Done()
	anna.lock.Lock()
	defer anna.lock.Unlock()
	ben.lock.Lock()
	defer ben.lock.Unlock()
	anna.balance -= amount
	ben.balance += amount
}

func benPays(amount int) {
	defer wg.Done()
	ben.lock.Lock()
	defer ben.lock.Unlock()
	anna.lock.Lock()
	defer anna.lock.Unlock()
	ben.balance -= amount
	anna.balance += amount
}

func main() {
	wg.Add(2)
	go annaPays(10)
	go benPays(20)
	wg.Wait()
}
"""


def written(jupyterlab, name, *cells):
    """A notebook with these cells, in the learner's folder."""
    _, _, folder = jupyterlab
    book = nbformat.read(folder / "00-welcome.ipynb", as_version=4)
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(book, folder / f"{name}.ipynb")
    return f"{name}.ipynb"


def lesson(page, jupyterlab, name):
    """A notebook that loses an update, under a name of its own, so with a kernel of its own.

    What it prints is its own as well: a page remembers where one stood in a picture, and knows it by what is in it."""
    url, token, _ = jupyterlab
    paid = PAID.replace("balance:", f"{name}:")
    return lab.Lab(page, url, token, written(jupyterlab, name, PAY + paid, "%seed 57\n\n" + paid))


def replayed(book):
    """The cell that loses an update, run."""
    book.run(book.cell("var balance = 100"))
    cell = book.page.locator(".jp-CodeCell", has=book.page.locator(".jp-InputArea", has_text=re.compile("%seed|%replay"))).first
    book.run(cell)
    return cell


def opened(cell):
    cell.locator(".t101-open").click(timeout=30_000)
    player = cell.locator(PLAYER)
    expect(player).to_be_visible(timeout=30_000)
    return player


def said(player):
    return player.locator(".t101-say").inner_text()


def press(player, *keys):
    for key in keys:
        player.page.keyboard.press(key)
    return said(player)


def step(player):
    return int(re.match(r"Step (\d+):", said(player)).group(1))


def flawless(page, context):
    """Nothing that axe-core finds."""
    found = Axe().run(page, context=context)
    assert not found.response["violations"], found.generate_report()


def marked(player):
    """The current line, and who is where: {line: badges}."""
    return player.evaluate("""p => Object.fromEntries([...p.querySelectorAll(".t101-line")].filter(l => l.querySelector(".t101-badge"))
        .map(l => [l.querySelector(".t101-no").textContent, [...l.querySelectorAll(".t101-badge")].map(b => b.textContent).join("")]))""")


def test_the_keys_step_through_a_run(page, jupyterlab):
    book = lesson(page, jupyterlab, "live-keys")
    cell = replayed(book)
    player = opened(cell)

    # It opens at the failure.
    assert said(player) == "Step 8: pay A writes balance = 110. ⚠ lost update: overwrites pay B's"
    expect(player.locator(".t101-say")).to_have_attribute("aria-live", "polite")
    expect(player.locator(".t101-here")).to_have_text(re.compile("balance \\+= amount"))
    assert marked(player) == {"6": "AB"}
    assert player.evaluate("p => p.contains(document.activeElement)"), "the keys go to the player"

    assert press(player, "Home") == "Step 1: main adds 2 to wg"
    assert press(player, "ArrowRight") == "Step 2: main starts pay A"
    assert press(player, "Shift+ArrowRight") == "Step 3: main starts pay B"
    assert press(player, "ArrowDown").startswith("Step 5: pay A reads balance = 100")
    assert press(player, "ArrowDown") == "Step 6: pay B reads balance = 100"
    assert press(player, "ArrowUp").startswith("Step 5: pay A")
    assert press(player, "Enter") == "Step 10: pay A calls wg.Done, returns"
    assert press(player, "Shift+ArrowLeft").startswith("Step 8: pay A writes")
    assert press(player, "End") == "Step 14: main returns"
    assert press(player, "ArrowRight") == "Step 14: main returns"
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.content.mode") == "command"
    assert cell.evaluate("c => c.classList.contains('jp-mod-active')"), "the notebook has taken a key"

    # Play stops by itself at the first warning.
    press(player, "Home", "Space")
    expect(player.locator(".t101-play")).to_have_attribute("aria-label", re.compile("pause"))
    expect(player.locator(".t101-play")).to_have_attribute("aria-label", re.compile("play"), timeout=30_000)
    assert step(player) == 5

    # Find, and what belongs together.
    page.keyboard.press("/")
    page.keyboard.type("starts pay b")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert step(player) == 3
    lit = player.locator(".t101-lit:visible")
    assert lit.count() == 1, "the first step of pay B belongs to its go statement"
    assert press(player, "ArrowRight", "ArrowRight", "ArrowRight") == "Step 6: pay B reads balance = 100"
    rows = player.locator(".t101-steps g.r")
    rows.nth(2).hover()
    assert lit.count() == 2, "the row under the pointer, and its partner"
    rows.nth(11).click()
    assert step(player) == 12

    # Escape closes, and the static picture is as before; a click on a step opens there.
    page.keyboard.press("Escape")
    expect(cell.locator(PLAYER)).to_have_count(0)
    drawn = cell.locator(".t101-pic svg")
    assert drawn.is_visible()
    page.keyboard.press("Enter")  # on the button, which has the focus again
    expect(cell.locator(PLAYER)).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell.locator(PLAYER)).to_have_count(0)
    drawn.locator("g.r", has_text="reads balance = 100").nth(1).click()
    assert step(cell.locator(PLAYER)) == 6


def test_it_can_be_seen_by_everyone(page, jupyterlab):
    book = lesson(page, jupyterlab, "live-seen")
    cell = replayed(book)
    player = opened(cell)
    page.keyboard.press("?")
    expect(player.locator(".t101-keys")).to_be_visible()
    for theme in ("Light", "Dark"):
        book.theme(theme)
        flawless(page, PLAYER)
        book.screenshot_of(player, f"live-{theme.lower()}")
    page.keyboard.press("Escape")

    # In a narrow window the source is above the lanes, and the page does not scroll sideways.
    for width, zoom in ((900, 1), (1400, 1.5)):
        page.set_viewport_size({"width": int(width / zoom), "height": int(1000 / zoom)})
        cell.scroll_into_view_if_needed()
        inside = player.evaluate("p => p.scrollWidth <= p.clientWidth + 1 && p.getBoundingClientRect().right <= innerWidth")
        assert inside, f"{width} pixels at {zoom}"
        book.screenshot_of(player, f"live-{width}-{int(100 * zoom)}")

    # From the last row of a classroom.
    page.set_viewport_size({"width": 1280, "height": 720})
    player.locator(".t101-lanes").focus()
    page.keyboard.press("f")
    box = player.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 720)
    for part in (".t101-say", ".t101-here .t101-code", ".t101-steps text.h"):
        one = player.locator(part).first
        size = one.evaluate("e => parseFloat(getComputedStyle(e).fontSize) * e.currentCSSZoom")
        assert size >= 24, (part, size)
    assert player.evaluate("""p => {
        const c = p.querySelector(".t101-cursor").getBoundingClientRect(), l = p.querySelector(".t101-lanes").getBoundingClientRect();
        return c.top >= l.top && c.bottom <= l.bottom + 1;
    }"""), "the current step is out of sight"
    for theme in ("Dark", "Light"):
        book.theme(theme)
        page.screenshot(path=lab.ARTEFACTS / f"live-full-{theme.lower()}.png")
    flawless(page, PLAYER)
    page.emulate_media(forced_colors="active")
    page.screenshot(path=lab.ARTEFACTS / "live-high-contrast.png")
    page.emulate_media(forced_colors="none")
    page.keyboard.press("f")
    assert player.bounding_box()["width"] < 1280


def test_it_needs_no_kernel_once_it_is_there(page, jupyterlab):
    url, token, _ = jupyterlab
    book = lesson(page, jupyterlab, "live-kernel")
    cell = replayed(book)
    player = opened(cell)
    press(player, "Home", "ArrowRight", "ArrowRight")

    # Another browser on the same notebook, and a page that is loaded again.
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    other = page.context.browser.new_context().new_page()
    hers = lab.Lab(other, url, token, "live-kernel.ipynb")
    there = hers.page.locator(PLAYER)
    expect(there).to_be_visible(timeout=30_000)
    assert step(there) == 3
    there.locator(".t101-lanes").focus()
    assert press(there, "ArrowRight").startswith("Step 4")
    assert step(player) == 3, "two who look at one run step for themselves"
    other.context.close()
    page.reload()
    expect(page.locator(PLAYER)).to_be_visible(timeout=60_000)
    assert step(page.locator(PLAYER)) in (3, 4)

    # Two views of one output.
    cell = page.locator(".jp-CodeCell", has=page.locator(".jp-InputArea", has_text="%seed")).first
    cell.locator(".jp-InputArea").click()
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:create-output-view')")
    expect(page.locator(PLAYER)).to_have_count(2, timeout=30_000)

    # A kernel that is gone: all goes on, and no error is in the place of a picture.
    restarted = """async () => {
        const panel = [...window.jupyterapp.shell.widgets("main")].find(w => w.context);
        await panel.sessionContext.session.kernel.restart();
    }"""
    page.evaluate(restarted)
    player = page.locator(PLAYER).first
    player.locator(".t101-lanes").focus()
    assert press(player, "End") == "Step 14: main returns"
    assert press(player, "Home") == "Step 1: main adds 2 to wg"
    assert "Error displaying" not in page.locator("body").inner_text()

    # Another run can be stepped through again, in the same page and in a new one.
    cleared = "() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"  # with their numbers, which begin anew
    page.evaluate(cleared)
    first = book.cell("var balance = 100")
    book.run(first)
    assert said(opened(first)).startswith("Step ")
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.evaluate(restarted)
    book = lab.Lab(page, url, token, "live-kernel.ipynb")
    expect(page.locator(".t101-run")).to_have_count(1)
    page.evaluate(cleared)
    assert said(opened(replayed(book))).startswith("Step 8")


def test_a_widget_of_its_own_and_none(page, jupyterlab):
    book = lesson(page, jupyterlab, "live-view")
    cell = book.cell("var balance = 100")
    book.edit(cell, "var balance", "%live on\nvar balance")
    book.run(cell)
    view = cell.locator(".jp-OutputArea-output").last
    view.locator(".t101-open").click()
    player = view.locator(PLAYER)
    expect(player).to_be_visible(timeout=30_000)
    assert press(player, "Home") == "Step 1: main adds 2 to wg"
    page.keyboard.press("Escape")
    assert view.locator(".t101-open").is_visible()

    cell = book.cell("%live on")
    book.edit(cell, "%live on", "%live off")
    cell = book.cell("%live off")
    book.run(cell)
    expect(page.locator(".t101-open")).to_have_count(0)
    assert cell.locator(".t101-run svg").first.is_visible()


def run_here(cell):
    """Run a cell of a notebook that may not be connected to its kernel yet: then nothing happens."""
    numbered = re.compile(r"\[\d+\]")
    for _ in range(20):
        cell.locator(".cm-content").click()
        cell.page.keyboard.press("Shift+Enter")
        with contextlib.suppress(AssertionError):
            expect(cell.locator(".jp-InputPrompt")).to_have_text(numbered, timeout=3_000)
            return
    expect(cell.locator(".jp-InputPrompt")).to_have_text(numbered, timeout=60_000)


@lab.FRESH
def test_without_anywidget_the_picture_is_as_ever(page, jupyterlab):
    page.route("**/extensions/anywidget/**", lambda route: route.abort())
    book = lesson(page, jupyterlab, "live-without")
    cell = book.cell("var balance = 100")
    book.edit(cell, "var balance", "%live auto\nvar balance")
    book.run(cell)
    assert cell.locator(".t101-pic svg").is_visible()
    words = page.locator("body").inner_text()
    assert "rror displaying" not in words and "Failed to load" not in words, words
    assert not page.locator(".t101-open").count()


def test_deciding_from_here(page, jupyterlab):
    book = lesson(page, jupyterlab, "live-decide")
    cell = replayed(book)
    player = opened(cell)
    assert step(player) == 8
    page.keyboard.press("s")
    asks = player.locator(".t101-asks")
    expect(asks).to_contain_text("pay", timeout=30_000)
    assert step(player) == 7, "what came before step 8"
    flawless(page, PLAYER)
    book.screenshot_of(player, "live-decide")
    options = asks.locator("button", has_text=re.compile("^[1-9] "))
    before = options.all_inner_texts()
    page.keyboard.press("1")
    expect(options).not_to_have_text(before, timeout=30_000)
    page.keyboard.press("u")
    expect(options).to_have_text(before, timeout=30_000)
    for _ in range(30):
        if player.locator(".t101-hand code").count():
            break
        version = player.locator(".t101-steps g.r").count()
        page.keyboard.press("1")
        expect(player.locator(".t101-steps g.r")).not_to_have_count(version, timeout=30_000)
    made = player.locator(".t101-hand code").inner_text()
    rows = player.locator(".t101-steps g.r title").all_inner_texts()
    book.screenshot_of(player, "live-decided")
    page.keyboard.press("q")
    assert step(player) == 8, "back to the run"
    page.keyboard.press("Escape")

    # What was made by hand is what its token shows.
    book.edit(cell, "%seed 57", made)
    book.run(cell)
    again = opened(cell)
    assert again.locator(".t101-steps g.r title").all_inner_texts() == rows


@lab.FRESH
def test_in_notebook_7(page, jupyterlab):
    url, token, _ = jupyterlab
    written(jupyterlab, "live-seven", STUCK)
    page.goto(f"{url}/notebooks/live-seven.ipynb?token={token}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    cell = page.locator(".jp-CodeCell").first
    run_here(cell)
    player = opened(cell)
    rows = player.locator(".t101-steps g.r").count()
    assert player.locator(".t101-scrub input").input_value() == str(rows - 1), "it opens where all wait"
    assert "waits" in said(player)
    assert press(player, "Home").startswith("Step 1: main")
    flawless(page, PLAYER)
    page.screenshot(path=lab.ARTEFACTS / "live-seven.png")
    page.keyboard.press("f")
    page.screenshot(path=lab.ARTEFACTS / "live-seven-full.png")
    page.keyboard.press("f")
    page.locator("jp-toolbar, .jp-Toolbar").locator("button:visible").first.click()
    expect(page.get_by_text("Last Checkpoint")).to_be_visible(timeout=30_000)
    page.reload()
    expect(page.locator(PLAYER)).to_be_visible(timeout=60_000)
    assert said(page.locator(PLAYER)).startswith("Step 1: main")


def test_a_page_from_disk(offline, tmp_path):
    """threading101 run -html: no server, no network."""
    program = tmp_path / "lost.go"
    program.write_text("""package main

import ("fmt"; "sync")

var balance = 100 // </script><script>document.title = "</title>"</script>

func main() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() { balance += 10; wg.Done() }()
	}
	wg.Wait()
	fmt.Println("<script>document.title = 'no'</script>", balance)
}
""")
    subprocess.run([lab.ROOT / "bin" / "threading101", "run", "-seed", "3", "-html", tmp_path / "run.html", program], check=True, capture_output=True, timeout=120)
    page, said_by_page = offline, []
    page.on("pageerror", lambda e: said_by_page.append(str(e)))
    page.on("console", lambda m: m.type in ("warning", "error") and said_by_page.append(m.text))
    page.on("request", lambda r: r.url.startswith("file:") or said_by_page.append(r.url))
    page.goto((tmp_path / "run.html").as_uri())
    player = page.locator(PLAYER)
    expect(player).to_be_visible()
    assert press(player, "Home") == "Step 1: main adds 1 to wg"
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        flawless(page, "body")
        page.screenshot(path=lab.ARTEFACTS / f"live-page-{theme}.png")
    assert page.locator(".t101-text").inner_text().count("</script>") == 3
    page.keyboard.press("Escape")
    assert page.locator(".t101-pic svg").is_visible()
    page.keyboard.press("Enter")
    expect(player).to_be_visible()
    assert page.title() == "Threading 101" and not said_by_page, said_by_page
