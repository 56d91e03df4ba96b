"""What each figure of two names is worth; made by ``benchmarks/screening/fit.py``."""

from __future__ import annotations

from typing import Final

PERSON: Final[tuple[float, ...]] = (
    -0.6960,  # bias
    2.4308,  # near
    0.5567,  # far
    0.0000,  # apart
    -6.2240,  # worst
    0.0000,  # worst_squared
    -3.2890,  # extra
    -1.0448,  # lone
    -0.5093,  # initial
    -0.4099,  # turned
    1.8973,  # letters
    -5.1753,  # figures
    0.0000,  # place
    -1.0108,  # place_extra
    -6.3134,  # forms
    -0.1268,  # size
    -5.5142,  # patronymic
    -8.7411,  # filiation
    -1.8885,  # gender
    -3.5870,  # bare
    -1.5785,  # last
    -2.5000,  # syllables
)
BUSINESS: Final[tuple[float, ...]] = (
    -2.7807,  # bias
    3.7920,  # near
    2.0012,  # far
    -0.5478,  # apart
    -3.1390,  # worst
    -1.0967,  # worst_squared
    -2.4615,  # extra
    -0.4800,  # lone
    -1.4006,  # initial
    0.0000,  # turned
    1.1242,  # letters
    -5.4246,  # figures
    0.0000,  # place
    -0.4984,  # place_extra
    -6.6463,  # forms
    -0.2819,  # size
    -4.8218,  # patronymic
    -7.6158,  # filiation
    -2.0600,  # gender
    -0.7785,  # bare
    -0.7875,  # last
    -2.5000,  # syllables
)
SCREEN: Final[tuple[float, ...]] = (
    -5.0929,  # bias
    1.6206,  # odds of the names
    0.2354,  # nats shared
    -0.2424,  # nats only asked
    -0.0237,  # nats only listed
    0.0000,  # the less of both
)
