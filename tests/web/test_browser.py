"""The pages in a real browser: the flow of Hanoi, keyboard alone, axe, no other host, pictures.

Needs the extra ``browser`` and a Chromium (``DETENTE_CHROMIUM`` names it, or it is on the path);
left out, and counted apart, where there is none. Pictures of each page go to ``build/pages``.
"""

from __future__ import annotations

import importlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).resolve().parents[2] / "build" / "pages"
PAGES = {
    "map": "/", "board": "/assess/dprk/hanoi-2019", "why": "/why/dprk/us-nkspea-104a",
    "gap": "/gap/dprk/hanoi-2019", "bridge": "/bridge/dprk/hanoi-2019",
    "similar": "/similar/dprk/hanoi-2019", "precedents": "/precedents/dprk",
    "backtest": "/backtest/dprk", "claims": "/claims/dprk/hanoi-brief-2019",
    "exposure": "/exposure/dprk", "plan": "/plan/dprk", "error": "/map/ruritania",
}  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    """Return the path of a Chromium."""
    return os.environ.get("DETENTE_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, on a port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    store = tmp_path_factory.mktemp("served") / "my.store"
    command = [sys.executable, "-m", "detente", "serve", "--port", str(port), "--store", str(store)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as server:
        try:
            for _ in range(200):
                try:
                    with urlopen(f"http://127.0.0.1:{port}/", timeout=20):
                        break
                except OSError:
                    assert server.poll() is None
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = importlib.import_module("playwright.sync_api")
    with playwright.sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def asked() -> list[str]:
    """Every address that the browser asked for."""
    return []


@pytest.fixture
def page(browser: Any, asked: list[str]) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def until(page: Any, expression: str) -> None:
    """Wait until an expression holds; the page's own policy forbids to evaluate it there."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {expression}")


def axe(page: Any) -> list[Any]:
    """Return what axe finds wrong on a page."""
    script = Path(str(importlib.import_module("axe_playwright_python").__file__)).parent
    page.evaluate((script / "axe.min.js").read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "async rules => (await axe.run(document, {runOnly: rules})).violations"
        ".map(v => [v.id, v.nodes[0].html.slice(0, 200)])",
        RULES,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 390])
def test_axe_finds_nothing(browser: Any, address: str, scheme: str, width: int) -> None:
    """On every page, light and dark, on a desk and on a phone; each page leaves its picture."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    PICTURES.mkdir(parents=True, exist_ok=True)
    wrong = {}
    for name, path in PAGES.items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}-{scheme}-{width}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = axe(page) + ([["wider than the window", str(wide)]] if wide > 0 else [])
        if found:
            wrong[name] = found
    context.close()
    assert wrong == {}


def test_a_page_asks_no_other_host(page: Any, address: str, asked: list[str]) -> None:
    """Not for a font, not for a picture, not for a script."""
    for path in PAGES.values():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_hanoi_from_the_map_to_the_paragraph(page: Any, address: str) -> None:
    """Map, board, a switch, the link of the scenario, and why, by clicking."""
    page.goto(address)
    assert "165" in page.inner_text("#answer")
    page.click("nav >> text=hanoi-2019")
    until(page, "document.querySelector('#nearest').innerText.includes('Owed')")
    assert "walk-away" in page.inner_text("#answer")
    page.uncheck("input[value=ho-1]")
    until(page, "location.search.includes('without=ho-1')")
    before = page.inner_text("#answer")
    page.goto(page.url)  # the address is the scenario
    page.wait_for_load_state("networkidle")
    assert page.inner_text("#answer") == before
    assert not page.is_checked("input[value=ho-1]")
    page.click("#answer a >> nth=0")
    assert "decides" in page.inner_text("main")


def test_the_slider_moves_through_the_law(page: Any, address: str) -> None:
    """To the first day on which there was any, and the page follows."""
    page.goto(address)
    page.focus("#slide")
    page.keyboard.press("Home")
    until(page, "!document.querySelector('#answer').innerText.includes('165')")
    assert "as_of=" in page.url


def test_the_keyboard_alone_flips_a_switch(page: Any, address: str) -> None:
    """Tab to the skip link, then to a switch; space turns it, and the focus is to be seen."""
    page.goto(address + "/assess/dprk/hanoi-2019")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "ho-2":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Space")
    until(page, "location.search.includes('without=ho-2')")


def test_without_the_script_the_form_works_by_its_button(browser: Any, address: str) -> None:
    """Every page is whole as the server renders it."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/assess/dprk/hanoi-2019")
    page.uncheck("input[value=ho-1]")
    page.click("button[type=submit]")
    assert not page.is_checked("input[value=ho-1]")
    assert "board=1" in page.url
    context.close()


def test_a_printed_board_leaves_out_what_only_a_screen_needs(page: Any, address: str) -> None:
    """The head and the buttons stay away; what is folded is unfolded."""
    page.goto(address + "/assess/dprk/hanoi-2019")
    page.emulate_media(media="print")
    assert not page.is_visible("header")
    assert not page.is_visible("button[type=submit]")
