"""The pages: the same answers as the command line, a link that is the scenario, nothing outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from detente import api
from detente.errors import UnknownIdError, UsageError
from detente.law.regime import Regime
from detente.offers.load import measures_of
from detente.web.pages.render import STATIC
from detente.web.pages.scenario import changed, scenario


@pytest.fixture
def site(reader: TestClient) -> TestClient:
    """The pages, served as everything else is."""
    return reader


class Outline(HTMLParser):
    """What a page is made of: tags, addresses, labels, ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.headings: list[str] = []
        self.controls: list[dict[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag says."""
        found = dict(attrs)
        self.addresses += [v for k in ("href", "src", "action") if (v := found.get(k))]
        self.ids += [found["id"] or ""] if "id" in found else []
        if tag == "label" and found.get("for"):
            self.labelled.add(found["for"] or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag in ("input", "select"):
            self.controls.append(found | {"within": "label" if "label" in self.open else None})
        if tag not in ("input", "meta", "link", "br", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the tag, and what was left open within it."""
        while self.open and self.open.pop() != tag:
            pass


PAGES = (
    "/", "/map/iran?as_of=2016-01-16", "/assess/dprk/hanoi-2019", "/assess/iran/jcpoa-2015",
    "/gap/dprk/hanoi-2019?reading=entirety", "/bridge/dprk/hanoi-2019?for=target",
    "/bridge/iran/jcpoa-2015", "/similar/iran/jcpoa-2015", "/precedents/dprk",
    "/precedents/dprk/dprk-1994", "/backtest/dprk", "/stalling/dprk", "/exposure/dprk",
    "/claims/dprk/hanoi-brief-2019", "/plan/dprk?budget=300&law=any",
    "/nearest/dprk/hanoi-2019", "/why/dprk/us-nkspea-104a", "/why/dprk/un-2371-coal-iron",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_and_asks_no_other_host(site: TestClient, path: str) -> None:
    """One heading of the first level, ids once, every control labelled, no address outside."""
    answer = site.get(path)
    assert answer.status_code == 200
    found = Outline(answer.text)
    assert [a for a in found.addresses if not a.startswith(("/", "#", "?"))] == []
    assert found.headings.count("h1") == 1
    assert found.headings[0] == "h1"
    assert len(found.ids) == len(set(found.ids))
    for control in found.controls:
        hidden = control.get("type") == "hidden"
        assert hidden or control["within"] or control.get("id") in found.labelled
    assert "style=" not in answer.text
    assert " onclick" not in answer.text


def test_the_first_page_is_light(site: TestClient) -> None:
    """Under 150 kB, with its sheet and its script."""
    size = len(site.get("/").content)
    size += sum(file.stat().st_size for file in Path(STATIC).iterdir())
    assert size < 150_000


def test_the_map_counts_what_the_law_says(site: TestClient, regime: Regime) -> None:
    """165 measures in force on the reference date; each sign leads to its explanation."""
    text = site.get("/map/dprk").text
    assert "<strong>165</strong> measures in force on 2019-02-28" in text
    linked = set(re.findall(r'href="/why/dprk/([^"?]+)"', text))
    assert linked == set(regime.as_of("2019-02-28").in_force)


def test_the_board_says_what_the_command_says(site: TestClient, regime: Regime) -> None:
    """The three rules, the letters and the shares of Hanoi, from the same assessment."""
    result = api.assess(regime, "hanoi-2019")
    text = " ".join(site.get("/assess/dprk/hanoi-2019").text.split())
    for rule in result.rules:
        assert f"<strong>{rule.answer}</strong>: {rule.why}" in text
    for area in result.areas:
        assert area.if_kept is not None
        assert f"{100 * area.if_kept.high:.1f} %" in text
    assert "33 discretionary" in text


def test_a_switch_changes_the_answer_and_the_link_leads_back(site: TestClient) -> None:
    """Without the dismantling nothing of production is reached; the link says so."""
    form = {"board": "1", "reading": "civilian", "give": ["ho-2"], "ask": ["un-2371-seafood"]}
    answer = site.get("/assess/dprk/hanoi-2019", params=form, headers={"x-part": "1"})
    assert "<html" not in answer.text
    assert "<strong>1</strong> of 165 measures" in answer.text
    link = answer.headers["x-scenario"]
    again = site.get(f"/assess/dprk/hanoi-2019?{link}", headers={"x-part": "1"})
    assert again.text == answer.text
    assert again.headers["x-scenario"] == link
    assert parse_qs(link)["without"] == ["ho-1"]


@pytest.mark.parametrize("path", ["gap/dprk/hanoi-2019", "bridge/dprk/hanoi-2019", "exposure/dprk"])
def test_pictures_are_drawn_by_the_server(site: TestClient, path: str) -> None:
    """As SVG, with no address in it but those of its own namespaces."""
    answer = site.get(f"/chart/{path}.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert set(re.findall(r"https?://[^\"'<> ]+", answer.text)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip


@settings(max_examples=25)
@given(st.data())
def test_every_scenario_survives_its_own_link(data: st.DataObject) -> None:
    """Whatever is switched, the query string makes the same offer again."""
    regime = api.load("dprk")
    offer = api.offer(regime, "hanoi-2019")
    asks = data.draw(st.lists(st.sampled_from(sorted(regime.measures)), min_size=1, max_size=9))
    gives = data.draw(st.lists(st.sampled_from(["ho-1", "ho-2"]), unique=True))
    reading = data.draw(st.sampled_from(sorted(offer.readings)))
    made = scenario(
        regime, offer, {"board": ["1"], "reading": [reading], "ask": asks, "give": gives}
    )
    again = scenario(regime, offer, parse_qs(made.query()))
    assert again == made
    one, two = changed(regime, offer, made), changed(regime, offer, again)
    assert one == two
    asked = measures_of(regime, one.readings[one.default_reading])
    assert set(asked) == set(asks)
    assert {c.id for p in one.positions if p.role == "target" for c in p.gives} == set(gives)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/map/ruritania", 404, "no regime has the id"),
        ("/assess/dprk/hanoi-2018", 404, "did you mean hanoi-2019"),
        ("/assess/dprk/x.yaml", 404, "no offer"),
        ("/assess/dprk/hanoi-2019?reading=odd", 404, "no reading"),
        ("/assess/dprk/hanoi-2019?without=ho-9", 404, "no give"),
        ("/assess/dprk/hanoi-2019?added=un-1", 404, "no measure"),
        ("/assess/dprk/hanoi-2019?as_of=yesterday", 400, "yesterday"),
        ("/assess/dprk/hanoi-2019?scope=odd", 400, "narrow or broad"),
        ("/assess/dprk/hanoi-2019?board=1", 400, "nothing is asked for"),
        ("/backtest/iran", 400, "needs three"),
        ("/exposure/iran", 400, "no export is on record"),
        ("/plan/dprk?budget=lots", 400, "write a number"),
        ("/plan/dprk?harm=-1", 400, "keep from 0"),
        ("/bridge/dprk/hanoi-2019?for=me", 400, "sender or target"),
        ("/chart/x/dprk/hanoi-2019.svg", 400, "no picture"),
        ("/why/dprk/%3Cscript%3E", 404, "&lt;script&gt;"),
        ("/map/dprk?as_of=2019-13-01", 400, "That cannot be answered"),
    ],
)
def test_bad_addresses_are_told_in_one_line(
    site: TestClient, path: str, status: int, said: str
) -> None:
    """With what was wrong and what is near; nothing of the address is run or read."""
    answer = site.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "<script>" not in answer.text.replace(
        '<script src="/static/site.js" defer></script>', ""
    )
    assert "Traceback" not in answer.text


def test_a_board_needs_something_asked_and_known(regime: Regime) -> None:
    """The same refusals without a server."""
    offer = api.offer(regime, "hanoi-2019")
    with pytest.raises(UsageError, match="nothing is asked for"):
        changed(regime, offer, scenario(regime, offer, {"board": ["1"]}))
    with pytest.raises(UnknownIdError, match="no measure"):
        scenario(regime, offer, {"board": ["1"], "ask": ["un-1"]})
