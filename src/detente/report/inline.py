"""Pictures inside a report: SVG that is small, says nothing twice, and loads nothing."""

from __future__ import annotations

import re
from typing import Final

from detente.report.pictures import Spec, svg

_IDS: Final = re.compile(r'(\bid="|url\(#|href="#)')
_DOT: Final = re.compile(
    r'<path transform="translate\((-?[\d.]+),(-?[\d.]+)\)" d="M([\d.]+),0A[^"]*" '
    r'fill="([^"]+)" stroke-width="[\d.]+" opacity="1"/>'
)
_RUN: Final = re.compile(f"(?:{_DOT.pattern}){{50,}}")
"""Dots of a picture that stand one after another; fewer stay as they are."""


def inline_svg(spec: Spec, prefix: str) -> str:
    """Return the picture of a specification as SVG to stand in a page.

    Args:
        spec: the picture.
        prefix: what its ids begin with, so that two pictures of a page share none.

    Returns:
        The SVG without roles or labels of its own: the page says what the picture shows.
    """
    quiet = {**spec, "config": {**spec.get("config", {}), "aria": False}}
    drawn = _IDS.sub(rf"\g<1>{prefix}", svg(quiet))
    return _RUN.sub(_joined, drawn)


def _joined(run: re.Match[str]) -> str:
    """Draw thousands of dots as one path for each colour and size, a tenth as long."""
    paths: dict[tuple[str, str], list[str]] = {}
    for x, y, radius, fill in _DOT.findall(run[0]):
        paths.setdefault((fill, radius), []).append(f"M{float(x):.1f},{float(y):.1f}h0")
    return "".join(
        f'<path d="{"".join(places)}" fill="none" stroke="{fill}" '
        f'stroke-width="{2 * float(radius):.2f}" stroke-linecap="round"/>'
        for (fill, radius), places in paths.items()
    )
