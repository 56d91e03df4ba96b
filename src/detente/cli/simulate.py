"""``detente simulate``: the long game, core by core."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.options import answer, cited_report, emit, output_options
from detente.games.answers.questions import CORES

if TYPE_CHECKING:
    from detente.games.ranges import Parameter
    from detente.games.results import Game
    from detente.report.page import Page
    from detente.report.pictures import Spec

F = TypeVar("F", bound=Callable[..., Any])


class Uncertain(click.ParamType[Any]):
    """A number, or a range written low:high or low:central:high."""

    name = "range"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the parameter, or fail with what was expected."""
        from detente.errors import UsageError
        from detente.games.ranges import parameter

        if not isinstance(value, str):
            return value
        try:
            return parameter(value)
        except UsageError as error:
            return self.fail(str(error), param, ctx)


def uncertain(name: str, default: str, help_: str) -> Callable[[F], F]:
    """Return an option that takes a number or a range."""
    return click.option(
        name, type=Uncertain(), default=default, show_default=True, metavar="RANGE", help=help_
    )


def whole(name: str, default: int, help_: str) -> Callable[[F], F]:
    """Return an option that takes a whole number."""
    return click.option(name, type=int, default=default, show_default=True, metavar="N", help=help_)


def options_of(core: str) -> Callable[[F], F]:
    """Add the options of a core, then ``--draws`` and ``--seed``."""

    def add(command: F) -> F:
        asked = CORES[core]
        command = whole("--seed", 1, "Seed of the draws.")(command)
        command = whole("--draws", asked.draws, "Draws, where a parameter is a range.")(command)
        for name, (default, text) in reversed(asked.parameters.items()):
            option = f"--{name.replace('_', '-')}"
            if isinstance(default, int):
                command = whole(option, default, text)(command)
            else:
                command = uncertain(option, default, text)(command)
        return command

    return add


def _show(
    result: Game, form: str, output: str | None, chart: Callable[[], Spec] | None = None
) -> None:
    """Print a game in the form asked for."""
    if form in ("svg", "png") and chart is not None:
        from detente.report import pictures

        drawn = chart()
        emit(pictures.svg(drawn) if form == "svg" else pictures.png(drawn), output)
        return

    def page() -> Page:
        from detente.report.game import game_page

        return game_page(result)

    answer(result, form, output, page, cited_report([], picture=chart))


@click.group()
def simulate() -> None:
    """Play the long game: trust, inspection, bargaining, signals, precedent, policies.

    A RANGE is a number, low:high or low:central:high. Defaults are illustrations, not estimates.
    """


@simulate.command()
@options_of("trust")
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def trust(
    rounds: int, steps: int, plays: int, draws: int, seed: int, form: str, output: str | None,
    **parameters: Parameter,
) -> None:  # fmt: skip
    """Say how long a staller looks honest, and what prize keeps a plan in tranches."""
    from detente.games.answers.trust import trust_game
    from detente.report.game_charts import trust_chart

    result = trust_game(parameters, rounds, steps, draws, seed, plays)
    _show(result, form, output, lambda: trust_chart(result))


@simulate.command()
@options_of("inspection")
@output_options("table", "json", "md", "html", "pdf", "csv")
def inspection(
    periods: int, inspections: int, items: int, falsified: int, samples: int, draws: int,
    seed: int, form: str, output: str | None, **parameters: Parameter,
) -> None:  # fmt: skip
    """Say what clean inspections teach, how often to look, and how many a decision takes."""
    from detente.games.answers.inspection import inspection_game

    numbers = {"periods": periods, "inspections": inspections, "items": items,
               "falsified": falsified, "samples": samples}  # fmt: skip
    _show(inspection_game(parameters, numbers, draws, seed), form, output)


@simulate.command()
@options_of("bargain")
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def bargain(draws: int, seed: int, form: str, output: str | None, **parameters: Parameter) -> None:
    """Say who is in a hurry, what to demand, and what a programme or a threat is worth."""
    from detente.games.answers.bargain import bargain_game
    from detente.report.game_charts import bargain_chart

    result = bargain_game(parameters, draws, seed)
    _show(result, form, output, lambda: bargain_chart(result))


@simulate.command()
@options_of("signal")
@output_options("table", "json", "md", "html", "pdf", "csv")
def signal(draws: int, seed: int, form: str, output: str | None, **parameters: Parameter) -> None:
    """Say how likely threat, resistance and standing firm are: all equilibria.

    Payoffs are in standard deviations of what only their owner knows of them.
    """
    from detente.games.answers.signal import signal_game

    _show(signal_game(parameters, draws, seed), form, output)


@simulate.command()
@options_of("precedent")
@output_options("table", "json", "md", "html", "pdf", "csv")
def precedent(
    targets: int, draws: int, seed: int, form: str, output: str | None, **parameters: Parameter
) -> None:
    """Say what one unprincipled waiver forfeits over the targets to come."""
    from detente.games.answers.precedent import precedent_game

    _show(precedent_game(parameters, targets, draws, seed), form, output)


@simulate.command()
@options_of("policies")
@output_options("table", "json", "md", "html", "pdf", "csv", "svg", "png")
def policies(
    steps: int, rounds: int, draws: int, seed: int, form: str, output: str | None,
    **parameters: Parameter,
) -> None:  # fmt: skip
    """Compare compliance-first, action-for-action, tranches, a grand bargain and waiting."""
    from detente.games.answers.policies import policies_game
    from detente.report.game_charts import policies_chart

    result = policies_game(parameters, steps, rounds, draws, seed)
    _show(result, form, output, lambda: policies_chart(result))
