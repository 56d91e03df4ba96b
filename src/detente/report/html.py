"""A report as one HTML file: nothing outside it is loaded, and nothing in it is a script."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from detente.report import markup
from detente.report.document import Report
from detente.report.inline import inline_svg

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: Final = files("detente.report") / "templates"


def html(report: Report) -> str:
    """Return ``report`` as one self-contained HTML file.

    Every text of the data is escaped; only the pictures, drawn from specifications, and the style
    sheet are put in as they are. Ids of rows lead to where the row is cited.
    """
    rows = frozenset(report.rows)
    drawn = [inline_svg(figure.spec, f"f{i}-") for i, figure in enumerate(report.figures, 1)]

    def pieces(text: str) -> list[tuple[str, bool]]:
        return list(markup.pieces(markup.printable(text), rows))

    return _template().render(
        report=report,
        drawn=drawn,
        groups=markup.groups(report.page.answer),
        item=markup.item,
        pieces=pieces,
        shapes=markup.SHAPES,
        style=(TEMPLATES / "report.css").read_text(encoding="utf-8"),
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_finalize,
    )  # fmt: skip
    return environment.from_string((TEMPLATES / "report.html").read_text(encoding="utf-8"))


def _finalize(value: Any) -> Any:
    """Keep control characters out of what a template prints; markup of ours stays as it is."""
    return markup.printable(value) if type(value) is str else value
