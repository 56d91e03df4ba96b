"""What each figure of two names is worth; made by ``benchmarks/screening/fit.py``."""

from __future__ import annotations

from typing import Final

PERSON: Final[tuple[float, ...]] = (
    -0.6143,  # bias
    2.4416,  # near
    0.6801,  # far
    0.0000,  # apart
    -6.1610,  # worst
    0.0000,  # worst_squared
    -3.1526,  # extra
    -1.1638,  # lone
    -0.3692,  # initial
    -1.0807,  # turned
    1.7152,  # letters
    -5.2435,  # figures
    -0.0572,  # place
    -1.0358,  # place_extra
    -6.3908,  # forms
    -0.1040,  # size
    -5.6178,  # patronymic
    -8.2264,  # filiation
    -1.9876,  # gender
    -3.0537,  # bare
    -1.5862,  # last
)
BUSINESS: Final[tuple[float, ...]] = (
    -2.7268,  # bias
    3.7618,  # near
    2.0102,  # far
    -0.5976,  # apart
    -3.0693,  # worst
    -1.1634,  # worst_squared
    -2.4514,  # extra
    -0.5078,  # lone
    -1.2583,  # initial
    -0.5801,  # turned
    1.0798,  # letters
    -5.4533,  # figures
    0.0000,  # place
    -0.5094,  # place_extra
    -6.6699,  # forms
    -0.2658,  # size
    -4.8624,  # patronymic
    -7.1340,  # filiation
    -2.0931,  # gender
    -0.6640,  # bare
    -0.7960,  # last
)
SCREEN: Final[tuple[float, ...]] = (
    -4.6445,  # bias
    1.7044,  # odds of the names
    0.1896,  # nats shared
    -0.2129,  # nats only asked
    -0.0033,  # nats only listed
    0.0000,  # the less of both
)
