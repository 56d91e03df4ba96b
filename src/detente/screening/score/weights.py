"""What each figure of two names is worth; made by ``benchmarks/screening/fit.py``."""

from __future__ import annotations

from typing import Final

PERSON: Final[tuple[float, ...]] = (
    -0.6508,  # bias
    2.4417,  # near
    0.6901,  # far
    0.0000,  # apart
    -6.1411,  # worst
    0.0000,  # worst_squared
    -3.1601,  # extra
    -1.1601,  # lone
    -0.3579,  # initial
    -1.0782,  # turned
    1.7424,  # letters
    -5.2477,  # figures
    -0.0505,  # place
    -1.0310,  # place_extra
    -6.3962,  # forms
    -0.1050,  # size
    -5.6284,  # patronymic
    -8.2359,  # filiation
    -1.9872,  # gender
    -3.0499,  # bare
    -1.5848,  # last
)
BUSINESS: Final[tuple[float, ...]] = (
    -2.7533,  # bias
    3.7592,  # near
    2.0220,  # far
    -0.5893,  # apart
    -3.0598,  # worst
    -1.1695,  # worst_squared
    -2.4504,  # extra
    -0.5083,  # lone
    -1.2515,  # initial
    -0.5802,  # turned
    1.0978,  # letters
    -5.4585,  # figures
    0.0000,  # place
    -0.5059,  # place_extra
    -6.6741,  # forms
    -0.2658,  # size
    -4.8674,  # patronymic
    -7.1447,  # filiation
    -2.0935,  # gender
    -0.6616,  # bare
    -0.7963,  # last
)
SCREEN: Final[tuple[float, ...]] = (
    -4.9368,  # bias
    1.5439,  # odds of the names
    0.2330,  # nats shared
    -0.2549,  # nats only asked
    -0.0237,  # nats only listed
    0.0000,  # the less of both
)
