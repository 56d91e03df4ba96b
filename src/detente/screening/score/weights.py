"""What each figure of two names is worth; made by ``benchmarks/screening/fit.py``."""

from __future__ import annotations

from typing import Final

PERSON: Final[tuple[float, ...]] = (
    -0.7121,  # bias
    2.5628,  # near
    0.7773,  # far
    0.0000,  # apart
    -6.0107,  # worst
    0.0000,  # worst_squared
    -2.6550,  # extra
    -1.2993,  # lone
    -0.3653,  # initial
    -1.0475,  # turned
    1.8384,  # letters
    -5.0850,  # figures
    -0.1644,  # place
    -1.1829,  # place_extra
    -6.2194,  # forms
    -0.2085,  # size
    -5.1535,  # patronymic
    -8.1744,  # filiation
    -2.0663,  # gender
    -2.9955,  # bare
    -1.4024,  # last
)
BUSINESS: Final[tuple[float, ...]] = (
    -2.6876,  # bias
    3.7326,  # near
    1.8689,  # far
    -0.7301,  # apart
    -3.9479,  # worst
    -0.2415,  # worst_squared
    -2.1320,  # extra
    -0.6278,  # lone
    -1.2341,  # initial
    -0.6032,  # turned
    1.4156,  # letters
    -5.4860,  # figures
    0.0000,  # place
    -0.7760,  # place_extra
    -6.0538,  # forms
    -0.2873,  # size
    -4.0690,  # patronymic
    -7.1917,  # filiation
    -2.1760,  # gender
    -0.7127,  # bare
    -0.2006,  # last
)
SCREEN: Final[tuple[float, ...]] = (
    -4.8831,  # bias
    1.4994,  # odds of the names
    0.2399,  # nats shared
    -0.2844,  # nats only asked
    -0.0252,  # nats only listed
    0.0000,  # the less of both
)
