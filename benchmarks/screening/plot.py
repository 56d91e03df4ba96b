"""Reliability diagrams: on the diagonal a score means what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import vl_convert

from screening.measures import Bin

SIZE: Final = 200
GAP: Final = 70
INK: Final = "#2b6cb0"


def drawn(series: dict[str, list[Bin]]) -> str:
    """Return diagrams as one SVG; a dot is as large as its bin is full.

    Args:
        series: bins by a title, which says who scored and, after a colon, what.
    """
    width, height = GAP + len(series) * (SIZE + GAP), SIZE + 90
    body = "".join(_diagram(n, title, bins) for n, (title, bins) in enumerate(series.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="12" role="img">'
        f'<title>Reliability of scores</title><rect width="{width}" height="{height}" '
        f'fill="#fff"/>{body}</svg>\n'
    )


def _diagram(number: int, title: str, bins: list[Bin]) -> str:
    who, _, what = title.partition(": ")
    full = [each for each in bins if each.size]
    most = max((each.size for each in full), default=1)
    parts = [
        f'<g transform="translate({GAP + number * (SIZE + GAP)} 40)">'
        f'<text x="0" y="-24" font-weight="bold">{who}</text><text x="0" y="-8">{what}</text>'
        f'<rect width="{SIZE}" height="{SIZE}" fill="none" stroke="#888"/>'
        f'<path d="M0 {SIZE}L{SIZE} 0" stroke="#bbb" stroke-dasharray="4"/>'
    ]
    for share in (0, 0.5, 1):
        x, y = share * SIZE, SIZE - share * SIZE
        parts.append(
            f'<text x="{x}" y="{SIZE + 16}" text-anchor="middle" fill="#555">{share:g}</text>'
            f'<text x="-6" y="{y + 4}" text-anchor="end" fill="#555">{share:g}</text>'
        )
    places = [(each.score * SIZE, SIZE - each.right * SIZE) for each in full]
    if places:
        line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        parts.append(f'<path d="M{line}" fill="none" stroke="{INK}"/>')
    for each, (x, y) in zip(full, places, strict=True):
        radius = 2 + 6 * (each.size / most) ** 0.5
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{INK}"/>')
    parts.append(
        f'<text x="{SIZE / 2}" y="{SIZE + 36}" text-anchor="middle">score</text>'
        f'<text transform="translate(-32 {SIZE / 2}) rotate(-90)" text-anchor="middle">'
        "share that is right</text></g>"
    )
    return "".join(parts)


def write(series: dict[str, list[Bin]], path: Path) -> None:
    """Write the diagrams as SVG and as PNG, beside a path and under its name."""
    svg = drawn(series)
    path.with_suffix(".svg").write_text(svg, encoding="utf-8")
    path.with_suffix(".png").write_bytes(vl_convert.svg_to_png(svg, scale=2))
