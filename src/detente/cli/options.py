"""The options and the output that commands share."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from detente.days import day_of
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.evidence.load import Evidence
    from detente.law.regime import Regime
    from detente.relief.frames import HasRows as Result
    from detente.relief.receipt import Receipt
    from detente.report.document import Report
    from detente.report.page import Page
    from detente.report.pictures import Spec

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date written as 2019-02-28."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail with what was expected."""
        if isinstance(value, date):
            return value
        try:
            return day_of(str(value))
        except UsageError as error:
            return self.fail(str(error), param, ctx)


DAY = Day()

BINARY: Final = ("png", "pdf")
"""Formats that are no text."""

REPORT: Final = ("html", "pdf")
"""Formats of a report: the page with pictures, citations and what replays it."""

regime_option = click.option(
    "--regime", "regime_ref", default="dprk", show_default=True, envvar="DETENTE_REGIME",
    metavar="NAME|FOLDER", help="The regime, by name or folder.",
)  # fmt: skip
as_of_option = click.option(
    "--as-of", type=DAY, metavar="DATE", help="The day of the law and of the facts."
)
known_on_option = click.option(
    "--known-on", type=DAY, metavar="DATE", help="Only evidence recorded by then counts."
)
evidence_option = click.option(
    "--evidence", "evidence_files", multiple=True, metavar="FILE",
    type=click.Path(exists=True, dir_okay=False), help="Further findings; may be repeated.",
)  # fmt: skip
reading_option = click.option(
    "--reading", metavar="NAME", help="A reading of contested findings that the regime ships."
)
store_option = click.option(
    "--store", metavar="PATH", help="The store; the ledger lies beside it (DETENTE_STORE)."
)


def question_options(command: F) -> F:
    """Add the options of every question put to law and evidence: which, when, on what evidence."""
    for option in (
        store_option, evidence_option, reading_option, known_on_option, as_of_option, regime_option
    ):  # fmt: skip
        command = option(command)
    return command


def _writable(context: click.Context, _option: click.Parameter, form: str) -> str:
    """Refuse, before anything is computed, to print on a terminal what is no text."""
    if form in BINARY and context.params.get("output") is None and sys.stdout.isatty():
        raise UsageError(f"a {form.upper()} is no text; write it to a file with -o FILE")
    return form


def output_options(*formats: str) -> Callable[[F], F]:
    """Add ``--format`` with these formats (the first is the default) and ``-o``."""

    def add(command: F) -> F:
        command = click.option(
            "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False), is_eager=True,
            help="Write to a file instead of standard output.",
        )(command)  # fmt: skip
        return click.option(
            "--format", "form", type=click.Choice(formats), default=formats[0],
            show_default=True, help="What to print.", callback=_writable,
        )(command)  # fmt: skip

    return add


def evidence_of(
    regime: Regime,
    files: tuple[str, ...] = (),
    store: str | None = None,
    reading: str | None = None,
) -> Evidence:
    """Return shipped evidence, as one side reads it where asked, the ledger and files, merged."""
    from detente import api, places

    ledger = places.ledger(store)
    return api.evidence_of(regime, files, ledger if ledger.exists() else None, reading)


def warn_beyond(regime: Regime, *days: date | None) -> None:
    """Say on standard error where a question asks for a day that the regime does not cover."""
    beyond = [day for day in days if day is not None and day > regime.known_until]
    if beyond:
        click.echo(
            f"detente: {regime.id} is known until {regime.known_until}; what was done from then "
            f"to {max(beyond)} is not in this answer",
            err=True,
        )


def typed() -> str:
    """Return the command as it can be typed again."""
    return shlex.join(["detente", *click.get_current_context().obj])


def emit(text: str | bytes, output: str | None) -> None:
    """Print ``text`` (or a picture), or write it so that the file is whole or untouched."""
    if isinstance(text, str) and not text.endswith("\n"):
        text += "\n"
    if output is None:
        if isinstance(text, str):
            sys.stdout.write(text)
        else:
            sys.stdout.buffer.write(text)
        sys.stdout.flush()
        return
    import tempfile

    if "\0" in output:
        raise UsageError("a file's name cannot hold the character NUL; name another")
    data = text.encode("utf-8") if isinstance(text, str) else text
    path = Path(os.path.realpath(output))
    temporary = None
    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written, not replaced
            path.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise UsageError(
            f"{output} cannot be written ({error.strerror}); check the folder and its space"
        ) from None


def as_json(value: object) -> str:
    """Return ``value`` as indented JSON."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Return flat rows as CSV with a header."""
    import csv
    import io

    names = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def _cell(value: Any) -> Any:
    """A cell that neither speaks to a terminal nor is a formula to a spreadsheet."""
    if not isinstance(value, str):
        return value
    text = "".join(char if char.isprintable() or char in "\n\t" else " " for char in value)
    return f"'{text}" if text.startswith(("=", "@", "+", "\t")) or _FORMULA.match(text) else text


_FORMULA = re.compile(r"-[A-Za-z(@=]")


def answer(
    result: Result,
    form: str,
    output: str | None,
    page: Callable[[], Page],
    report: Callable[[Page], Report] | None = None,
) -> None:
    """Print a result in the form asked for.

    Args:
        result: what the command found.
        form: one of its ``--format``.
        output: the file; standard output where None.
        page: makes the page of those forms that people read.
        report: makes the report of a page, with brief, pictures and citations, for HTML and PDF.
    """
    if form == "json":
        emit(as_json(result), output)
    elif form == "csv":
        emit(as_csv(result.rows()), output)
    else:
        show(page(), form, output, report)


def show(
    page: Page,
    form: str,
    output: str | None,
    report: Callable[[Page], Report] | None = None,
) -> None:
    """Print a page as a terminal's table, Markdown, HTML or PDF, or write it."""
    if form == "md":
        from detente.report.markdown import markdown

        emit(markdown(page), output)
    elif form in ("html", "pdf"):
        from detente.report.document import report_of

        made = report_of(page, typed()) if report is None else report(page)
        if form == "html":
            from detente.report.html import html

            emit(html(made), output)
        else:
            from detente.report.pdf import pdf

            emit(pdf(made), output)
    else:
        from detente.report.terminal import plain, to_terminal

        if output is None:
            to_terminal(page)
        else:
            emit(plain(page), output)


def cited_report(
    regimes: Sequence[Regime],
    receipt: Receipt | None = None,
    picture: Callable[[], Spec] | None = None,
) -> Callable[[Page], Report]:
    """Return what makes a report in which each row that is named is cited.

    Args:
        regimes: the regimes whose rows may be named.
        receipt: what replays the answer, where its result has one.
        picture: draws a picture that its description tells, where there is one.
    """

    def report(page: Page) -> Report:
        from detente.report.document import described, report_of

        figures = () if picture is None else (described(picture()),)
        return report_of(page, typed(), regimes=regimes, receipt=receipt, figures=figures)

    return report
