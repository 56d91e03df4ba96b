"""``detente ownership``: who is blocked because of who owns it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.options import DAY, answer, output_options

if TYPE_CHECKING:
    from detente.report.page import Page


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@click.option("--blocked", multiple=True, metavar="ID|NAME",
              help="A party of FILE that is blocked by name; may be repeated.")  # fmt: skip
@click.option(
    "--blocked-file", "blocked_files", multiple=True, metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Ids or names of blocked parties, one a line; those that are not in FILE are passed over.",
)  # fmt: skip
@click.option(
    "--rule", "rule_name", metavar="NAME", default="ofac", show_default=True,
    help="Whose rule: ofac, eu or uk.",
)  # fmt: skip
@click.option("--as-of", type=DAY, metavar="DATE",
              help="The day of the holdings and of the rule; today by default.")  # fmt: skip
@click.option("--of", "of", multiple=True, metavar="ID|NAME",
              help="Only this party, with its chains whole; may be repeated.")  # fmt: skip
@click.option(
    "--rest", type=click.Choice(["others", "unknown"]), default="others", show_default=True,
    help="Who holds what no statement speaks of: others, not blocked; or nobody knows whom.",
)  # fmt: skip
@output_options("table", "json", "md", "csv")
def ownership(
    file: str,
    blocked: tuple[str, ...],
    blocked_files: tuple[str, ...],
    rule_name: str,
    as_of: date | None,
    of: tuple[str, ...],
    rest: str,
    form: str,
    output: str | None,
) -> None:
    """Show who in FILE is blocked because of who owns it, and through whom.

    FILE holds statements of the Beneficial Ownership Data Standard (0.2 to 0.4, JSON or JSON
    lines), or a table with the columns owner, owned, share and perhaps from, until, kind,
    owner_name, owned_name. A share is 25, 25-50, >50 or unknown.
    """
    from detente.errors import UsageError
    from detente.screening.ownership.assess import assess
    from detente.screening.ownership.blocked import find, find_any
    from detente.screening.ownership.read import read
    from detente.screening.ownership.rule import rule_of

    if not blocked and not blocked_files:
        raise UsageError("nobody is named as blocked; give --blocked ID or --blocked-file FILE")
    day = as_of or date.today()
    rule = rule_of(rule_name, day)
    graph = read(file)
    named = find(graph, blocked)
    for path in blocked_files:
        some, missing = find_any(graph, _words(path))
        named = {**some, **named}
        if missing:
            text = f"detente: {len(missing)} of {path} are not in {file}, for example {missing[0]}"
            click.echo("".join(char if char.isprintable() else " " for char in text), err=True)
    result = assess(
        graph,
        named,
        rule=rule,
        as_of=day,
        rest="unknown" if rest == "unknown" else "others",
        of=list(find(graph, of)) if of else None,
    )

    def page() -> Page:
        from detente.report.ownership import ownership_page

        return ownership_page(result, {id_: node.name for id_, node in graph.nodes.items()})

    answer(result, form, output, page)


def _words(path: str) -> list[str]:
    from detente.errors import UsageError
    from detente.screening.ownership.blocked import words_in

    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "no text in UTF-8"
        raise UsageError(f"{path} cannot be read ({why}); write one id or name a line") from None
    return words_in(text)
