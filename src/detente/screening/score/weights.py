"""What each figure of two names is worth; made by ``benchmarks/screening/fit.py``."""

from __future__ import annotations

from typing import Final

PERSON: Final[tuple[float, ...]] = (
    -0.4108,  # bias
    2.9517,  # near
    0.4277,  # far
    0.0000,  # apart
    -6.2836,  # worst
    0.0000,  # worst_squared
    -3.1203,  # extra
    -1.3245,  # lone
    -0.2426,  # initial
    -0.4263,  # turned
    1.3092,  # letters
    -5.2025,  # figures
    -4.1149,  # place
    -0.9475,  # place_extra
    -6.7141,  # forms
    -0.1261,  # size
    -5.4973,  # patronymic
    -8.7551,  # filiation
    -1.9405,  # gender
    -3.8399,  # bare
    -1.7407,  # last
    -2.5000,  # syllables
)
BUSINESS: Final[tuple[float, ...]] = (
    -2.7797,  # bias
    3.7552,  # near
    2.2246,  # far
    -0.8973,  # apart
    -2.0280,  # worst
    -2.2742,  # worst_squared
    -2.6401,  # extra
    -0.8442,  # lone
    -0.3068,  # initial
    0.0000,  # turned
    0.6323,  # letters
    -5.3013,  # figures
    -4.6230,  # place
    -0.1137,  # place_extra
    -7.0950,  # forms
    -0.1666,  # size
    -4.8068,  # patronymic
    -7.5633,  # filiation
    -1.9491,  # gender
    -1.1960,  # bare
    -2.3637,  # last
    -2.5000,  # syllables
)
SCREEN: Final[tuple[float, ...]] = (
    -4.6725,  # bias
    1.4224,  # odds of the names
    0.2490,  # nats shared
    -0.2747,  # nats only asked
    -0.0671,  # nats only listed
    0.0000,  # the less of both
)
