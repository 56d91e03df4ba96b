"""``detente screen``: is this party listed, by what, and until when."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.options import answer, emit, output_options, typed
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.parties import Desk
    from detente.report.page import Page
    from detente.screening.model import Query

F = TypeVar("F", bound=Callable[..., Any])

KINDS = ("person", "organisation", "vessel", "aircraft")
_NUMBERS = {
    "imo": "IMO number of a ship.", "mmsi": "MMSI of a ship.", "lei": "Legal entity identifier.",
    "bic": "Bank identifier (SWIFT).", "passport": "Passport number.", "tax": "Tax number.",
    "registration": "Number in a register of companies.",
    "national-id": "National identity number.",
}  # fmt: skip


def who_options(command: F) -> F:
    """Add the options that say who is screened, beside the name."""
    options = [
        click.option("--alias", "aliases", multiple=True, metavar="NAME",
                     help="Another name; may be repeated."),
        click.option("--kind", type=click.Choice(KINDS), help="What it is."),
        click.option("--dob", metavar="DATE", help="Date of birth: 1984-01-08, 1984, or c. 1984."),
        click.option("--gender", type=click.Choice(("male", "female")), help="Gender."),
        click.option(
            "--country", "countries", multiple=True, metavar="CODE|NAME",
            help="Citizenship, residence, registration or flag; may be repeated.",
        ),
        click.option("--place", "places", multiple=True, metavar="PLACE",
                     help="Birth place or city; may be repeated."),
        *(click.option(f"--{kind}", metavar="NUMBER", help=text)
          for kind, text in _NUMBERS.items()),
        click.option("--id", "numbers", multiple=True, metavar="KIND=NUMBER",
                     help="Any other number; may be repeated."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("name", required=False)
@click.option("--file", "table", metavar="FILE", help="Screen a table: CSV, JSON lines or Parquet.")
@who_options
@click.option("--as-of", metavar="DATE", help="The lists of that day; the newest by default.")
@click.option("--since", metavar="DATE",
              help="Of a table, only hits that changed since the lists of that day.")  # fmt: skip
@click.option("--replay", metavar="FILE",
              help="Ask the question of a kept JSON answer again, and compare.")  # fmt: skip
@click.option("--regime", "regimes", multiple=True, metavar="NAME|FOLDER", envvar="DETENTE_REGIMES",
              help="Explain programme tags by this regime; all by default.")  # fmt: skip
@click.option("--fail", is_flag=True, help="Exit 1 where there is a hit.")
@click.option("--explain", is_flag=True, help="Show every reason, authority and way out.")
@click.option("--threshold", type=float, metavar="SCORE",
              help="The probability from which somebody is a hit; 0.5 by default.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), metavar="N",
              help="Hits of one name at most; 10 by default.")  # fmt: skip
@click.option("--decisions", metavar="FILE", help="Decisions on hits; beside the store by default.")
@click.option("--column", "columns", multiple=True, metavar="COLUMN=FIELD",
              help="What a column of the table holds, where its name does not tell.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Refuse a table with columns that are not known.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N",
              help="Processes for a table; one for each processor by default.")  # fmt: skip
@click.option(
    "--resume/--anew", default=None,
    help="Go on where an earlier run stopped, or begin anew; by default go on if all is as it was.",
)  # fmt: skip
@click.option(
    "--store", metavar="PATH", help="The store in which editions are kept (DETENTE_STORE)."
)
@output_options("table", "json", "md", "csv")
def screen(name: str | None, table: str | None, **given: Any) -> int:
    """Show whether NAME, or each row of --file, is a listed party.

    A hit names the list, the entry, the authority and measures, since when, and what would have to
    happen for it to come off.
    """
    if given["replay"] is not None:
        _only(_OF_REPLAY, "to --replay, which asks the kept question as it was asked", name)
        return _replay(given)
    if name is not None and table is not None:
        raise UsageError("NAME screens one party and --file a table; give one of the two")
    if table is not None:
        _only(_OF_ALL | _OF_TABLES, "to a table with --file; its columns say who is screened")
        from detente.cli.table import screen_table

        return screen_table(table, given)
    if name is None:
        raise UsageError('name somebody, as in detente screen "Anna Smith", or a table with --file')
    _only(_OF_ALL | _OF_NAMES, "to one NAME; it is for a table with --file")
    from detente import parties

    query = query_of(name, given)
    desk = desk_of(given)
    result = parties.screen(desk, query, typed())

    def page() -> Page:
        from detente.report.hits import hits_page

        return hits_page(result, explain=given["explain"])

    if given["form"] == "csv":
        from detente.screening.bulk.writer import COLUMNS, csv_lines

        rows = [[row[column] for column in COLUMNS] for row in result.rows()]
        emit(csv_lines([COLUMNS, *rows]), given["output"])
    else:
        answer(result, given["form"], given["output"], page)
    return int(given["fail"] and not all(hit.is_cleared for hit in result.hits))


_OF_ALL = frozenset(
    ("store", "form", "output", "as_of", "regimes", "fail", "threshold", "limit", "decisions")
)
"""Options of every question, by the names of their parameters."""
_OF_TABLES = frozenset(("table", "since", "columns", "strict", "workers", "resume"))
_OF_NAMES = frozenset(
    ("explain", "aliases", "kind", "dob", "gender", "countries", "places", "numbers",
     *(kind.replace("-", "_") for kind in _NUMBERS))
)  # fmt: skip
_OF_REPLAY = frozenset(("replay", "store", "form", "output"))


def _only(meant: frozenset[str], what: str, name: str | None = None) -> None:
    """Refuse what was typed and would be passed over in silence."""
    from click.core import ParameterSource

    context = click.get_current_context()
    typed_in = [
        parameter.opts[0] for parameter in context.command.params
        if isinstance(parameter, click.Option) and parameter.name not in meant
        and context.get_parameter_source(str(parameter.name)) is ParameterSource.COMMANDLINE
    ]  # fmt: skip
    if name is not None:
        typed_in.insert(0, "NAME")
    if typed_in:
        raise UsageError(f"{typed_in[0]} means nothing {what}; leave it out")


def is_document(given: dict[str, Any], what: str) -> bool:
    """Return whether JSON is asked for; refuse forms that are only for one name."""
    if given["form"] not in ("table", "json"):
        raise UsageError(f"--format {given['form']} is no form of {what}; give table or json")
    return bool(given["form"] == "json")


def desk_of(given: dict[str, Any]) -> Desk:
    """Open the lists and the law that the options name."""
    from detente import parties

    return parties.desk(given["store"], as_of=given["as_of"], **how_of(given))


def how_of(given: dict[str, Any]) -> dict[str, Any]:
    """What a desk is opened with, beside the store and the day."""
    from detente.screening.screener import LIMIT, THRESHOLD

    return {
        "regimes": given["regimes"], "decisions": given["decisions"],
        "threshold": THRESHOLD if given["threshold"] is None else given["threshold"],
        "limit": given["limit"] or LIMIT,
    }  # fmt: skip


def query_of(name: str, given: dict[str, Any]) -> Query:
    """Return who is screened, as the options of ``who_options`` say.

    Raises:
        UsageError: the name is empty or no name at all, or a date, a country or a kind of number is
            not known.
    """
    from detente.screening.who import numbers_of, query

    numbers = [(kind, given[kind.replace("-", "_")]) for kind in _NUMBERS]
    found = query(
        name, aliases=given["aliases"], kind=given["kind"], dob=given["dob"],
        gender=given["gender"], countries=given["countries"], places=given["places"],
        numbers=[*numbers, *numbers_of(given["numbers"])],
    )  # fmt: skip
    for item in found.identifiers:
        if item.valid is False:
            text = f"detente: {item.value} is no valid {item.kind}; it counts for less"
            click.echo(text, err=True)
    return found


def _replay(given: dict[str, Any]) -> int:
    """Ask a kept question again; what is not as it was is told on standard error."""
    from pathlib import Path

    import msgspec

    from detente import parties
    from detente.monitor.hits import Hits

    as_document = is_document(given, "a replay")
    path = given["replay"]
    try:
        kept = msgspec.json.decode(Path(path).read_bytes(), type=Hits)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); check the name") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        advice = "give what detente screen NAME --format json printed"
        raise UsageError(f"{path} is no answer of screening ({error}); {advice}") from None
    changed = parties.replayed(given["store"], kept)
    if as_document:
        from detente.cli.options import as_json

        told = {"schema": "detente.replay/1", "query": kept.query.name, "hits": len(kept.hits),
                "same": not changed, "changed": changed}  # fmt: skip
        emit(as_json(told), given["output"])
    elif changed:
        click.echo(f"detente: not the same answer: {', '.join(changed)}", err=True)
    else:
        from detente.report.page import counted

        number = counted(len(kept.hits), "hit")
        emit(f"the same answer: {number} for {kept.query.name}", given["output"])
    return int(bool(changed))
