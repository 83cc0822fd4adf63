"""Logarithm, sine and cosine from +, −, × and ÷ alone, in the order of operations of the TypeScript library.

IEEE 754 rounds those four the same way everywhere, whereas log, sin and cos differ between mathematical libraries in the last bit:
random vectors must not.
"""

from __future__ import annotations

import math
from typing import List, Sequence, Tuple

import numpy

_ARTANH = [1 / (2 * i + 1) for i in range(12)]
_LN2 = 0.6931471805599453
_QUARTER = 2**30


def _reciprocal_factorials(first: int) -> List[float]:
    """(−1)^i / (2i + first)!, enough of them for |x| ≤ π/4."""
    terms, factorial = [], 1.0
    for i in range(10):
        terms.append((1 if i % 2 == 0 else -1) / factorial)
        factorial *= (2 * i + first + 1) * (2 * i + first + 2)
    return terms


_SINE, _COSINE = _reciprocal_factorials(1), _reciprocal_factorials(0)


def _polynomial(terms: Sequence[float], x: numpy.ndarray) -> numpy.ndarray:
    value = numpy.zeros_like(x)
    for term in reversed(terms):
        value = value * x + term
    return value


def natural_logarithm(x: numpy.ndarray) -> numpy.ndarray:
    """log(m · 2^e) = e log 2 + 2 artanh((m − 1) / (m + 1)) with ½√2 ≤ m < √2, of normal numbers x > 0."""
    half, power = numpy.frexp(x)
    mantissa, exponent = 2 * half, power - 1
    large = mantissa >= math.sqrt(2)
    mantissa = numpy.where(large, mantissa / 2, mantissa)
    exponent = numpy.where(large, exponent + 1, exponent).astype(numpy.float64)
    s = (mantissa - 1) / (mantissa + 1)
    return exponent * _LN2 + 2 * s * _polynomial(_ARTANH, s * s)


def point_on_circle(turn: numpy.ndarray) -> Tuple[numpy.ndarray, numpy.ndarray]:
    """(cos, sin) of 2π · turn / 2³², for integers 0 ≤ turn < 2³²."""
    turn = numpy.asarray(turn, dtype=numpy.int64)
    rest = turn % _QUARTER
    mirrored = rest > _QUARTER // 2
    angle = (math.pi / 2) * (numpy.where(mirrored, _QUARTER - rest, rest) / _QUARTER)
    near = _polynomial(_COSINE, angle * angle)
    far = angle * _polynomial(_SINE, angle * angle)
    c, s = numpy.where(mirrored, far, near), numpy.where(mirrored, near, far)
    quarter = turn // _QUARTER
    return numpy.choose(quarter, [c, -s, -c, s]), numpy.choose(quarter, [s, c, -s, -c])
