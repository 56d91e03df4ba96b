"""A report as PDF: set by typst from data, tagged for readers that speak, the same bytes each time.

No text of the data is ever read as markup: it stands in a JSON file beside the template, which
puts each text in as a text. Pictures lie beside it as SVG.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import msgspec

from detente.errors import UsageError
from detente.report import markup
from detente.report.document import Report
from detente.report.html import TEMPLATES
from detente.report.inline import inline_svg
from detente.report.page import Section

STANDARD: Final = "ua-1"
"""PDF/UA-1: headings, tables and pictures are tagged, and pictures have a text."""

FACE: Final = "Libertinus Serif"
"""Comes with typst; every script of Latin, Greek and Cyrillic."""

_ROOM: Final = 118
"""Characters of a line of a table."""

_PIXELS: Final = 1060
"""Pixels of a picture that takes the whole width."""

_TALLEST: Final = 1.1
"""Height of a picture at most, in widths of a page, so that the answer has room above it."""

_SIZE: Final = re.compile(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"')
_FAMILY: Final = re.compile(r'font-family="[^"]*"')
_OTHERS: Final = re.compile("CJK|Source Han|Nanum|Malgun|PingFang|Hiragino|YaHei|WenQuanYi")
"""Families of fonts for Han and Hangul, by part of their name."""


def pdf(report: Report) -> bytes:
    """Return ``report`` as a PDF of A4 pages: the brief first, then the tables.

    Raises:
        UsageError: the typesetter is not installed.
    """
    typst = _typesetter()
    told = _data(report)
    faces, fonts = _faces(typst, msgspec.json.encode(told).decode())
    if len(faces) == 1:  # no font of this machine: what the rest cannot show is romanised
        told = _map(told, _romanised)
    told["faces"] = faces
    pictures = [
        _FAMILY.sub(f'font-family="{FACE}"', inline_svg(figure.spec, f"f{number}-"))
        for number, figure in enumerate(report.figures)
    ]
    told["widths"] = [_share(picture) for picture in pictures]
    with tempfile.TemporaryDirectory(prefix="detente-") as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes((TEMPLATES / "report.typ").read_bytes())
        (folder / "data.json").write_bytes(msgspec.json.encode(told))
        for number, picture in enumerate(pictures):
            (folder / f"{number}.svg").write_text(picture, encoding="utf-8")
        made: bytes = typst.compile(
            folder / "main.typ", root=folder, font_paths=fonts, pdf_standards=STANDARD, timestamp=0
        )
    return made


def _share(picture: str) -> float:
    """The share of a page's width that a picture takes: letters of one size, and it fits below."""
    size = _SIZE.search(picture)
    if size is None:
        return 1.0
    width, height = float(size[1]), float(size[2])
    return min(1.0, width / _PIXELS, _TALLEST * width / height)


def _typesetter() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise UsageError("a PDF needs typst; pip install typst") from None
    return typst


def _data(report: Report) -> dict[str, Any]:
    """The report as the template reads it: texts, never markup."""
    cited = {section.title for section in report.cited if section.table is not None}

    def part(section: Section) -> dict[str, Any]:
        table = section.table if section.table and section.table.rows else None
        return {
            "title": section.title,
            "remark": section.remark,
            "lines": [markup.item(line)._asdict() for line in section.lines],
            "anchors": section.title in cited,
            "table": table and {
                "columns": [msgspec.structs.asdict(column) for column in table.columns],
                "shares": markup.shares(table, _ROOM),
                "rows": table.rows,
            },
        }  # fmt: skip

    told = {
        "title": report.page.title,
        "answer": [
            {"label": group.label,
             "lines": [{"text": line.text, "tone": line.tone} for line in group.lines]}
            for group in markup.groups(report.page.answer)
        ],
        "brief": [part(section) for section in report.brief],
        "figures": [{"title": f.title, "text": f.text} for f in report.figures],
        "sections": [part(section) for section in report.page.sections],
        "cited": [part(section) for section in report.cited],
        "colophon": [{"label": line.label, "text": line.text} for line in report.colophon],
        "shapes": markup.SHAPES,
    }  # fmt: skip
    cleaned: dict[str, Any] = _map(told, markup.printable)
    return cleaned


def _map(value: Any, change: Any) -> Any:
    """Change every text in nested data."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _map(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_map(item, change) for item in value]
    return value


def _faces(typst: ModuleType, text: str) -> tuple[list[str], Any]:
    """The families to set a text in: our own, and one of the machine's where it needs others."""
    own = typst.Fonts(include_system_fonts=False)
    if text.isascii() or not _foreign(text):
        return [FACE], own
    every = typst.Fonts(include_system_fonts=True)
    return [FACE, *sorted(f for f in every.families() if _OTHERS.search(f))[:4]], every


def _foreign(text: str) -> bool:
    """Whether a text holds characters that the typesetter's own fonts lack."""
    return any(ord(char) > 0x052F and not 0x1E00 <= ord(char) <= 0x2BFF for char in text)


def _romanised(text: str) -> str:
    if text.isascii() or not _foreign(text):
        return text
    from anyascii import anyascii

    return "".join(anyascii(char) if _foreign(char) else char for char in text)
