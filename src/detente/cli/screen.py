"""``detente screen`` and ``compare``: is this party listed, by what, and until when."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
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
        return _replay(given)
    if (name is None) == (table is None):
        raise UsageError('name somebody, as in detente screen "Anna Smith", or a table with --file')
    if table is not None:
        return _table(table, given)
    from detente import parties

    query = query_of(str(name), given)
    desk = _desk(given)
    result = parties.screen(desk, query, typed())

    def page() -> Page:
        from detente.report.hits import hits_page

        return hits_page(result, explain=given["explain"])

    answer(result, given["form"], given["output"], page)
    return int(given["fail"] and bool(result.hits))


def _desk(given: dict[str, Any]) -> Desk:
    from detente import parties

    store, as_of, regimes, decisions, threshold, limit = _where(given)
    return parties.desk(
        store, as_of=as_of, regimes=regimes, decisions=decisions, threshold=threshold, limit=limit
    )


def _where(given: dict[str, Any]) -> tuple[Any, ...]:
    """What a desk is opened with, in the order of ``parties.answerer``."""
    from detente.screening.screener import LIMIT, THRESHOLD

    threshold = THRESHOLD if given["threshold"] is None else given["threshold"]
    return (
        given["store"], given["as_of"], given["regimes"], given["decisions"], threshold,
        given["limit"] or LIMIT,
    )  # fmt: skip


def query_of(name: str, given: dict[str, Any]) -> Query:
    """Return who is screened, as the options of ``who_options`` say.

    Raises:
        UsageError: the name is empty, or a date, a country or a kind of number is not known.
    """
    from detente.entities.spans import parse_span
    from detente.screening.model import Query

    if not name.strip():
        raise UsageError("the name is empty; give the name in full")
    born = parse_span(given["dob"]) if given["dob"] else None
    if given["dob"] and born is None:
        raise UsageError(f"{given['dob']!r} is no date; write 1984-01-08, 1984-01 or 1984")
    return Query(
        name=name, aliases=given["aliases"], kind=given["kind"], gender=given["gender"],
        births=(born,) if born else (), countries=tuple(map(_country, given["countries"])),
        places=given["places"], identifiers=tuple(_identifiers(given)),
    )  # fmt: skip


def _country(text: str) -> str:
    from detente.entities.countries import code_of, name_of

    found = text.lower() if name_of(text) else code_of(text)
    if found is None:
        raise UsageError(f"no country is called {text!r}; give its ISO code or its English name")
    return found


def _identifiers(given: dict[str, Any]) -> Iterator[Any]:
    from detente.entities.identifiers import KINDS, is_valid
    from detente.entities.model import Identifier
    from detente.errors import nearest

    pairs = [(kind, given[kind.replace("-", "_")]) for kind in _NUMBERS]
    for text in given["numbers"]:
        kind, mark, value = text.partition("=")
        if not mark or kind not in KINDS:
            raise UsageError(f"--id {text!r} is no KIND=NUMBER; {nearest(kind, KINDS)}")
        pairs.append((kind, value))
    for kind, value in pairs:
        if value:
            valid = is_valid(kind, value.strip())
            yield Identifier(kind=kind, value=value.strip(), valid=valid)
            if valid is False:
                click.echo(f"detente: {value} is no valid {kind}; it counts for less", err=True)


def _table(table: str, given: dict[str, Any]) -> int:
    """Screen a table into a file."""
    from functools import partial

    from detente import parties
    from detente.screening.bulk.run import run

    if given["output"] is None:
        raise UsageError("say where the hits go: -o hits.csv (or .jsonl, .parquet)")
    desk = _desk(given)  # what is wrong with store or options is told before any process starts
    known = {}
    for text in given["columns"]:
        column, mark, field = text.rpartition("=")
        if not mark:
            raise UsageError(f"--column {text!r} is no COLUMN=FIELD, as in --column Kunde=name")
        known[column] = field
    factory = partial(parties.answerer, *_where(given))
    configuration = f"{desk.configuration} {desk.opened.listed.digest}"
    if given["since"] is not None:
        store, *rest = _where(given)
        factory = partial(parties.changer, store, given["since"], *rest)
        before = parties.desk(given["store"], as_of=given["since"])
        configuration += f" since {before.opened.listed.digest}"
    with _bar() as progress:
        summary = run(
            table, given["output"], factory,
            workers=given["workers"] or os.cpu_count() or 1, resume=given["resume"],
            progress=progress, mapping=known, strict=given["strict"],
            configuration=configuration,
        )  # fmt: skip
    if given["form"] == "json":
        from detente.cli.options import as_json

        emit(as_json({"schema": "detente.batch/1", **_plain(summary)}), None)
    else:
        from detente.report.hits import summary_line

        click.echo(summary_line(summary), err=True)
    return int(given["fail"] and summary.hits > 0)


def _replay(given: dict[str, Any]) -> int:
    """Ask a kept question again; what is not as it was is told on standard error."""
    from pathlib import Path

    import msgspec

    from detente import parties
    from detente.monitor.hits import Hits

    path = given["replay"]
    try:
        kept = msgspec.json.decode(Path(path).read_bytes(), type=Hits)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); check the name") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        advice = "give what detente screen NAME --format json printed"
        raise UsageError(f"{path} is no answer of screening ({error}); {advice}") from None
    day = kept.as_of or max(filter(None, kept.editions.values()), default=None)
    desk = parties.desk(
        given["store"], as_of=day, regimes=kept.regimes, threshold=kept.threshold, limit=kept.limit
    )
    changed = parties.differences(desk, kept)
    if changed:
        click.echo(f"detente: not the same answer: {', '.join(changed)}", err=True)
    else:
        click.echo(f"the same answer: {len(kept.hits)} hits for {kept.query.name}")
    return int(bool(changed))


def _plain(summary: Any) -> dict[str, Any]:
    import msgspec

    found = msgspec.to_builtins(summary)
    assert isinstance(found, dict)
    return found


class _bar:  # noqa: N801 - used as a context, like a function
    """A progress bar on standard error, where that is a terminal."""

    def __enter__(self) -> Callable[[int, float | None], None]:
        self._bar = click.progressbar(
            length=1000, label="screening", file=sys.stderr, hidden=not sys.stderr.isatty()
        )
        self._bar.__enter__()
        self._at = 0
        return self._told

    def _told(self, rows: int, share: float | None) -> None:
        if share is not None:
            at = int(share * 1000)
            self._bar.label = f"{rows} rows"
            self._bar.update(at - self._at)
            self._at = at

    def __exit__(self, *error: Any) -> None:
        self._bar.__exit__(None, None, None)


@click.command()
@click.argument("one", required=False)
@click.argument("other", required=False)
@click.option("--file", "table", metavar="FILE", help="A CSV file with schema, name1 and name2.")
@click.option("--kind", type=click.Choice(KINDS),
              help="What bears the two names.")  # fmt: skip
@output_options("table", "json")
def compare(
    one: str | None, other: str | None, table: str | None, kind: Any, form: str, output: str | None
) -> None:
    """Hold two names against each other, without a list: how likely are they one party's?

    Give ONE and OTHER, or a table of pairs with --file; to its columns come score and match.
    """
    if table is not None:
        from detente.screening.pairs import compared

        emit(compared(table), output)
        return
    if one is None or other is None:
        raise UsageError("give two names, or a table of pairs with --file PAIRS.csv")
    from detente.cli.options import as_json
    from detente.screening.compare import THRESHOLD
    from detente.screening.compare import compare as run

    score = run(one, other, kind)
    if form == "json":
        found = {"schema": "detente.comparison/1", "name1": one, "name2": other,
                 "score": score, "match": score >= THRESHOLD}  # fmt: skip
        emit(as_json(found), output)
    else:
        emit(f"{score:.3f}  {'match' if score >= THRESHOLD else 'no match'}", output)
