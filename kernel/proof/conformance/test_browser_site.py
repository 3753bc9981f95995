"""The course as static pages, opened from disk."""

import re
import sys

from playwright.sync_api import expect

import lab

sys.path.insert(0, str(lab.ROOT / "lessons"))

import site_of_lessons as site  # noqa: E402  (of the lessons)

pytestmark = lab.NEEDS_CHROMIUM
LESSON = "00b-one-page"


def test_a_lesson_is_stepped_through_without_a_server(offline, tmp_path):
    site.main(tmp_path, [LESSON])
    page, said = offline, []
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on("console", lambda m: m.type in ("warning", "error") and said.append(m.text))
    page.on("request", lambda r: r.url.startswith(("file:", "data:")) or said.append(r.url))
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="One page").click()
    buttons = page.locator(".t101-open")
    expect(buttons.first).to_be_visible()
    runs = page.locator("script[data-t101-run]").count()
    assert buttons.count() >= runs > 1, (buttons.count(), runs)
    for button in buttons.all():
        button.click()
    players = page.locator(".t101-live")
    assert players.count() == buttons.count() and not page.locator(".t101-decide").count(), "nobody decides without a kernel"
    players.last.locator(".t101-lanes").focus()
    page.keyboard.press("Home")  # the band of the first cell
    page.keyboard.press("ArrowRight")
    expect(players.last.locator(".t101-say")).to_have_text(re.compile("^Step 1: main starts"))
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.screenshot(path=lab.ARTEFACTS / f"site-{theme}.png", full_page=True)
    page.keyboard.press("Escape")
    expect(players).to_have_count(buttons.count() - 1)
    assert not said, said
