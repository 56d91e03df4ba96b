"""``detente simulate``: the long game, core by core."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.options import answer, emit, output_options

if TYPE_CHECKING:
    from detente.games.ranges import Parameter
    from detente.games.results import Game
    from detente.report.page import Page
    from detente.report.pictures import Spec

F = TypeVar("F", bound=Callable[..., Any])
DRAWS = 2000


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


def draws_options(draws: int) -> Callable[[F], F]:
    """Add ``--draws`` and ``--seed``."""

    def add(command: F) -> F:
        command = whole("--seed", 1, "Seed of the draws.")(command)
        return whole("--draws", draws, "Draws, where a parameter is a range.")(command)

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

    answer(result, form, output, page)


@click.group()
def simulate() -> None:
    """Play the long game: trust, inspection, bargaining, signals, precedent, policies.

    A RANGE is a number, low:high or low:central:high. Defaults are illustrations, not estimates.
    """


@simulate.command()
@uncertain("--belief", "0.25", "Belief that the target is sincere.")
@uncertain("--benefit", "1", "Worth to the sender of a round of relief that is complied with.")
@uncertain("--loss", "1.5", "What a round of relief loses it if the target cheats.")
@uncertain("--gain", "0.8", "What cheating adds to a staller's relief of a round, which is 1.")
@uncertain("--patience", "1", "What the next round is worth to a staller, of this one.")
@whole("--rounds", 10, "Rounds of the game.")
@uncertain("--step-cost", "0.6", "Plan in tranches: what a step costs the target.")
@uncertain("--tranche", "0.5", "Plan: what a tranche is worth to it.")
@uncertain("--plan-patience", "0.9", "Plan: what the next step is worth, of this one.")
@uncertain("--snapback", "0.5", "Plan: share of a tranche that is snapped back.")
@uncertain("--prize", "1.5", "Plan: worth to the target of what stands at its end.")
@whole("--steps", 5, "Plan: steps.")
@whole("--plays", 0, "Also play so many games by chance, at the central parameters.")
@draws_options(DRAWS)
@output_options("table", "json", "md", "csv", "svg", "png")
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
@uncertain("--belief", "0.25", "Belief that the target is sincere.")
@uncertain("--scope", "0.5:0.8", "Share of the programme that is observed.")
@uncertain("--detection", "0.8", "Chance that an inspection finds a violation in that share.")
@uncertain("--penalty", "3", "What a violation found costs, in gains of one that is not.")
@uncertain("--inspection-cost", "0.1", "Cost of inspecting, in losses that a find spares.")
@uncertain("--clean-sincere", "0.95", "Wald: chance that a sincere target is found clean.")
@uncertain("--clean-staller", "0.6", "Wald: chance that a staller is.")
@uncertain("--accept-wrongly", "0.05", "Wald: chance allowed of accepting a staller.")
@uncertain("--reject-wrongly", "0.1", "Wald: chance allowed of rejecting a sincere target.")
@whole("--periods", 12, "Periods in which one violation may happen.")
@whole("--inspections", 4, "Inspections in these periods.")
@whole("--items", 200, "Items of a stock to sample.")
@whole("--falsified", 10, "Items falsified, if the target cheats.")
@whole("--samples", 30, "Items sampled.")
@draws_options(DRAWS)
@output_options("table", "json", "md", "csv")
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
@uncertain("--rate", "0.05", "Discount rate of the sender a year.")
@uncertain("--target-rate", "0.15", "Discount rate of the target a year.")
@uncertain("--growth", "0.05:0.25", "Growth of the threat a year while nothing is agreed.")
@uncertain("--delay", "0.25", "Years from one offer to the next; 0 for none.")
@uncertain("--most-cost", "1", "Demand: most that refusing may cost the target.")
@uncertain("--own-cost", "0.2", "Demand: what sanctions cost the sender.")
@uncertain("--low-cost", "0.3", "Two types: what refusing costs the one.")
@uncertain("--high-cost", "0.8", "Two types: what it costs the other.")
@uncertain("--power", "0.3", "Programme: strength of the target now.")
@uncertain("--later-power", "0.6", "Programme: its strength once it has built.")
@uncertain("--conflict-cost", "0.1", "Programme: cost of conflict to it, a period.")
@uncertain("--building", "0.5", "Programme: cost of building, once.")
@uncertain("--patience", "0.9", "Programme: what the next period is worth, of this one.")
@uncertain("--prevention-costs", "2", "Programme: costs of preventing it, of both sides.")
@uncertain("--target-cost", "1", "Threat: what sanctions cost the target.")
@uncertain("--sender-cost", "0.3", "Threat: what they cost the sender.")
@uncertain("--target-conflict", "0.5", "Threat: conflict that the target expects.")
@uncertain("--sender-conflict", "0.4", "Threat: conflict that the sender expects.")
@draws_options(DRAWS)
@output_options("table", "json", "md", "csv", "svg", "png")
def bargain(draws: int, seed: int, form: str, output: str | None, **parameters: Parameter) -> None:
    """Say who is in a hurry, what to demand, and what a programme or a threat is worth."""
    from detente.games.answers.bargain import bargain_game
    from detente.report.game_charts import bargain_chart

    result = bargain_game(parameters, draws, seed)
    _show(result, form, output, lambda: bargain_chart(result))


@simulate.command()
@uncertain("--status-quo", "0", "To the sender: no threat is made.")
@uncertain("--victory", "1", "To the sender: the target concedes.")
@uncertain("--back-down", "-1.2", "To the sender: it backs down.")
@uncertain("--stand-firm", "-1.9", "To the sender: it stands firm.")
@uncertain("--concede", "0", "To the target: it concedes.")
@uncertain("--hold-out", "1", "To the target: the sender backs down.")
@uncertain("--fight", "-2.9", "To the target: the sender stands firm.")
@draws_options(500)
@output_options("table", "json", "md", "csv")
def signal(draws: int, seed: int, form: str, output: str | None, **parameters: Parameter) -> None:
    """Say how likely threat, resistance and standing firm are: all equilibria.

    Payoffs are in standard deviations of what only their owner knows of them.
    """
    from detente.games.answers.signal import signal_game

    _show(signal_game(parameters, draws, seed), form, output)


@simulate.command()
@whole("--targets", 12, "Further targets to come.")
@uncertain("--tough", "0.2", "Belief that the sender is tough.")
@uncertain("--entrant-gain", "0.6", "What a target gains if given in to; else it loses the rest.")
@uncertain("--quiet", "1.5", "What a target that stays quiet is worth to the sender.")
@uncertain("--transfer", "0:1", "How much of a reputation holds with other targets; contested.")
@uncertain("--refusing", "1", "What refusing costs the sender today.")
@draws_options(DRAWS)
@output_options("table", "json", "md", "csv")
def precedent(
    targets: int, draws: int, seed: int, form: str, output: str | None, **parameters: Parameter
) -> None:
    """Say what one unprincipled waiver forfeits over the targets to come."""
    from detente.games.answers.precedent import precedent_game

    _show(precedent_game(parameters, targets, draws, seed), form, output)


@simulate.command()
@uncertain("--belief", "0.02:0.1:0.25", "Belief that the target is sincere.")
@uncertain("--trust", "0.3:0.5:0.8", "The target's belief that the sender keeps its word.")
@uncertain("--scope", "0.3:0.5:0.9", "Share of the programme that is observed.")
@uncertain("--detection", "0.5:0.8:0.95", "Chance that a step pretended there is seen through.")
@uncertain("--snapback", "0.5:0.7:0.9", "Share of a tranche that a snapback takes back.")
@uncertain("--whim", "0.05:0.15:0.3", "Chance a round that a faithless sender takes all back.")
@uncertain("--bound", "0:0.5:1", "Chance that a sincere target keeps its word; contested.")
@uncertain("--patience", "0.9:0.95:0.99", "What the next round is worth to the target.")
@uncertain("--cost-sincere", "0.3:0.6:0.9", "The programme's worth to a sincere target.")
@uncertain("--cost-staller", "1:1.5:3", "Its worth to a staller; the whole relief is 1.")
@uncertain("--prize", "0:0.2:0.5", "Worth to the target of a finished deal beyond relief.")
@uncertain("--growth", "0:0.03:0.06", "Growth of the programme in a round without a step.")
@whole("--steps", 5, "Equal steps of the programme.")
@whole("--rounds", 8, "Rounds there are.")
@draws_options(DRAWS)
@output_options("table", "json", "md", "csv", "svg", "png")
def policies(
    steps: int, rounds: int, draws: int, seed: int, form: str, output: str | None,
    **parameters: Parameter,
) -> None:  # fmt: skip
    """Compare compliance-first, action-for-action, tranches, a grand bargain and waiting."""
    from detente.games.answers.policies import policies_game
    from detente.report.game_charts import policies_chart

    result = policies_game(parameters, steps, rounds, draws, seed)
    _show(result, form, output, lambda: policies_chart(result))
