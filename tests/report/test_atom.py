"""A feed has what RFC 4287 demands, whatever its texts hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UsageError
from detente.report.atom import Entry, feed

NS = "{http://www.w3.org/2005/Atom}"
FEED = "tag:detente.example,2019:watch"
ODD = "<b>&\"'</b> ]]> \x00\x08\ufffe\ud800 \u200e\uae40"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
NEWS = Entry(
    id="urn:detente:un-sc:KPi.033:delisted",
    title="KPi.033 is no longer listed",
    updated="2019-01-04",
    summary="Delisted by the Committee.",
    categories=("delisting", "un-sc", "delisting"),
)


def only(node: ET.Element, tag: str) -> ET.Element:
    """The one child of that name, which the RFC allows once."""
    found = node.findall(NS + tag)
    assert len(found) == 1, tag
    return found[0]


def said(node: ET.Element, tag: str) -> str:
    """The text of the one child of that name."""
    return only(node, tag).text or ""


def check_common(node: ET.Element) -> None:
    """Sections 4.1.1 and 4.1.2: one id, one title, one updated; ids are absolute (4.2.6)."""
    assert re.match(r"[a-z][a-z0-9+.-]*:.", said(node, "id"))
    assert only(node, "title").get("type", "text") == "text"
    assert not list(only(node, "title"))
    assert MOMENT.fullmatch(said(node, "updated"))  # RFC 3339 with capitals, section 3.3
    assert all(category.get("term") for category in node.findall(NS + "category"))
    for author in node.findall(NS + "author"):
        assert said(author, "name")


def check(text: str) -> ET.Element:
    """Hold a document against the rules of RFC 4287, and return its root."""
    root = ET.fromstring(text.encode())  # what cannot be parsed is no document
    assert root.tag == f"{NS}feed"
    assert {child.tag for child in root} <= {NS + t for t in
            ("id", "title", "updated", "author", "category", "link", "entry")}  # fmt: skip
    check_common(root)
    entries = root.findall(NS + "entry")
    # 4.1.1: an author of the feed, or of every entry.
    assert root.findall(NS + "author") or all(e.findall(NS + "author") for e in entries)
    for entry in entries:
        check_common(entry)
        assert len(entry.findall(NS + "content")) <= 1
        assert len(entry.findall(NS + "summary")) <= 1
        alternates = [
            link
            for link in entry.findall(NS + "link")
            if link.get("rel", "alternate") == "alternate"
        ]
        # 4.1.2: an entry without content leads to its alternate; no two of the same kind.
        assert entry.findall(NS + "content") or alternates
        assert len(alternates) <= 1
        assert all(link.get("href") for link in alternates)  # 4.2.7.1
    ids = [said(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    return root


def test_a_feed_has_all_that_the_rfc_demands() -> None:
    """The texts come back as they were given, a day as its first moment in UTC."""
    root = check(feed("Watch", FEED, "2019-02-28T09:00:00+09:00", [NEWS]))
    assert (said(root, "id"), said(root, "updated")) == (FEED, "2019-02-28T00:00:00Z")
    assert said(only(root, "author"), "name") == "Detente"
    entry = only(root, "entry")
    assert said(entry, "id") == NEWS.id
    assert said(entry, "title") == NEWS.title
    assert said(entry, "updated") == "2019-01-04T00:00:00Z"
    assert said(entry, "content") == NEWS.summary
    assert [c.get("term") for c in entry.findall(f"{NS}category")] == ["delisting", "un-sc"]


def test_a_feed_without_news_is_a_feed() -> None:
    """Readers subscribe before anything happens."""
    assert check(feed("Watch", FEED, "2019-02-28", [])).findall(f"{NS}entry") == []


def test_an_entry_with_a_page_leads_there() -> None:
    """The text is then the summary of the page."""
    linked = Entry(id="urn:x:1", title="T", updated="2019-01-04", summary="S",
                   link="https://example.org/?a=1&b=2")  # fmt: skip
    entry = only(check(feed("Watch", FEED, "2019-02-28", [linked])), "entry")
    assert only(entry, "link").get("href") == linked.link
    assert said(entry, "summary") == "S"


def test_hostile_text_is_text() -> None:
    """Markup is escaped, and what XML forbids is replaced, wherever a text may stand."""
    news = Entry(id="urn:x:1", title=ODD, updated="2019-01-04", summary=ODD, categories=(ODD,))
    text = feed(ODD, FEED, "2019-02-28", [news], author=ODD)
    entry = only(check(text), "entry")
    clean = "<b>&\"'</b> ]]> \ufffd\ufffd\ufffd\ufffd \u200e\uae40"
    assert said(entry, "title") == said(entry, "content") == clean
    assert only(entry, "category").get("term") == clean
    assert "<b>" not in text


@given(st.text(), st.text(), st.text(min_size=1))
def test_any_text_makes_a_feed(title: str, summary: str, word: str) -> None:
    """No text of any list can break the document."""
    news = Entry(id="urn:x:1", title=title, updated="2019-01-04", summary=summary,
                 categories=(word,))  # fmt: skip
    check(feed(title, FEED, "2019-02-28", [news]))


def test_the_same_news_makes_the_same_bytes() -> None:
    """Nothing of the day or the machine gets in."""
    assert feed("Watch", FEED, "2019-02-28", [NEWS]) == feed("Watch", FEED, "2019-02-28", [NEWS])
    start = "<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
    assert feed("Watch", FEED, "2019-02-28", [NEWS]).startswith(start)


@pytest.mark.parametrize("entries", [[NEWS, NEWS], [Entry(
    id=FEED, title="T", updated="2019-01-04", summary="")]])  # fmt: skip
def test_an_id_stands_once(entries: list[Entry]) -> None:
    """A reader would take the second for the first, read already."""
    with pytest.raises(UsageError, match="stands twice"):
        feed("Watch", FEED, "2019-02-28", entries)


@pytest.mark.parametrize("id_", ["", "1", "urn:", "tag:x", "http://example.org/1", "urn:x:a b"])
def test_an_id_that_will_not_last_is_refused(id_: str) -> None:
    """Addresses of pages move; tag and urn do not."""
    with pytest.raises(UsageError, match="lasting id"):
        feed("Watch", id_, "2019-02-28", [])


@pytest.mark.parametrize("day", ["", "yesterday", "2019-02-30"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    """The message says how a day is written."""
    with pytest.raises(UsageError, match="2019-01-04"):
        feed("Watch", FEED, day, [])


@pytest.mark.parametrize("link", ["javascript:alert(1)", "/here", "https://a b"])
def test_a_link_leads_to_the_web(link: str) -> None:
    """A feed is read by programs that follow links."""
    news = Entry(id="urn:x:1", title="T", updated="2019-01-04", summary="", link=link)
    with pytest.raises(UsageError, match="address of the web"):
        feed("Watch", FEED, "2019-02-28", [news])
