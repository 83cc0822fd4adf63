"""Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011)."""

from __future__ import annotations

from typing import Tuple

import numpy

_MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
_KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
_ROUNDS = 10
_LOW = numpy.uint64(0xFFFFFFFF)
_HALF = numpy.uint64(32)

Words = Tuple["numpy.ndarray", "numpy.ndarray", "numpy.ndarray", "numpy.ndarray"]


def philox(counter: Words, key: Tuple[int, int]) -> Words:
    """The four 32-bit words of each block, as uint64 arrays; `counter` holds the four words of each block's counter."""
    c0, c1, c2, c3 = (numpy.asarray(word, dtype=numpy.uint64) for word in counter)
    m0, m1 = (numpy.uint64(multiplier) for multiplier in _MULTIPLIERS)
    k0, k1 = key
    for _ in range(_ROUNDS):
        p0, p1 = m0 * c0, m1 * c2
        c0, c1, c2, c3 = (
            (p1 >> _HALF) ^ c1 ^ numpy.uint64(k0),
            p1 & _LOW,
            (p0 >> _HALF) ^ c3 ^ numpy.uint64(k1),
            p0 & _LOW,
        )
        k0, k1 = (k0 + _KEY_STEPS[0]) & 0xFFFFFFFF, (k1 + _KEY_STEPS[1]) & 0xFFFFFFFF
    return c0, c1, c2, c3
