"""What can be asked of each core of the long game: its parameters, defaults and what they mean.

Defaults are illustrations, not estimates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from detente.games.ranges import Parameter
    from detente.games.results import Game

DRAWS: Final = 2000


class Core(NamedTuple):
    """A core.

    Attributes:
        about: what it says, in a sentence.
        parameters: by name, the default (text for a number or a range, else a whole number), and
            the meaning.
        draws: how many draws by default.
    """

    about: str
    parameters: dict[str, tuple[str | int, str]]
    draws: int = DRAWS


CORES: Final[dict[str, Core]] = {
    "trust": Core(
        "Say how long a staller looks honest, and what prize keeps a plan in tranches.",
        {
            "belief": ("0.25", "Belief that the target is sincere."),
            "benefit": ("1", "Worth to the sender of a round of relief that is complied with."),
            "loss": ("1.5", "What a round of relief loses it if the target cheats."),
            "gain": ("0.8", "What cheating adds to a staller's relief of a round, which is 1."),
            "patience": ("1", "What the next round is worth to a staller, of this one."),
            "rounds": (10, "Rounds of the game."),
            "step_cost": ("0.6", "Plan in tranches: what a step costs the target."),
            "tranche": ("0.5", "Plan: what a tranche is worth to it."),
            "plan_patience": ("0.9", "Plan: what the next step is worth, of this one."),
            "snapback": ("0.5", "Plan: share of a tranche that is snapped back."),
            "prize": ("1.5", "Plan: worth to the target of what stands at its end."),
            "steps": (5, "Plan: steps."),
            "plays": (0, "Also play so many games by chance, at the central parameters."),
        },
    ),
    "inspection": Core(
        "Say what clean inspections teach, how often to look, and how many a decision takes.",
        {
            "belief": ("0.25", "Belief that the target is sincere."),
            "scope": ("0.5:0.8", "Share of the programme that is observed."),
            "detection": ("0.8", "Chance that an inspection finds a violation in that share."),
            "penalty": ("3", "What a violation found costs, in gains of one that is not."),
            "inspection_cost": ("0.1", "Cost of inspecting, in losses that a find spares."),
            "clean_sincere": ("0.95", "Wald: chance that a sincere target is found clean."),
            "clean_staller": ("0.6", "Wald: chance that a staller is."),
            "accept_wrongly": ("0.05", "Wald: chance allowed of accepting a staller."),
            "reject_wrongly": ("0.1", "Wald: chance allowed of rejecting a sincere target."),
            "periods": (12, "Periods in which one violation may happen."),
            "inspections": (4, "Inspections in these periods."),
            "items": (200, "Items of a stock to sample."),
            "falsified": (10, "Items falsified, if the target cheats."),
            "samples": (30, "Items sampled."),
        },
    ),
    "bargain": Core(
        "Say who is in a hurry, what to demand, and what a programme or a threat is worth.",
        {
            "rate": ("0.05", "Discount rate of the sender a year."),
            "target_rate": ("0.15", "Discount rate of the target a year."),
            "growth": ("0.05:0.25", "Growth of the threat a year while nothing is agreed."),
            "delay": ("0.25", "Years from one offer to the next; 0 for none."),
            "most_cost": ("1", "Demand: most that refusing may cost the target."),
            "own_cost": ("0.2", "Demand: what sanctions cost the sender."),
            "low_cost": ("0.3", "Two types: what refusing costs the one."),
            "high_cost": ("0.8", "Two types: what it costs the other."),
            "power": ("0.3", "Programme: strength of the target now."),
            "later_power": ("0.6", "Programme: its strength once it has built."),
            "conflict_cost": ("0.1", "Programme: cost of conflict to it, a period."),
            "building": ("0.5", "Programme: cost of building, once."),
            "patience": ("0.9", "Programme: what the next period is worth, of this one."),
            "prevention_costs": ("2", "Programme: costs of preventing it, of both sides."),
            "target_cost": ("1", "Threat: what sanctions cost the target."),
            "sender_cost": ("0.3", "Threat: what they cost the sender."),
            "target_conflict": ("0.5", "Threat: conflict that the target expects."),
            "sender_conflict": ("0.4", "Threat: conflict that the sender expects."),
        },
    ),
    "signal": Core(
        "Say how likely threat, resistance and standing firm are: all equilibria.",
        {
            "status_quo": ("0", "To the sender: no threat is made."),
            "victory": ("1", "To the sender: the target concedes."),
            "back_down": ("-1.2", "To the sender: it backs down."),
            "stand_firm": ("-1.9", "To the sender: it stands firm."),
            "concede": ("0", "To the target: it concedes."),
            "hold_out": ("1", "To the target: the sender backs down."),
            "fight": ("-2.9", "To the target: the sender stands firm."),
        },
        draws=500,
    ),
    "precedent": Core(
        "Say what one unprincipled waiver forfeits over the targets to come.",
        {
            "targets": (12, "Further targets to come."),
            "tough": ("0.2", "Belief that the sender is tough."),
            "entrant_gain": ("0.6", "What a target gains if given in to; else it loses the rest."),
            "quiet": ("1.5", "What a target that stays quiet is worth to the sender."),
            "transfer": ("0:1", "How much of a reputation holds with other targets; contested."),
            "refusing": ("1", "What refusing costs the sender today."),
        },
    ),
    "policies": Core(
        "Compare compliance-first, action-for-action, tranches, a grand bargain and waiting.",
        {
            "belief": ("0.02:0.1:0.25", "Belief that the target is sincere."),
            "trust": ("0.3:0.5:0.8", "The target's belief that the sender keeps its word."),
            "scope": ("0.3:0.5:0.9", "Share of the programme that is observed."),
            "detection": ("0.5:0.8:0.95", "Chance that a step pretended there is seen through."),
            "snapback": ("0.5:0.7:0.9", "Share of a tranche that a snapback takes back."),
            "whim": ("0.05:0.15:0.3", "Chance a round that a faithless sender takes all back."),
            "bound": ("0:0.5:1", "Chance that a sincere target keeps its word; contested."),
            "patience": ("0.9:0.95:0.99", "What the next round is worth to the target."),
            "cost_sincere": ("0.3:0.6:0.9", "The programme's worth to a sincere target."),
            "cost_staller": ("1:1.5:3", "Its worth to a staller; the whole relief is 1."),
            "prize": ("0:0.2:0.5", "Worth to the target of a finished deal beyond relief."),
            "growth": ("0:0.03:0.06", "Growth of the programme in a round without a step."),
            "steps": (5, "Equal steps of the programme."),
            "rounds": (8, "Rounds there are."),
        },
    ),
}


def play(
    core: str, parameters: Mapping[str, Parameter], numbers: Mapping[str, int], draws: int,
    seed: int,
) -> Game:  # fmt: skip
    """Play a core.

    Args:
        core: its name.
        parameters: those that may be ranges.
        numbers: those that are whole.
        draws: how many draws, where a parameter is a range.
        seed: of the draws.

    Raises:
        UsageError: a parameter lies outside its bounds.
    """
    given, whole = dict(parameters), dict(numbers)
    if core == "trust":
        from detente.games.answers.trust import trust_game

        return trust_game(given, whole["rounds"], whole["steps"], draws, seed, whole["plays"])
    if core == "inspection":
        from detente.games.answers.inspection import inspection_game

        return inspection_game(given, whole, draws, seed)
    if core == "bargain":
        from detente.games.answers.bargain import bargain_game

        return bargain_game(given, draws, seed)
    if core == "signal":
        from detente.games.answers.signal import signal_game

        return signal_game(given, draws, seed)
    if core == "precedent":
        from detente.games.answers.precedent import precedent_game

        return precedent_game(given, whole["targets"], draws, seed)
    from detente.games.answers.policies import policies_game

    return policies_game(given, whole["steps"], whole["rounds"], draws, seed)
