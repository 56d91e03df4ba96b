"""Reports: the same numbers on page, on paper and in JSON; nothing loaded or let through."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

import detente
from detente import negotiations
from detente.cli.main import main
from detente.law.regime import Regime
from detente.report import markup
from detente.report.assessment import page_of
from detente.report.brief import brief_of
from detente.report.coverage_chart import coverage_chart
from detente.report.document import Figure, Report, report_of
from detente.report.html import TEMPLATES, html
from detente.report.inline import inline_svg
from detente.report.matrix_chart import LETTERS, matrix_chart
from detente.report.named import named_rows
from detente.report.page import Column, Line, Page, Section, Table, percent
from detente.report.pdf import pdf
from detente.report.reports import assessment_report
from detente.report.timeline_chart import timeline_chart

DPRK: Final = detente.load("dprk")
COMMANDS: Final = {
    "assess": ("assess", "hanoi-2019"),
    "gap": ("gap", "hanoi-2019"),
    "bridge": ("bridge", "hanoi-2019"),
    "exposure": ("pressure", "exposure", "--offer", "hanoi-2019"),
    "plan": ("pressure", "plan", "--no-switches"),
    "watch": ("watch", "--regime", "dprk"),
    "claims": ("claims", "hanoi-brief-2019"),
    "why": ("why", "us-nkspea-104a"),
    "audit": ("audit", "dprk"),
    "precedents": ("precedents", "similar", "hanoi-2019"),
}
VOID: Final = {"meta", "br", "link", "img", "input", "hr"}
LOADS: Final = {"src", "href", "xlink:href", "srcset", "action", "data", "poster", "background"}
NUMBER: Final = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,}")


class Seen(HTMLParser):
    """What a browser would see in a file: tags with attributes, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and that text is in it."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that holds nothing."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Leave the tag that was entered last, which must be this one."""
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text that is shown."""
        if "style" not in self.inside:
            self.parts.append(data)

    @property
    def text(self) -> str:
        """The text on one line."""
        return " ".join(" ".join(self.parts).split())


def of_pdf(data: bytes) -> str:
    """Return the text of a PDF on one line."""
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


class Both(NamedTuple):
    """A report in both forms, and the JSON of the same command."""

    html: str
    pdf: bytes
    json: Any


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Both]:
    """Every command's report, written once."""
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DETENTE_STORE", raising=False)
        patch.setenv("XDG_DATA_HOME", str(folder / "none"))
        patch.chdir(folder)
        for name, command in COMMANDS.items():
            for form in ("html", "pdf", "json"):
                path = folder / f"{name}.{form}"
                assert main([*command, "--format", form, "-o", str(path)]) == 0
            found[name] = Both(
                (folder / f"{name}.html").read_text(encoding="utf-8"),
                (folder / f"{name}.pdf").read_bytes(),
                json.loads((folder / f"{name}.json").read_text(encoding="utf-8")),
            )
    return found


# The same numbers


def told(name: str, answer: Any) -> list[str]:
    """Return the numbers of a JSON answer as its page writes them."""
    if name == "assess":
        rows = [item["measure"] for item in answer["asked"]]
        counts = [str(n) for n in answer["regime_counts"].values() if isinstance(n, int)]
        spans = [
            percent(*(area[key][end] for end in ("low", "central", "high")))
            for area in answer["areas"] for key in ("now", "if_kept")
        ]  # fmt: skip
        return [*rows, *counts, *spans, *(rule["why"] for rule in answer["rules"]),
                *(answer["receipt"][k] for k in ("regime_edition", "evidence_digest"))]  # fmt: skip
    if name == "gap":
        shares = [ruler["asked"] for ruler in answer["rulers"] if ruler["asked"]]
        return [f"{100 * share['central']:.0f} %" if share["low"] == share["high"]
                else f"({100 * share['central']:.1f})" for share in shares]  # fmt: skip
    if name == "bridge":
        return [f"({100 * item['pressure_kept']['central']:.1f})" for item in answer["packages"]
                if item["pressure_kept"]["low"] < item["pressure_kept"]["high"]]  # fmt: skip
    if name == "exposure":
        sums = [item["cumulative"]["central"] for item in answer["by_instrument"]]
        return [f"{100 * share:.1f}" for share in (*sums, answer["cumulative"]["central"])]
    if name == "plan":
        return [f"{answer['value']:,.0f}", *(f"{q['value']:,.1f}" for q in answer["quarters"])]
    return []


@pytest.mark.parametrize("name", ["assess", "gap", "bridge", "exposure", "plan"])
def test_page_and_paper_say_the_numbers_of_the_json(made: dict[str, Both], name: str) -> None:
    """What the JSON says stands in the HTML and in the PDF, written as the page writes it."""
    one = made[name]
    wanted = told(name, one.json)
    assert len(wanted) > 5
    pages = {"html": Seen(one.html).text, "pdf": of_pdf(one.pdf).replace("- ", "-")}
    for form, text in pages.items():
        missing = [w for w in wanted if squeezed(w) not in squeezed(text)]
        assert missing == [], form


def squeezed(text: str) -> str:
    """Return a text without spaces: a PDF breaks lines where it likes."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", COMMANDS)
def test_paper_has_every_number_that_the_screen_has(made: dict[str, Both], name: str) -> None:
    """Every number of three digits or with a fraction that the HTML has, the PDF has too."""
    screen = set(NUMBER.findall(Seen(re.sub(r"<svg.*?</svg>", "", made[name].html)).text))
    paper = squeezed(of_pdf(made[name].pdf))
    command = set(NUMBER.findall(" ".join(COMMANDS[name])))
    assert len(screen) > 5
    assert [number for number in screen - command if number not in paper] == []


# Nothing is loaded, and nothing gets through


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_loads_nothing(made: dict[str, Both], name: str) -> None:
    """No script, no style sheet or picture from elsewhere; links lead into the page alone."""
    seen = Seen(made[name].html)
    assert {tag for tag, _ in seen.tags} & {
        "script", "link", "iframe", "img", "object", "embed", "base", "form", "image", "use",
    } == set()  # fmt: skip
    addresses = [value or "" for _, a in seen.tags for key, value in a.items() if key in LOADS]
    assert [address for address in addresses if not address.startswith("#")] == []
    assert [key for _, a in seen.tags for key in a if key.startswith("on")] == []
    assert "url(" not in made[name].html
    assert "@import" not in made[name].html
    policy = [a["content"] for _, a in seen.tags if "http-equiv" in a]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


BAD: Final = (
    "</style><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" autofocus onfocus="x',
    "{{ 7*7 }} {% raw %}", "#import \"@preview/x:1.0.0\"", "#read(\"/etc/passwd\")",
    "$ x^2 $ *bold* _it_ `raw` @ref <label> = Heading", "\\u{41} ~ // /* no comment */ [#x]",
    "&lt;b&gt; &amp; ]]> --", "- item", "#{panic(\"x\")}",
)  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_a_hostile_text_is_shown_as_it_is(text: str) -> None:
    """Markup of any kind, wherever it stands in the data, is text on the page and on paper."""
    table = Table((Column(text), Column(text, wrap=True)), ((text, text),))
    page = Page(text, (Line(text, text),), (Section(text, text, table, (text,)),))
    report = report_of(page, text, brief=page.sections)
    seen = Seen(html(report))
    assert seen.text.count(" ".join(text.removeprefix("- ").split())) >= 12
    assert {tag for tag, _ in seen.tags} & {"script", "img", "b", "label"} == set()
    assert squeezed(text.removeprefix("- ")).rstrip("-") in squeezed(of_pdf(pdf(report)))


def test_control_characters_stay_out() -> None:
    """Escape codes, and characters that turn the direction of text, are blanks."""
    page = Page("a\x1b[31mb\u202ec\x00d", (Line("x", "e\x07f"),))
    report = report_of(page, "detente")
    for text in (html(report), of_pdf(pdf(report))):
        assert not re.search("[\x00\x07\x1b\u202e]", text)
        assert "b c d" in text


def test_han_and_hangul_are_written_or_romanised(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a font of the machine for them they are romanised; they are never left as boxes."""
    report = report_of(Page("조선 and 制裁", (Line("x", "y"),)), "detente")
    monkeypatch.setattr("detente.report.pdf._OTHERS", re.compile("no such family"))
    assert "JoSeon and ZhiCai" in of_pdf(pdf(report))
    assert "조선" in Seen(html(report)).text


# Who can read it


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_landmarks_headings_and_tables_that_can_be_followed(
    made: dict[str, Both], name: str
) -> None:
    """One title, headings that skip no level, a way past the head, ids once, tables with heads."""
    tags = Seen(made[name].html).tags
    names = [tag for tag, _ in tags]
    levels = [int(tag[1]) for tag in names if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(two <= one + 1 for one, two in pairwise(levels))
    assert [names.count(tag) for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    links = [(a["href"] or "")[1:] for tag, a in tags if tag == "a"]
    assert links[0] == "main"
    assert set(links) <= set(ids)
    assert names.count("table") == names.count("caption") == names.count("thead")
    assert all(a.get("scope") in ("row", "col") for tag, a in tags if tag == "th")
    drawn = [a for _, a in tags if a.get("role") == "img"]
    assert len(drawn) == names.count("svg") == names.count("figure")
    assert all(len(a["aria-label"] or "") > 30 for a in drawn)
    assert not any("scroll" in (a.get("class") or "") and "tabindex" not in a for _, a in tags)


def test_colours_have_the_contrast_that_wcag_asks_for() -> None:
    """Text on paper reaches 4.5 to 1, in the light theme and in the dark one."""
    sheet = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    themes = re.findall(r":root \{([^}]*--good: #[0-9a-f]{6}[^}]*)\}", sheet)
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--(\w+): #([0-9a-f]{3,6})\b", theme))
        for name in ("ink", "quiet", "link", "good", "warn", "bad"):
            for ground in ("paper", "wash"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour."""
    full = "".join(char * 2 for char in colour) if len(colour) == 3 else colour
    parts = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_pdf_is_tagged_and_brings_its_fonts(made: dict[str, Both], name: str) -> None:
    """It says that it follows PDF/UA, has a title and a language, and every font is in it."""
    reader = PdfReader(io.BytesIO(made[name].pdf))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    pages: list[Any] = list(reader.pages)
    fonts = [font.get_object() for page in pages
             for font in page["/Resources"].get("/Font", {}).values()]  # fmt: skip
    inner = [f["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts]
    assert inner
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(d.get_object()) for d in inner)


# The brief


def test_the_brief_of_hanoi_takes_two_pages(made: dict[str, Both]) -> None:
    """Asked, needed, missing, lawful, how sure and says who stand on them; tables begin after."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made["assess"].pdf)).pages]
    first = " ".join(" ".join(pages[:2]).split())
    for part in ("What was asked", "What it would need, and who decides", "What was missing",
                 "What would have been lawful", "How sure we are", "Says who",
                 "the UN Security Council", "r-un-no-nuclear-test"):  # fmt: skip
        assert part in first
    assert pages[2].lstrip().startswith("Full tables")


def test_the_brief_cites_every_row_of_its_tables() -> None:
    """Each way out and each thing that is missing stands with a provision."""
    result = detente.assess(DPRK, "hanoi-2019")
    for section in brief_of(result, None, DPRK):
        if section.table is not None:
            heads = [column.name for column in section.table.columns]
            assert all(row[heads.index("citation")] for row in section.table.rows)


OFFERS: Final = [
    (regime, path.stem)
    for regime in ("dprk", "iran", "south-africa", "syria")
    for path in sorted((Path(detente.load(regime).folder) / "offers").glob("*.yaml"))
]


@pytest.mark.parametrize(("ref", "offer"), OFFERS, ids=[offer for _, offer in OFFERS])
def test_every_offer_that_ships_can_be_reported(ref: str, offer: str) -> None:
    """A report of each is made in both forms, with the three pictures."""
    regime = detente.load(ref)
    report = assessed(regime, offer)
    assert len(report.figures) == 3
    assert html(report).count("<svg") == 3
    assert pdf(report).startswith(b"%PDF")


def assessed(regime: Regime, offer: str) -> Report:
    """Return the report of an offer."""
    result = detente.assess(regime, offer)
    bridges = negotiations.bridge(regime, offer)
    return assessment_report(page_of(result, regime), result, bridges, regime)


def test_a_report_is_the_same_each_time() -> None:
    """Two runs write the same bytes: no clock, no path, no chance."""
    first, second = assessed(DPRK, "hanoi-2019"), assessed(DPRK, "hanoi-2019")
    assert html(first) == html(second)
    assert pdf(first) == pdf(second)


@pytest.mark.parametrize("command", [COMMANDS["assess"], COMMANDS["plan"], COMMANDS["why"]])
@pytest.mark.parametrize("order", [0, 1])
def test_a_pdf_is_not_printed_on_a_terminal(
    command: tuple[str, ...], order: int, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], tmp_path: Path,
) -> None:  # fmt: skip
    """One line says what to do; with a file, wherever ``-o`` stands, it is written."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main([*command, "--format", "pdf"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "detente: a PDF is no text; write it to a file with -o FILE\n")
    file = ["-o", str(tmp_path / "a.pdf")]
    form = ["--format", "pdf"]
    assert main([*command, *(form + file if order else file + form)]) == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


# Rows, and the parts of a text


def test_every_row_that_a_page_names_is_cited() -> None:
    """The measures asked for, their paths and what is missing stand with citation and source."""
    result = detente.assess(DPRK, "hanoi-2019")
    found = {row.id: row for row in named_rows(page_of(result, DPRK), [DPRK])}
    for item in result.asked:
        assert found[item.measure].citation == item.citation
        assert {path.path for path in item.paths} <= set(found)
    assert "f-unsc-review" in found
    assert all(row.citation or row.sources for row in found.values())
    assert {"komid"} <= set(found)  # an id of one word, in a cell of its own


@given(st.text(), st.frozensets(st.text(max_size=8)))
def test_the_pieces_of_a_text_are_the_text(text: str, rows: frozenset[str]) -> None:
    """Nothing is lost or added where ids are found, and what is found is a row."""
    parts = list(markup.pieces(text, rows))
    assert "".join(part for part, _ in parts) == text
    assert all(part in rows for part, row in parts if row)


@given(
    st.lists(st.lists(st.text("ab -", max_size=60), min_size=3, max_size=3), max_size=6),
    st.integers(30, 140),
)
def test_the_columns_share_a_line(cells: list[list[str]], room: int) -> None:
    """Every column gets something; where all fit, they stay as they are."""
    table = Table(
        (Column("a"), Column("b", wrap=True), Column("c", right=True)),
        tuple((a, b, c) for a, b, c in cells),
    )
    shares = markup.shares(table, room)
    if shares is None:
        assert sum(max(len(row[i]) for row in [*cells, ["a"] * 3]) + 2 for i in range(3)) <= room
    else:
        assert min(shares) >= 4


# Pictures


def values(spec: Any) -> list[dict[str, Any]]:
    """Return every value that stands in a specification."""
    if isinstance(spec, list):
        return [value for item in spec for value in values(item)]
    if not isinstance(spec, dict):
        return []
    own = spec.get("data", {}).get("values", []) if isinstance(spec.get("data"), dict) else []
    return [*own, *(value for item in spec.values() for value in values(item))]


def test_the_matrix_has_a_bar_for_each_measure_and_area() -> None:
    """As many bars as the regime has pairs of a measure in force and an area of it."""
    result = detente.assess(DPRK, "hanoi-2019")
    bars = [value for value in values(matrix_chart(result, DPRK)) if "bottom" in value]
    pairs = sum(max(len(DPRK.measures[m.measure].areas), 1) for m in result.in_force)
    assert len(bars) == pairs
    assert len({bar["left"] for bar in bars}) == result.regime_counts.in_force
    heights = [height for _, _, height in LETTERS]
    assert heights == sorted(heights, reverse=True)


def test_the_coverage_shows_the_shares_of_the_assessment() -> None:
    """Low, central and high of each area are those of the assessment."""
    result = detente.assess(DPRK, "hanoi-2019")
    kept = {v["area"]: v for v in values(coverage_chart(result)) if "kept" in v.get("what", "")}
    for area in result.areas:
        assert area.if_kept is not None
        shown = kept[area.short]
        assert (shown["low"], shown["central"], shown["high"]) == (
            area.if_kept.low, area.if_kept.central, area.if_kept.high,
        )  # fmt: skip


@pytest.mark.parametrize("ref", ["dprk", "iran", "south-africa", "syria"])
def test_the_timeline_ends_at_the_measures_in_force(ref: str) -> None:
    """The last step is the number of measures in force on the day; nothing lies after it."""
    regime = detente.load(ref)
    day = regime.reference_date
    found = [value for value in values(timeline_chart(regime, day)) if "day" in value]
    steps = [value for value in found if "row" not in value]
    assert steps[-1] == {"day": day.isoformat(), "measures": len(regime.as_of(day).in_force)}
    assert max(value["day"] for value in found) <= day.isoformat()


def test_many_dots_become_one_path_and_none_is_lost() -> None:
    """A picture of thousands of dots keeps every one of them, in a tenth of the length."""
    points = [{"x": i % 40, "y": i // 40} for i in range(1000)]
    spec = {
        "data": {"values": points}, "mark": {"type": "circle", "size": 9, "opacity": 1},
        "encoding": {key: {"field": key, "type": "quantitative"} for key in ("x", "y")},
    }  # fmt: skip
    drawn = inline_svg(spec, "p-")
    assert len(re.findall(r"M\d+\.\d,\d+\.\dh0(?=M|\")", drawn)) == 1000
    assert len(drawn) < 40_000


def test_ids_of_two_pictures_differ() -> None:
    """What a picture refers to in itself begins with its own prefix."""
    spec = {
        "data": {"values": [{"x": 1}]}, "mark": {"type": "bar", "clip": True, "color": {
            "gradient": "linear", "stops": [{"offset": 0, "color": "red"},
                                            {"offset": 1, "color": "blue"}]}},
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    }  # fmt: skip
    page = Page("x", (Line("a", "b"),))
    figures = [Figure(title="one", text="what it shows", spec=spec)] * 2
    text = html(report_of(page, "detente", figures=figures))
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert any(id_.startswith("f2-") for id_ in ids)
    assert len(ids) == len(set(ids))
    used = re.findall(r"url\(#([^)]*)\)", text)
    assert set(used) <= set(ids)
