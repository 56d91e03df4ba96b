"""The picture of ways out: its specification, what stands in it, and that all of it can be read."""

from __future__ import annotations

import itertools
import json
import struct
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import pytest

from detente.errors import UsageError
from detente.relief.exit_results import (
    AreaAsk,
    Decider,
    ExitComparison,
    Exits,
    Limits,
    Portion,
    Steps,
    Terms,
    Ways,
)
from detente.relief.receipt import Receipt
from detente.report import pictures
from detente.report.charts import WAYS, exits_chart
from detente.report.exits import exits_page
from detente.report.markdown import markdown
from detente.report.terminal import plain

GOLDEN: Final = Path(__file__).parent.parent / "golden" / "exits-chart.json"


def made_up(
    id_: str,
    name: str,
    ways: tuple[int, int, int],
    areas: tuple[tuple[str | None, str, int], ...] = (),
    also: int = 0,
) -> Exits:
    """Return a regime's numbers as they might be."""
    total = sum(ways)
    portions = [Portion(measures=n, share=n / total if total else None) for n in ways]
    steps = Steps(measures=ways[0], smallest=1, median=2.5, capped=0)
    terms = Terms(paths=0, shortest_days=None, longest_days=None)
    receipt = Receipt(regime_edition="1" * 32, evidence_digest="2" * 32, evidence=("x",),
                      version="0.1.0", command="detente")  # fmt: skip
    return Exits(
        regime=id_, name=name, as_of=date(2019, 2, 28), in_force=total, unknown_in_force=0,
        ways=Ways(conditional=portions[0], discretionary=portions[1], no_way_out=portions[2],
                  also_by_conduct=also),
        conduct=sum(n for _, _, n in areas),
        areas=tuple(AreaAsk(area=a, name=s, short=s, conduct=n, asking=n, imposed=n)
                    for a, s, n in areas),
        steps_asked=steps, steps_missing=steps,
        limits=Limits(ending=terms, easing=Terms(paths=2, shortest_days=30, longest_days=365),
                      sunset=0, emergency=0,
                      waiting={"elapsed": 1, "silence": 0, "deferred": 0, "after": 0, "report": 0}),
        deciders=(Decider(decider="council", name="the council", measures=1),),
        self_executing=0, receipt=receipt,
    )  # fmt: skip


TWO: Final = ExitComparison(
    regimes=(
        made_up("north", "Sanctions on the North", (21, 135, 9),
                (("arms", "arms", 12), ("rights", "human rights", 0), (None, "no issue area", 1)),
                also=16),
        made_up("south", "Sanctions on the South", (1, 98, 1), (("trade", "trade", 7),)),
    )
)  # fmt: skip
LONG: Final = "Sanctions on the United Federated Provinces of the Middle and Lower River"
CASES: Final = {
    "two": TWO,
    "long names": ExitComparison(
        regimes=tuple(
            made_up(f"r-{n}", LONG, (n, 40, 1), (("a", "a rather long area", n),), also=3)
            for n in range(4)
        )
    ),
    "twelve": ExitComparison(
        regimes=tuple(
            made_up(f"regime-{n}", f"Sanctions on Country {n}", (n, 2 * n, 250),
                    tuple((f"area-{i}", f"area {i}", 7 * i) for i in range(n)), also=n)
            for n in range(12)
        )
    ),
    "one way only": ExitComparison(
        regimes=(made_up("a", "A", (0, 1000, 0)), made_up("b", "B", (0, 0, 1)))
    ),
    "nothing in force": ExitComparison(
        regimes=(made_up("a", "A", (0, 0, 0)), made_up("b", "B", (3, 0, 0)))
    ),
}  # fmt: skip


def test_the_specification_stays_as_it_is() -> None:
    """What is drawn of two made-up regimes is what stands in the golden file."""
    assert exits_chart(TWO) == json.loads(GOLDEN.read_text(encoding="utf-8"))


class Box(NamedTuple):
    """Where a line of text stands, in pixels of the picture, and what it says."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def meets(self, other: Box) -> bool:
        """Return whether two texts lie over each other."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def boxes(node: Any, x: float, y: float, kind: str = "") -> Iterator[Box]:
    """Yield every text of a scene."""
    if isinstance(node, list):
        for item in node:
            yield from boxes(item, x, y, kind)
        return
    if "text" in node and kind == "text":
        if node.get("stroke") is None:  # the halo of a number is drawn below it
            yield from lines_of(node, x + node.get("x", 0), y + node.get("y", 0))
        return
    inside = "marktype" not in node
    dx, dy = (node.get("x", 0), node.get("y", 0)) if inside else (0, 0)
    yield from boxes(node.get("items", []), x + dx, y + dy, node.get("marktype", kind))


def width_of(text: str) -> float:
    """Return the width of a text in the size of its letters: narrow, wide and other ones."""
    return sum(
        0.28 if char in "fijlrtI.,:;'/|() -" else 0.85 if char in "mwMW%" else
        0.69 if char.isupper() else 0.56
        for char in text
    )  # fmt: skip


def lines_of(item: dict[str, Any], x: float, y: float) -> Iterator[Box]:
    """Yield the lines of one text."""
    size = item["fontSize"]
    texts = item["text"] if isinstance(item["text"], list) else [item["text"]]
    x, y = x + item.get("dx", 0), y + item.get("dy", 0)
    base = {"top": 0.8, "middle": 0.3, "bottom": -0.21}.get(item.get("baseline", ""), 0) * size
    for number, text in enumerate(texts):
        long = size * width_of(str(text))
        left = x - {"right": long, "center": long / 2}.get(item.get("align", "left"), 0)
        down = y + base + number * item.get("lineHeight", size + 2)
        if str(text).strip():
            yield Box(left, down - 0.75 * size, left + long, down + 0.2 * size, str(text))


@pytest.mark.parametrize("name", CASES)
def test_no_text_lies_over_another_or_is_cut_off(name: str) -> None:
    """Every line of text stands apart, and inside the picture."""
    import vl_convert

    scene = vl_convert.vegalite_to_scenegraph(
        exits_chart(CASES[name]), vl_version=pictures.VEGA_LITE
    )
    found = list(boxes(scene["scenegraph"], *scene["origin"]))
    assert len(found) > 20
    assert [(a, b) for a, b in itertools.combinations(found, 2) if a.meets(b)] == []
    slack = 6  # widths are estimated
    assert [
        box
        for box in found
        if box.left < -slack or box.top < 0
        or box.right > scene["width"] + slack or box.bottom > scene["height"]
    ] == []  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_count_can_be_read(name: str) -> None:
    """A count stands in its part of the bar, or below the bar where the part is too narrow."""
    drawn = pictures.svg(exits_chart(CASES[name]))
    for item in CASES[name].regimes:
        for field, word, *_ in WAYS:
            count = getattr(item.ways, field).measures
            assert not count or f">{count}<" in drawn or f"{count} {word}" in drawn
        if item.ways.also_by_conduct:
            assert f"{item.ways.also_by_conduct} of the discretionary also" in drawn


def test_the_picture_names_regimes_days_editions_and_words() -> None:
    """Title, legend, names, number of measures, day and edition stand in the SVG as text."""
    drawn = pictures.svg(exits_chart(TWO))
    for text in ("How hard is the way out?", "Sanctions on the North", "165 measures, 2019-02-28",
                 "edition 111111111111", "conditional: every ending path needs conduct",
                 "1 conditional; 1 with no way out", "human rights", "no issue area"):  # fmt: skip
        assert text in drawn


def lightness(colour: str) -> float:
    """Return how light a colour prints in grey, from 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_ways_are_told_apart_in_grey() -> None:
    """Lightness differs by a quarter of the scale at least, and ink from its ground by half."""
    greys = [lightness(way[3]) for way in WAYS]
    assert min(abs(a - b) for a, b in itertools.combinations(greys, 2)) > 0.25
    for _, _, _, ground, ink in WAYS:
        assert abs(lightness(ground) - lightness("#" + 2 * ink[1:])) > 0.5


def test_nothing_is_fetched() -> None:
    """The specification carries its data; its only address is the name of its schema."""
    spec = exits_chart(TWO)
    assert spec.pop("$schema").endswith("/v6.json")
    text = json.dumps(spec)
    assert "://" not in text
    assert '"url"' not in text


def test_a_name_is_text_whatever_stands_in_it() -> None:
    """Markup, quotes and expressions in a regime's name are shown, not run."""
    name = "<script>'\"]+alert(1)\\ \x1b\u2028 & Co"
    item = made_up("odd", name, (1, 1, 1), (("a'\"]", "<b>", 1),))
    other = msgspec.structs.replace(TWO.regimes[0], regime="odd too", name=name)
    drawn = pictures.svg(exits_chart(ExitComparison(regimes=(item, other))))
    assert drawn.count("&lt;script&gt;'") >= 2
    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert "\x1b" not in drawn


def test_regimes_of_the_same_name_stay_two_and_areas_of_one_short_name_meet() -> None:
    """Regimes are kept apart by id; each declares its areas, which share a line by short name."""
    twins = ExitComparison(
        regimes=(made_up("a", "Twin", (1, 0, 0), (("x", "same", 1),)),
                 made_up("b", "Twin", (0, 5, 0), (("y", "same", 2),)))
    )  # fmt: skip
    drawn = pictures.svg(exits_chart(twins))
    assert "1 measure, 2019" in drawn
    assert "5 measures, 2019" in drawn
    assert drawn.count(">same<") == 1


def test_a_png_has_two_dots_to_the_pixel() -> None:
    """It is a PNG, twice as wide as the SVG."""
    spec = exits_chart(TWO)
    drawn = pictures.png(spec)
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    wide = int(pictures.svg(spec).partition('width="')[2].partition('"')[0])
    assert struct.unpack(">I", drawn[16:20]) == (2 * wide,)


def test_pictures_are_the_same_each_time() -> None:
    """The same answer gives the same file."""
    spec = exits_chart(TWO)
    assert pictures.svg(spec) == pictures.svg(spec)
    assert pictures.png(spec) == pictures.png(spec)


def test_without_the_renderer_the_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everything but pictures works without it."""
    monkeypatch.setitem(__import__("sys").modules, "vl_convert", None)
    with pytest.raises(UsageError, match="pip install vl-convert-python"):
        pictures.svg(exits_chart(TWO))


# The page


def test_the_page_says_each_line_and_each_word() -> None:
    """Regimes stand across, lines down; an area that a regime does not declare is a dash."""
    text = plain(exits_page(TWO))
    flat = " ".join(text.split())
    assert "north of 165 measures in force on 2019-02-28, 21 conditional, 135 disc" in flat
    assert "conditional 21 (13 %) 1 (1 %)" in flat
    assert "asked / asking / imposed: human rights 0 / 0 / 0 -" in flat
    assert "cheapest way out: median 2.5 2.5" in flat
    assert "easing paths for a term (days) 2 (30-365) 2 (30-365)" in flat
    assert "unknown whether in force" not in text
    for word in ("conditional", "discretionary", "no way out", "also by conduct", "conduct asked",
                 "cheapest way out", "for a term", "sunset", "emergency", "waiting period",
                 "who decides", "by itself"):  # fmt: skip
        assert f"- {word}: " in text


def test_a_search_that_was_cut_is_said() -> None:
    """The number is then an upper bound."""
    cut = Steps(measures=3, smallest=4, median=5.0, capped=1)
    first = msgspec.structs.replace(TWO.regimes[0], steps_asked=cut, unknown_in_force=2)
    text = plain(exits_page(ExitComparison(regimes=(first, TWO.regimes[1]))))
    assert "at most 4" in text
    assert "unknown whether in force" in text


def test_more_regimes_than_fit_go_on_in_a_further_table() -> None:
    """No line is wider than 100 columns, and every regime has its column."""
    text = plain(exits_page(CASES["twelve"]))
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("\nSide by side") == 2
    heads = [line for line in markdown(exits_page(CASES["twelve"])).splitlines()
             if line.startswith("| line |")]  # fmt: skip
    assert sum(head.count("regime-") for head in heads) == 12


def test_a_decider_of_two_regimes_has_one_line_and_a_name() -> None:
    """Deciders are one where their ids are; a regime that names them names them for all."""
    unnamed = (Decider(decider="council", name="council", measures=4),)
    regimes = (msgspec.structs.replace(TWO.regimes[1], deciders=unnamed), TWO.regimes[0])
    text = plain(exits_page(ExitComparison(regimes=regimes)))
    assert [line.split() for line in text.splitlines() if line.startswith("decides:")] == [
        ["decides:", "the", "council", "4", "1"]
    ]
