"""The long game, core by core; each route is made of what can be asked of its core."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from detente.errors import UsageError
from detente.games.answers.questions import CORES, Core, play
from detente.games.ranges import parameter
from detente.web.asked import Room
from detente.web.describe import answers
from detente.web.documents import Remembered, document

router = APIRouter(route_class=Remembered, prefix="/simulate", tags=["games"])

_MOST_PLAYS = 20_000


def _route(name: str, core: Core) -> Callable[..., Response]:
    """Return the function that answers for a core, with its parameters as its signature."""

    def answer(room: Room, draws: int, seed: int, **given: Any) -> Response:
        most = room.settings.max_draws
        if draws > most:
            raise UsageError(f"{draws} draws; this server makes {most} at most")
        numbers = {key: value for key, value in given.items() if isinstance(value, int)}
        ranges = {key: parameter(text) for key, text in given.items() if key not in numbers}
        return document(play(name, ranges, numbers, draws, seed))

    made = [inspect.Parameter("room", inspect.Parameter.KEYWORD_ONLY, annotation=Room)]
    for key, (default, text) in core.parameters.items():
        kind = (
            Annotated[int, Query(description=text, ge=0, le=_MOST_PLAYS)]
            if isinstance(default, int)
            else Annotated[str, Query(description=f"{text} A number or low:central:high.")]
        )
        made.append(
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        )
    for key, first, text in (("draws", core.draws, "Draws."), ("seed", 1, "Seed of the draws.")):
        least = 1 if key == "draws" else 0
        kind = Annotated[int, Query(description=text, ge=least, le=2**31)]
        made.append(
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=first, annotation=kind)
        )
    answer.__signature__ = inspect.Signature(made)  # type: ignore[attr-defined]
    answer.__name__, answer.__doc__ = f"simulate_{name}", core.about
    return answer


for _name, _core in CORES.items():
    router.add_api_route(
        f"/{_name}", _route(_name, _core), methods=["GET"], responses=answers("detente.game/1")
    )
