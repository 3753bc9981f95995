"""What a page costs that steps through runs: in JupyterLab, in a real browser.

    python kernel/proof/conformance/bench_page.py [ROUNDS]

Figures are medians over the rounds, and the slowest of twenty. The page with live
pictures is compared with the same page after %live off, one after the other.
"""

import pathlib
import statistics
import sys
import tempfile
import time

import nbformat
from playwright.sync_api import expect, sync_playwright

import lab

PICTURES = 20
WORKERS = """var mu sync.Mutex
var total int

func main() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				mu.Lock()
				total++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
"""
SMALL = """func main() {
	done := make(chan int)
	go func() { done <- 7 }()
	fmt.Println(<-done)
}
"""

# A key is pressed in each frame; the gaps between frames, and what the script took.
FRAMES = """async ([keys, selector]) => {
	const lanes = document.querySelector(selector), gaps = [], took = [];
	let before = await new Promise(requestAnimationFrame);
	for (let i = 0; i < keys; i++) {
		const began = performance.now();
		lanes.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}));
		took.push(performance.now() - began);
		const now = await new Promise(requestAnimationFrame);
		gaps.push(now - before);
		before = now;
	}
	return [gaps, took];
}"""

# A choice of a run made by hand: from the key to the frame that shows the new state.
CHOICE = """selector => new Promise(resolve => {
	const player = document.querySelector(selector), place = player.parentNode, began = performance.now();
	const observer = new MutationObserver(() => {
		const now = document.querySelector(selector);
		if (!now || now === player) return;
		observer.disconnect();
		requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
	});
	observer.observe(place, {childList: true});
	player.querySelector(".t101-lanes").dispatchEvent(new KeyboardEvent("keydown", {key: "1", bubbles: true}));
})"""


def row(what, times):
    times = sorted(times)
    print(f"{what:<58} {statistics.median(times):7.1f} ms, slowest in twenty {times[int(len(times) * 0.95)]:7.1f} ms", flush=True)


def book(folder, name, cells):
    made = nbformat.read(folder / "00-welcome.ipynb", as_version=4)
    made.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(made, folder / f"{name}.ipynb")
    return f"{name}.ipynb"


def opened(page, running, name, cells):
    url, token, folder = running
    return lab.Lab(page, url, token, book(folder, name, cells))


def stepping(page, running, name):
    """The cell of a notebook whose run of some 500 steps is stepped through."""
    notebook = opened(page, running, name, [WORKERS])
    cell = notebook.cell("var mu")
    notebook.run(cell)
    cell.locator(".t101-open").click()
    expect(cell.locator(".t101-live")).to_be_visible()
    return cell


def frames(page, running, rounds):
    """Steps through a run."""
    cell = stepping(page, running, "frames")
    page.keyboard.press("Home")
    rows = int(cell.locator(".t101-scrub input").get_attribute("max")) + 1
    gaps, took = page.evaluate(FRAMES, [min(60 * rounds, rows), ".t101-live .t101-lanes"])
    row(f"from frame to frame, a step in each, {rows} rows", gaps)
    row("script of a step", took)


def choices(page, running, rounds):
    """Choices of a run made by hand."""
    cell = stepping(page, running, "choices")
    for key in ("Home", *["ArrowRight"] * 8, "s"):
        page.keyboard.press(key)
    expect(cell.locator(".t101-asks")).to_be_visible(timeout=30_000)
    row("from the key of a choice to the page that shows it", [page.evaluate(CHOICE, ".t101-live") for _ in range(20 * rounds)])


def pages(page, running, rounds):
    """A saved page with live pictures that nobody touches, and the same without."""
    notebook = opened(page, running, "pages", [SMALL] * PICTURES)
    for cell in page.locator(".jp-CodeCell").all():
        notebook.run(cell)
    page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    url, token, _ = running
    took = {"on": [], "off": []}
    for _ in range(5 * rounds):
        for live in took:
            page.evaluate("""async code => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                await kernel.requestExecute({code, store_history: false}).done;
            }""", "%live auto" if live == "on" else "%live off")
            began = time.perf_counter()
            page.goto(f"{url}/lab/tree/pages.ipynb?token={token}&reset")
            if live == "on":
                expect(page.locator(".t101-open")).to_have_count(PICTURES, timeout=60_000)
            else:
                expect(page.locator(".t101-pic svg").nth(PICTURES - 1)).to_be_attached(timeout=60_000)
                page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000)
            took[live].append(1000 * (time.perf_counter() - began))
            page.wait_for_function("() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'", timeout=60_000)
    row(f"a page with {PICTURES} live pictures, until each can be stepped through", took["on"])
    row("the same page after %live off", took["off"])


def main(rounds):
    with tempfile.TemporaryDirectory() as folder, lab.server(pathlib.Path(folder)) as running, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=lab.CHROMIUM, args=lab.BROWSER_FLAGS)
        page = browser.new_context(viewport={"width": 1400, "height": 1000}).new_page()
        for measure in (frames, choices, pages):
            measure(page, running, rounds)
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
