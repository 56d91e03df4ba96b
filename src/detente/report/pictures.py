"""What pictures share: the look, the lines of text, and SVG or PNG from a specification.

No browser and no network: the renderer stands in a wheel, and is imported only when it draws.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any, Final

from detente.errors import UsageError

Spec = dict[str, Any]
VEGA_LITE: Final = "6.1"
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is embedded in the renderer; the others have its widths, or nearly."""

LINE: Final = 15
"""Pixels from one line of small text to the next."""


def svg(spec: Spec) -> str:
    """Return the picture of a specification as SVG.

    Raises:
        UsageError: the renderer is not installed.
    """
    drawn: str = _renderer().vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return drawn


def png(spec: Spec) -> bytes:
    """Return the picture of a specification as PNG, two dots to the pixel.

    Raises:
        UsageError: the renderer is not installed.
    """
    drawn: bytes = _renderer().vegalite_to_png(
        spec, vl_version=VEGA_LITE, scale=2, allowed_base_urls=[]
    )
    return drawn


def _renderer() -> ModuleType:
    try:
        import vl_convert
    except ImportError:
        raise UsageError("pictures need vl-convert-python; pip install vl-convert-python") from None
    return vl_convert


def config() -> Spec:
    """Return the look that all pictures share."""
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {"domain": False, "ticks": False, "labelColor": "#222", "titleColor": "#444",
                 "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
                 "labelLimit": 0, "labelLineHeight": LINE, "gridColor": "#ddd"},
        "legend": {"labelFontSize": 12, "labelLimit": 0, "symbolType": "square",
                   "symbolStrokeColor": "#333", "symbolStrokeWidth": 0.8, "labelColor": "#222"},
        "title": {"fontSize": 18, "subtitleFontSize": 13, "subtitleColor": "#444",
                  "subtitlePadding": 6, "color": "#111"},
        "text": {"fontSize": 13},
    }  # fmt: skip


def labels(lines: Mapping[str, list[str]]) -> str:
    """Return the expression that gives an axis the lines of each label, whatever stands in them."""
    return f"{json.dumps(lines)}[datum.value]"


def texts(values: list[Spec], look: Spec, **encoding: Spec) -> Spec:
    """Return a layer that writes the ``label`` of each value."""
    return {
        "data": {"values": values},
        "mark": {"type": "text", **look},
        "encoding": {**encoding, "text": {"field": "label"}},
    }


def wrapped(text: str, room: int) -> list[str]:
    """Return a text in lines of ``room`` characters, of 8 at least; without control characters."""
    return textwrap.wrap(_printable(text), max(room, 8)) or [""]


def _printable(text: Iterable[str]) -> str:
    """Keep control characters, which data may hold, out of the picture."""
    return "".join(char if char.isprintable() else " " for char in text)
