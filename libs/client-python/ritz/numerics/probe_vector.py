"""Random start vectors: (seed, probe index) gives the same unit vector on every machine, here and in the TypeScript library."""

from __future__ import annotations

import numpy

from ..errors import RitzError
from .philox import philox
from .portable_math import natural_logarithm, point_on_circle

_BLOCKS = 2**16
"""Blocks of four entries that are made at once."""
_TWO_TO_MINUS_32 = 2.0**-32


def probe_vector(law: str, seed: int, probe: int, n: int) -> numpy.ndarray:
    """A unit vector [n] in float64. law: "sphere" (a normalised Gaussian) or "rademacher" (entries ±1/√n).

    Raises RitzError for a seed that is not an integer from 0 to 2^53 - 1.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**53:
        raise RitzError(f"seed: expected an integer from 0 to 2^53 - 1, got {seed}.")
    key = (seed & 0xFFFFFFFF, seed >> 32)
    vector = numpy.empty(n, dtype=numpy.float64)
    squares = 0.0
    for first in range(0, (n + 3) // 4, _BLOCKS):
        blocks = numpy.arange(first, min(first + _BLOCKS, (n + 3) // 4), dtype=numpy.uint64)
        words = philox((blocks, numpy.full_like(blocks, probe), numpy.zeros_like(blocks), numpy.zeros_like(blocks)), key)
        entries = numpy.stack(_entries(law, *words), axis=1).reshape(-1)[: n - 4 * first]
        vector[4 * first : 4 * first + len(entries)] = entries
        # cumsum adds one after the other, as the loop of the TypeScript library does; sum would add pairwise.
        squares = float(numpy.cumsum(numpy.concatenate([[squares], entries * entries]))[-1])
    return vector / numpy.sqrt(squares)


def _entries(law: str, a: numpy.ndarray, b: numpy.ndarray, c: numpy.ndarray, d: numpy.ndarray) -> "list[numpy.ndarray]":
    """Four entries from the four random words of each block."""
    if law == "rademacher":
        return [numpy.where(word & numpy.uint64(1), 1.0, -1.0) for word in (a, b, c, d)]
    if law == "sphere":
        return [*_gaussian_pair(a, b), *_gaussian_pair(c, d)]
    raise RitzError(f'law: expected "sphere" or "rademacher", got {law!r}.')


def _gaussian_pair(a: numpy.ndarray, b: numpy.ndarray) -> "list[numpy.ndarray]":
    """Box–Muller; the half keeps the logarithm away from 0."""
    radius = numpy.sqrt(-2 * natural_logarithm((a.astype(numpy.float64) + 0.5) * _TWO_TO_MINUS_32))
    cosine, sine = point_on_circle(b)
    return [radius * cosine, radius * sine]
